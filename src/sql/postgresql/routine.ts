import type {
  CreateFunction,
  CreateTrigger,
  DropFunction,
  RoutineOperation,
} from "../../operations/routine/routine";
import { inlineFragment } from "../fragment";
import { significantTokens } from "../../sqlText/lexer";
import type { Token } from "../../sqlText/lexer";
import { quoteIdentifier, quoteQualifiedName } from "../quote";
import { checkedSql, words } from "../sqlText";
import { dropFromTable } from "./statementsOf";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on functions, procedures and triggers. */
export const routineStatements: StatementsOf<RoutineOperation> = {
  createFunction,
  dropFunction,
  createTrigger,
  dropTrigger: dropFromTable("TRIGGER"),
};

function createFunction(operation: CreateFunction): readonly string[] {
  const create = words(
    "CREATE",
    operation.orReplace === true && "OR REPLACE",
    operation.procedure === true ? "PROCEDURE" : "FUNCTION",
    `${quoteQualifiedName(operation.schema, operation.name)}(${argumentsText(operation.arguments)})`,
    inlineFragment(operation.definition, dialect),
  );
  return [create];
}

function dropFunction(operation: DropFunction): readonly string[] {
  const drop = words(
    operation.procedure === true ? "DROP PROCEDURE" : "DROP FUNCTION",
    operation.ifExists === true && "IF EXISTS",
    `${quoteQualifiedName(operation.schema, operation.name)}(${withoutDefaults(argumentsText(operation.arguments))})`,
    operation.cascade === true && "CASCADE",
  );
  return [drop];
}

function argumentsText(text: string): string {
  return text.trim() === "" ? "" : checkedSql(text, "list of arguments");
}

/** DROP FUNCTION takes the arguments as declared, but for `DEFAULT x` and `= x`. */
function withoutDefaults(text: string): string {
  const kept: Token[] = [];
  let depth = 0;
  let inDefault = false;
  for (const token of significantTokens(text)) {
    depth += "([".includes(token.text) ? 1 : ")]".includes(token.text) ? -1 : 0;
    if (depth === 0 && token.text === ",") {
      inDefault = false;
    } else if (depth === 0 && (token.text === "=" || token.text.toUpperCase() === "DEFAULT")) {
      inDefault = true;
    }
    if (!inDefault) {
      kept.push(token);
    }
  }
  return kept.map((token, at) => separator(kept[at - 1], token) + token.text).join("");
}

function separator(before: Token | undefined, token: Token): string {
  const isTight = before === undefined || /^[(),.[\]]$/.test(token.text) || /^[(.[]$/.test(before.text);
  return isTight ? "" : " ";
}

function createTrigger(operation: CreateTrigger): readonly string[] {
  const create = words(
    "CREATE",
    operation.orReplace === true && "OR REPLACE",
    operation.constraint === true && "CONSTRAINT",
    `TRIGGER ${quoteIdentifier(operation.name)}`,
    inlineFragment(operation.event, dialect),
    `ON ${quoteQualifiedName(operation.schema, operation.table)}`,
    inlineFragment(operation.action, dialect),
  );
  return [create];
}

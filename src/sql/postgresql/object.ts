import type {
  CreatePolicy,
  DisableRowLevelSecurity,
  DropPolicy,
  EnableRowLevelSecurity,
} from "../../operations/records/policy";
import type {
  CreateFunction,
  CreateTrigger,
  DropFunction,
  DropTrigger,
} from "../../operations/records/routine";
import type { CreateExtension, CreateSchema, RenameObject, SetSchema } from "../../operations/records/schema";
import type { AlterSequence, CreateSequence, SequenceOwner } from "../../operations/records/sequence";
import type {
  CreateMaterializedView,
  CreateView,
  RefreshMaterializedView,
  ReplaceView,
} from "../../operations/records/view";
import { inlineFragment } from "../fragment";
import { significantTokens } from "../lexer";
import type { Token } from "../lexer";
import { quoteIdentifier, quoteLiteral, quoteNameList, quoteQualifiedName } from "../quote";
import { checkedSql, storageParameters, words } from "../sqlText";
import { sequenceClauses } from "./column";

const dialect = "postgresql";

/** PostgreSQL's statements for `op.createView` and `op.replaceView`. */
export function createView(operation: CreateView | ReplaceView): readonly string[] {
  const create = words(
    operation.kind === "replaceView" ? "CREATE OR REPLACE VIEW" : "CREATE VIEW",
    quoteQualifiedName(operation.schema, operation.name),
    operation.columns !== undefined && quoteNameList(operation.columns),
    storageParameters(operation.with),
    `AS ${queryText(operation)}`,
    operation.checkOption !== undefined && `WITH ${operation.checkOption.toUpperCase()} CHECK OPTION`,
  );
  return [create];
}

/** PostgreSQL's statements for `op.createMaterializedView`. */
export function createMaterializedView(operation: CreateMaterializedView): readonly string[] {
  const create = words(
    "CREATE MATERIALIZED VIEW",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteQualifiedName(operation.schema, operation.name),
    operation.columns !== undefined && quoteNameList(operation.columns),
    operation.using !== undefined && `USING ${quoteIdentifier(operation.using)}`,
    storageParameters(operation.with),
    operation.tablespace !== undefined && `TABLESPACE ${quoteIdentifier(operation.tablespace)}`,
    `AS ${queryText(operation)}`,
    operation.withData === false && "WITH NO DATA",
  );
  return [create];
}

/** A query as written, but for a semicolon at its end; what follows it starts a line, past a comment at its end. */
function queryText(view: CreateView | ReplaceView | CreateMaterializedView): string {
  const text = inlineFragment(view.query, dialect).trim().replace(/\s*;$/, "");
  const isFollowed = "withData" in view || "checkOption" in view;
  return isFollowed ? `${text}\n` : text;
}

/** PostgreSQL's statements for `op.refreshMaterializedView`. */
export function refreshMaterializedView(operation: RefreshMaterializedView): readonly string[] {
  const refresh = words(
    "REFRESH MATERIALIZED VIEW",
    operation.concurrently === true && "CONCURRENTLY",
    quoteQualifiedName(operation.schema, operation.name),
    operation.withData === false && "WITH NO DATA",
  );
  return [refresh];
}

function ownedBy(owner: SequenceOwner | null | undefined): string | undefined {
  if (owner === undefined) {
    return undefined;
  }
  return owner === null
    ? "OWNED BY NONE"
    : `OWNED BY ${quoteQualifiedName(owner.schema, owner.table)}.${quoteIdentifier(owner.column)}`;
}

/** PostgreSQL's statements for `op.createSequence`. */
export function createSequence(operation: CreateSequence): readonly string[] {
  const create = words(
    "CREATE SEQUENCE",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteQualifiedName(operation.schema, operation.name),
    ...sequenceClauses(operation),
    ownedBy(operation.ownedBy),
  );
  return [create];
}

/** PostgreSQL's statements for `op.alterSequence`. */
export function alterSequence(operation: AlterSequence): readonly string[] {
  const { restart } = operation;
  const clauses = words(
    ...sequenceClauses(operation),
    restart !== undefined && (restart === true ? "RESTART" : `RESTART WITH ${restart}`),
    ownedBy(operation.ownedBy),
  );
  return clauses === ""
    ? []
    : [`ALTER SEQUENCE ${quoteQualifiedName(operation.schema, operation.name)} ${clauses}`];
}

/** PostgreSQL's statements for `op.createFunction`. */
export function createFunction(operation: CreateFunction): readonly string[] {
  const create = words(
    "CREATE",
    operation.orReplace === true && "OR REPLACE",
    operation.procedure === true ? "PROCEDURE" : "FUNCTION",
    `${quoteQualifiedName(operation.schema, operation.name)}(${argumentsText(operation.arguments)})`,
    inlineFragment(operation.definition, dialect),
  );
  return [create];
}

/** PostgreSQL's statements for `op.dropFunction`. */
export function dropFunction(operation: DropFunction): readonly string[] {
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

/** PostgreSQL's statements for `op.createTrigger`. */
export function createTrigger(operation: CreateTrigger): readonly string[] {
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

/** PostgreSQL's statements for `op.dropTrigger` and `op.dropPolicy`. */
export function dropFromTable(
  object: "TRIGGER" | "POLICY",
  operation: DropTrigger | DropPolicy,
): readonly string[] {
  const drop = words(
    `DROP ${object}`,
    operation.ifExists === true && "IF EXISTS",
    quoteIdentifier(operation.name),
    `ON ${quoteQualifiedName(operation.schema, operation.table)}`,
    operation.cascade === true && "CASCADE",
  );
  return [drop];
}

/** PostgreSQL's statements for `op.enableRowLevelSecurity` and `op.disableRowLevelSecurity`. */
export function rowLevelSecurity(
  operation: EnableRowLevelSecurity | DisableRowLevelSecurity,
): readonly string[] {
  const alter = `ALTER TABLE ${quoteQualifiedName(operation.schema, operation.table)}`;
  const isOn = operation.kind === "enableRowLevelSecurity";
  return [
    `${alter} ${isOn ? "ENABLE" : "DISABLE"} ROW LEVEL SECURITY`,
    ...(operation.force === true ? [`${alter} ${isOn ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`] : []),
  ];
}

const roleKeywords: readonly string[] = ["public", "current_user", "current_role", "session_user"];

function roleText(role: string): string {
  return roleKeywords.includes(role) ? role.toUpperCase() : quoteIdentifier(role);
}

/** PostgreSQL's statements for `op.createPolicy`. */
export function createPolicy(operation: CreatePolicy): readonly string[] {
  const create = words(
    `CREATE POLICY ${quoteIdentifier(operation.name)} ON ${quoteQualifiedName(operation.schema, operation.table)}`,
    operation.as !== undefined && `AS ${operation.as.toUpperCase()}`,
    operation.for !== undefined && `FOR ${operation.for.toUpperCase()}`,
    operation.to !== undefined && `TO ${operation.to.map(roleText).join(", ")}`,
    operation.using !== undefined && `USING (${inlineFragment(operation.using, dialect)})`,
    operation.withCheck !== undefined && `WITH CHECK (${inlineFragment(operation.withCheck, dialect)})`,
  );
  return [create];
}

/** PostgreSQL's statements for `op.createSchema`. */
export function createSchema(operation: CreateSchema): readonly string[] {
  const create = words(
    "CREATE SCHEMA",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteIdentifier(operation.name),
    operation.authorization !== undefined && `AUTHORIZATION ${roleText(operation.authorization)}`,
  );
  return [create];
}

/** PostgreSQL's statements for `op.createExtension`. */
export function createExtension(operation: CreateExtension): readonly string[] {
  const create = words(
    "CREATE EXTENSION",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteIdentifier(operation.name),
    operation.schema !== undefined && `SCHEMA ${quoteIdentifier(operation.schema)}`,
    operation.version !== undefined && `VERSION ${quoteLiteral(operation.version)}`,
    operation.cascade === true && "CASCADE",
  );
  return [create];
}

/** PostgreSQL's statements for `op.rename…`. */
export function renameObject(operation: RenameObject): readonly string[] {
  const name = quoteQualifiedName(operation.schema, operation.name);
  return [`ALTER ${operation.object.toUpperCase()} ${name} RENAME TO ${quoteIdentifier(operation.newName)}`];
}

/** PostgreSQL's statements for `op.setSchema`. */
export function setSchema(operation: SetSchema): readonly string[] {
  // An extension is in no schema: only what it brought is.
  const schema = operation.object === "extension" ? undefined : operation.schema;
  const name = quoteQualifiedName(schema, operation.name);
  return [
    `ALTER ${operation.object.toUpperCase()} ${name} SET SCHEMA ${quoteIdentifier(operation.newSchema)}`,
  ];
}

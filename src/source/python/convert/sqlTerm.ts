import { sqlText, type SqlFragment } from "../../../operations/sqlFragment";
import { Inconvertible } from "./callArguments";
import type { CallTerm, Term } from "./term";

/** A parameter as SQLAlchemy's `text()` finds it, or a colon that is escaped from that, with the text after it. */
export const textMark =
  /(?<![:\p{L}\p{N}_\\]):[\p{L}\p{N}_]+(?!:)(?![\p{L}\p{N}_])|\\(:[\p{L}\p{N}_$]*)(?![:\p{L}\p{N}_$])/gu;

/**
 * The SQL of a string that SQLAlchemy takes as `text()`.
 * @throws Inconvertible where it has parameters
 */
export function textSql(text: string): string {
  const parameter = text.match(textMark)?.find((mark) => mark.startsWith(":"));
  if (parameter !== undefined) {
    throw new Inconvertible(`the SQL has a parameter ${parameter}`);
  }
  if (text.trim() === "") {
    throw new Inconvertible("the SQL is empty");
  }
  return text.replace(textMark, "$1");
}

/** Functions that SQL calls without parentheses. */
const bareFunctions = new Set(
  "current_date current_time current_timestamp current_user localtime localtimestamp session_user user".split(
    " ",
  ),
);

/**
 * The SQL of an expression: `sa.text("…")`, `sa.func.now()`, `sa.true()`.
 * @throws Inconvertible for what is none that is known
 */
export function expressionSql(term: Term | undefined): SqlFragment {
  return sqlText(expressionText(term));
}

function expressionText(term: Term | undefined): string {
  if (term?.kind !== "call" || term.receiver !== undefined || term.keywords.size > 0) {
    throw new Inconvertible("an SQL expression is not written as plain text");
  }
  const [first, another] = term.positional;
  const isOnlyText = first?.kind === "literal" && typeof first.value === "string" && another === undefined;
  switch (term.path) {
    case "sqlalchemy.text":
      return isOnlyText ? textSql(String(first.value)) : refuse(term);
    case "sqlalchemy.literal_column":
      return isOnlyText ? String(first.value) : refuse(term);
    case "sqlalchemy.true":
    case "sqlalchemy.false":
      return first === undefined ? term.path.slice("sqlalchemy.".length) : refuse(term);
    default:
      return functionText(term);
  }
}

function functionText(call: CallTerm): string {
  const name = /^sqlalchemy\.func\.([a-z_][a-z0-9_]*)$/.exec(call.path)?.[1];
  if (name === undefined) {
    return refuse(call);
  }
  if (bareFunctions.has(name)) {
    return call.positional.length === 0 ? name.toUpperCase() : refuse(call);
  }
  return `${name}(${call.positional.map(argumentText).join(", ")})`;
}

function argumentText(term: Term): string {
  if (term.kind === "literal" && typeof term.value === "string" && !term.value.includes("\\")) {
    return `'${term.value.replaceAll("'", "''")}'`;
  }
  return term.kind === "literal" && typeof term.value === "number"
    ? String(term.value)
    : expressionText(term);
}

function refuse({ path }: CallTerm): never {
  throw new Inconvertible(`${path} is not converted`);
}

/** A condition: a plain string is SQL there. */
export function conditionSql(term: Term | undefined): SqlFragment {
  return term?.kind === "literal" && typeof term.value === "string"
    ? sqlText(textSql(term.value))
    : expressionSql(term);
}

/** A column's `server_default`: a plain string is a value. */
export function defaultSql(term: Term): string | SqlFragment {
  if (term.kind === "literal") {
    if (typeof term.value !== "string") {
      throw new Inconvertible("server_default is neither a string nor an SQL expression");
    }
    return term.value;
  }
  return expressionSql(term);
}

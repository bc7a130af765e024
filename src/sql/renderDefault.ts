import type { ColumnDefault, JsonValue } from "../operations/definitions";
import { OperationError } from "../operations/operationError";
import type { Dialect } from "../sqlText/dialect";
import { inlineFragment } from "./fragment";
import { significantTokens } from "../sqlText/lexer";
import { arrayText, inlineValue, isJsonArray } from "./literal";
import { quoteLiteral } from "./quote";

function isJsonType(type: string): boolean {
  return /^(pg_catalog\.)?jsonb?$/i.test(type.trim());
}

/** A default, or another literal of a known type, as SQL. */
export function renderDefault(value: ColumnDefault, type: string | undefined, dialect: Dialect): string {
  return value.kind === "sql" ? inlineFragment(value, dialect) : typedLiteral(value.value, type, dialect);
}

/** Operators that an expression behind DEFAULT in a definition may hold in parentheses only (PostgreSQL's `b_expr`). */
const looseOperators = new Set(
  "NOT AND OR IS ISNULL NOTNULL IN LIKE ILIKE SIMILAR BETWEEN OVERLAPS AT COLLATE ANY ALL SOME".split(" "),
);

/**
 * A default as PostgreSQL's definition of a column or a domain has it: `now() AT TIME ZONE 'utc'`, which SET DEFAULT
 * takes as it is, stands in parentheses.
 */
export function renderDefinedDefault(value: ColumnDefault, type: string): string {
  const text = renderDefault(value, type, "postgresql");
  if (value.kind !== "sql") {
    return text;
  }
  let depth = 0;
  const isLoose = significantTokens(text).some(({ kind, text: token }) => {
    depth += kind !== "symbol" ? 0 : token === "(" ? 1 : token === ")" ? -1 : 0;
    return depth === 0 && kind === "word" && looseOperators.has(token.toUpperCase());
  });
  return isLoose ? `(${text})` : text;
}

function typedLiteral(value: JsonValue, type: string | undefined, dialect: Dialect): string {
  if (typeof value !== "object" || value === null) {
    const isJson = type !== undefined && isJsonType(type) && typeof value !== "string" && value !== null;
    return inlineValue(isJson ? JSON.stringify(value) : value, dialect);
  }
  if (!isJsonArray(value) || dialect === "sqlite") {
    return inlineValue(JSON.stringify(value), dialect);
  }
  if (type === undefined) {
    throw new OperationError(
      "invalid-argument",
      `The literal ${JSON.stringify(value)} is a PostgreSQL array or JSON, depending on the type, which is not known.`,
      "Give existingType beside it, or write the literal as sql`…`.",
    );
  }
  return isJsonType(type) ? inlineValue(JSON.stringify(value), dialect) : quoteLiteral(arrayText(value));
}

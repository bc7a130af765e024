import type { ColumnDefault, JsonValue } from "../operations/definitions";
import { OperationError } from "../operations/operationError";
import type { Dialect } from "./dialect";
import { inlineFragment } from "./fragment";
import { arrayText, inlineValue, isJsonArray } from "./literal";
import { quoteLiteral } from "./quote";

function isJsonType(type: string): boolean {
  return /^(pg_catalog\.)?jsonb?$/i.test(type.trim());
}

/** A default, or another literal of a known type, as SQL. */
export function renderDefault(value: ColumnDefault, type: string | undefined, dialect: Dialect): string {
  return value.kind === "sql" ? inlineFragment(value, dialect) : typedLiteral(value.value, type, dialect);
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

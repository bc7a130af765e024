import type { JsonValue } from "../operations/definitions";
import type { FragmentScalar } from "../operations/sqlFragment";
import type { Dialect } from "../sqlText/dialect";
import { quoteLiteral } from "./quote";

/** A value as a literal; an array as PostgreSQL's, on SQLite as JSON. */
export function inlineValue(value: FragmentScalar | readonly JsonValue[], dialect: Dialect): string {
  switch (typeof value) {
    case "string":
      return dialect === "postgresql" ? quoteLiteral(value) : `'${value.replaceAll("'", "''")}'`;
    case "boolean":
      return dialect === "postgresql" ? String(value) : value ? "1" : "0";
    case "number":
      return String(value);
    default:
      return value === null ? "NULL" : inlineArray(value, dialect);
  }
}

function inlineArray(value: readonly JsonValue[], dialect: Dialect): string {
  if (dialect === "sqlite") {
    return inlineValue(JSON.stringify(value), dialect);
  }
  return quoteLiteral(arrayText(value));
}

/** An array in PostgreSQL's text form: `{1,"a b",NULL}`. (Documentation, 8.15.6.) */
export function arrayText(value: readonly JsonValue[]): string {
  return `{${value.map(elementText).join(",")}}`;
}

function elementText(element: JsonValue): string {
  if (element === null) {
    return "NULL";
  }
  if (isJsonArray(element)) {
    return arrayText(element);
  }
  const text = typeof element === "object" ? JSON.stringify(element) : String(element);
  const isPlain = /^[A-Za-z0-9_.+-]+$/.test(text) && text.toUpperCase() !== "NULL";
  return isPlain ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** `Array.isArray`, which for a readonly array narrows to `any[]`. */
export function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

import { parseTypeName } from "../../sqlText/typeName";
import type { ColumnDefault } from "../../operations/definitions";
import type { JsonValue } from "../../operations/jsonValue";
import { sqlText } from "../../operations/sqlFragment";
import { stripParentheses } from "../../sqlText/parentheses";

const numericTypes = new Set(["smallint", "integer", "bigint", "numeric", "real", "double precision"]);

/**
 * A default as people write it: a plain value where the server's text is one (`0`, `false`, `'new'::text`,
 * `'{a,b}'::text[]`), SQL otherwise. Either way PostgreSQL keeps the same expression.
 *
 * @param text as `pg_get_expr` prints it
 * @param type of the column, as `format_type` prints it
 */
export function defaultFromText(text: string, type: string): ColumnDefault {
  const value = plainValue(text, type);
  return value === undefined ? sqlText(withoutOuterParentheses(text)) : { kind: "literal", value };
}

function plainValue(text: string, type: string): JsonValue | undefined {
  const { base, isArray } = parseTypeName(type);
  if (!isArray) {
    if (base === "boolean" && (text === "true" || text === "false")) {
      return text === "true";
    }
    if (numericTypes.has(base) && isPlainNumber(text)) {
      return Number(text);
    }
    const negative = /^'-([\d.]+)'::(integer|bigint|numeric)$/.exec(text);
    const digits = negative?.[1] ?? "";
    const isNumber = numericTypes.has(base) && isPlainNumber(digits) && digits !== "0";
    if (isNumber && isFolded(digits, negative?.[2])) {
      return -Number(digits);
    }
  }
  // Backslashes stand for themselves here, and are written as E'…': sent as they are, they would depend on the server.
  const quoted = /^'((?:[^']|'')*)'::([^']+)$/.exec(text);
  if (quoted === null || quoted[2] !== (isArray ? `${base}[]` : base)) {
    return undefined;
  }
  const content = (quoted[1] ?? "").replaceAll("''", "'");
  return isArray
    ? arrayElements(content, base)
    : base === "jsonb" || base === "json"
      ? jsonValue(content, base)
      : content;
}

/** Whether a number of JavaScript keeps all the digits, and is written with the same ones. */
function isPlainNumber(text: string): boolean {
  return /^(0|[1-9]\d{0,14})(\.\d*[1-9])?$/.test(text) && String(Number(text)) === text;
}

/** PostgreSQL takes a whole number for the smallest type that it fits in, everything else for a numeric. */
function isFolded(digits: string, cast: string | undefined): boolean {
  const type = digits.includes(".") ? "numeric" : Number(digits) <= 2 ** 31 ? "integer" : "bigint";
  return cast === type;
}

/** JSON whose text the server prints alike again; as text, if it is a text or would not be. */
function jsonValue(content: string, type: "json" | "jsonb"): JsonValue {
  try {
    const value = JSON.parse(content) as JsonValue;
    const isSame = (type === "jsonb" ? jsonbText(value) : JSON.stringify(value)) === content;
    return isSame && typeof value !== "string" && value !== null ? value : content;
  } catch {
    return content;
  }
}

/** As `jsonb` prints it. */
function jsonbText(value: JsonValue): string {
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  return isList(value)
    ? `[${value.map(jsonbText).join(", ")}]`
    : `{${Object.entries(value)
        .map(([key, part]) => `${JSON.stringify(key)}: ${jsonbText(part)}`)
        .join(", ")}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The elements of an array of one dimension; undefined for what is better left as text. */
function arrayElements(content: string, base: string): readonly JsonValue[] | undefined {
  if (content === "{}") {
    return [];
  }
  const inside = /^\{(.*)\}$/s.exec(content)?.[1];
  if (
    inside === undefined ||
    inside.includes("\\") ||
    !/^(?:"[^"]*"|[^",{}\s]+)(?:,(?:"[^"]*"|[^",{}\s]+))*$/.test(inside)
  ) {
    return undefined;
  }
  const elements = inside.match(/"[^"]*"|[^",{}]+/g) ?? [];
  return elements.map((element) => arrayElement(element, base));
}

function arrayElement(element: string, base: string): JsonValue {
  if (element.startsWith('"')) {
    return element.slice(1, -1);
  }
  if (element === "NULL") {
    return null;
  }
  if (base === "boolean") {
    return element === "t";
  }
  return numericTypes.has(base) && isPlainNumber(element) ? Number(element) : element;
}

/** `(a + b)` as `a + b` where DEFAULT takes it so: it does not take AND, IS, AT TIME ZONE and the like. */
function withoutOuterParentheses(text: string): string {
  const words = text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "");
  return /\b[A-Z]{2,}\b/.test(words) ? text : stripParentheses(text);
}

import type { JsonValue } from "./jsonValue";
import { ArgumentTypeError, OperationError } from "./operationError";

/** A value as a record keeps it: JSON, nested only as PostgreSQL's arrays are. */
export type FragmentScalar = string | number | boolean | null;
export type FragmentArray = readonly (FragmentScalar | FragmentArray)[];

/** A name inside a fragment, possibly qualified: quoted when the fragment is written. */
export interface IdentifierPart {
  readonly kind: "identifier";
  readonly names: readonly string[];
}

/** A value that is written into the SQL text, even where a parameter would be possible. */
export interface LiteralPart {
  readonly kind: "literal";
  readonly value: FragmentScalar | FragmentArray;
}

export type FragmentValue = FragmentScalar | FragmentArray | IdentifierPart | LiteralPart;

/**
 * A piece of SQL: `text[0] values[0] text[1] … text[n]`. Plain JSON data; `text` is one longer than `values`.
 */
export interface SqlFragment {
  readonly kind: "sql";
  readonly text: readonly string[];
  readonly values: readonly FragmentValue[];
}

/** What may stand for a parameter in sql`…` and in rows of `op.bulkInsert`. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly SqlValue[]
  | { readonly [key: string]: unknown };

/** The `sql` of a revision file: a tagged template for SQL with safe parameters. */
export interface SqlTag {
  /**
   * SQL with parameters: each `${…}` is a value, never text. Fragments inside fragments become part of the SQL.
   *
   * @example sql`UPDATE users SET status = ${"active"} WHERE status = ${"enabled"}`
   */
  (
    strings: TemplateStringsArray,
    ...values: readonly (SqlValue | SqlFragment | IdentifierPart)[]
  ): SqlFragment;
  /**
   * A name as part of a fragment, quoted if necessary. Several names make a qualified one.
   *
   * @example sql`ANALYZE ${sql.identifier("app", "users")}`
   */
  identifier(...names: readonly string[]): IdentifierPart;
  /**
   * Text that is used as SQL unchanged. Never pass it text from outside.
   *
   * @example sql.raw("now()")
   */
  raw(text: string): SqlFragment;
  /**
   * Values or fragments with a separator between them (default: ", ").
   *
   * @example sql`SELECT * FROM t WHERE id IN (${sql.join([1, 2, 3])})`
   */
  join(parts: readonly (SqlValue | SqlFragment | IdentifierPart)[], separator?: string): SqlFragment;
}

const allowedEscape = /^\\(?:[\\`${}nrt'"]|u[0-9a-fA-F{]|x[0-9a-fA-F]|\r?\n)/;

/** SQL has backslashes too: one that JavaScript would quietly drop or turn into a control character is refused. */
function refuseLostBackslashes(raw: readonly string[]): void {
  for (const piece of raw) {
    for (let at = piece.indexOf("\\"); at >= 0; at = piece.indexOf("\\", at + 2)) {
      if (!allowedEscape.test(piece.slice(at, at + 4))) {
        const found = piece.slice(at, at + 2);
        throw new OperationError(
          "invalid-sql",
          `The backslash of ${found} in sql\`…\` would not reach the database.`,
          `Write \\${found} for a backslash in the SQL.`,
        );
      }
    }
  }
}

/** A value as a fragment keeps it: dates as UTC text, bytes as hex, objects as JSON text, big numbers as digits. */
export function toFragmentValue(value: unknown): FragmentScalar | FragmentArray {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? (value === 0 ? 0 : value) : String(value);
    case "bigint":
      return value.toString();
    case "object":
      return objectToFragmentValue(value);
    default:
      throw new OperationError(
        "invalid-argument",
        `A value of type ${typeof value} cannot be used in SQL.`,
        "Give null for NULL, or leave the column out for its default.",
      );
  }
}

function objectToFragmentValue(value: object | null): FragmentScalar | FragmentArray {
  if (value === null) {
    return null;
  }
  if (value instanceof Date) {
    return dateText(value);
  }
  if (value instanceof Uint8Array) {
    return `\\x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  }
  return Array.isArray(value) ? value.map(toFragmentValue) : jsonText(value);
}

/** A date as UTC text, which every date and time type of PostgreSQL reads. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) {
    throw new OperationError("invalid-argument", "An invalid Date cannot be used in SQL.");
  }
  return date.toISOString();
}

/** JSON text of a value. */
export function jsonText(value: unknown): string {
  return JSON.stringify(toJsonValue(value));
}

/** A value as JSON data: a copy, with dates as UTC text, bytes as hex, and big numbers as numbers where they fit. */
export function toJsonValue(value: unknown): JsonValue {
  if (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  ) {
    if (Array.isArray(value)) {
      return value.map(toJsonValue);
    }
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.fromEntries(entries.map(([key, part]) => [key, toJsonValue(part)]));
  }
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) {
    return Number(value);
  }
  return toFragmentValue(value);
}

/** Whether a value was made by the `sql` tag, perhaps by that of another copy of this package. */
export function isSqlFragment(value: unknown): value is SqlFragment {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    value.kind === "sql" &&
    "text" in value &&
    Array.isArray(value.text) &&
    "values" in value &&
    Array.isArray(value.values)
  );
}

function isValuePart(value: unknown): value is IdentifierPart | LiteralPart {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    ((value.kind === "identifier" && "names" in value && Array.isArray(value.names)) ||
      (value.kind === "literal" && "value" in value))
  );
}

/** A fragment of text alone. */
export function sqlText(text: string): SqlFragment {
  return { kind: "sql", text: [text], values: [] };
}

/**
 * The SQL of an argument that may be a plain string.
 *
 * @throws ArgumentTypeError for what is neither: types are gone when a revision runs
 */
export function fragmentOf(text: string | SqlFragment): SqlFragment {
  if (typeof text !== "string" && !isSqlFragment(text)) {
    const found: unknown = text;
    throw new ArgumentTypeError(
      `SQL must be a text or sql\`…\`, and is ${found === undefined ? "missing" : found === null ? "null" : `of type ${typeof found}`}.`,
    );
  }
  return typeof text === "string" ? sqlText(text) : text;
}

function assemble(strings: readonly string[], values: readonly unknown[]): SqlFragment {
  const text = [strings[0] ?? ""];
  const parts: FragmentValue[] = [];
  const append = (piece: string): void => {
    text[text.length - 1] = (text[text.length - 1] ?? "") + piece;
  };
  values.forEach((value, index) => {
    if (isSqlFragment(value)) {
      append(value.text[0] ?? "");
      parts.push(...value.values);
      text.push(...value.text.slice(1));
    } else {
      parts.push(isValuePart(value) ? value : toFragmentValue(value));
      text.push("");
    }
    append(strings[index + 1] ?? "");
  });
  return { kind: "sql", text, values: parts };
}

function identifier(...names: readonly string[]): IdentifierPart {
  if (names.length === 0 || names.some((name) => typeof name !== "string" || name === "")) {
    throw new OperationError("invalid-name", "sql.identifier needs one or more names that are not empty.");
  }
  return { kind: "identifier", names: [...names] };
}

/** @see SqlTag */
export const sql: SqlTag = Object.assign(
  (strings: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment => {
    refuseLostBackslashes(strings.raw);
    return assemble(strings, values);
  },
  {
    identifier,
    raw: sqlText,
    join: (parts: readonly unknown[], separator = ", "): SqlFragment =>
      assemble(["", ...parts.map((_, index) => (index + 1 < parts.length ? separator : ""))], parts),
  },
);

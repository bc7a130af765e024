import { OperationError } from "../operations/operationError";
import { reservedWords } from "../sqlText/reservedWords";

/**
 * A name as SQL writes it: quoted only if it has to be, as PostgreSQL's `quote_ident` does.
 *
 * @throws OperationError `invalid-name` for an empty name or one with a NUL character
 */
export function quoteIdentifier(name: string): string {
  if (typeof name !== "string" || name === "" || name.includes("\0")) {
    throw new OperationError("invalid-name", `${JSON.stringify(name)} cannot be a name in the database.`);
  }
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !reservedWords.has(name)
    ? name
    : `"${name.replaceAll('"', '""')}"`;
}

/** A name within its schema, or alone if there is none. */
export function quoteQualifiedName(schema: string | undefined, name: string): string {
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** Names in parentheses: `(a, b)`. */
export function quoteNameList(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(", ")})`;
}

/**
 * A text as a literal of PostgreSQL, right whatever `standard_conforming_strings` is: text with backslashes is
 * written as E'…'.
 *
 * @throws OperationError `invalid-argument` for text with a NUL character, which PostgreSQL cannot hold
 */
export function quoteLiteral(text: string): string {
  if (text.includes("\0")) {
    throw new OperationError(
      "invalid-argument",
      "A text with a NUL character cannot be stored in the database.",
    );
  }
  const doubled = text.replaceAll("'", "''");
  return doubled.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}

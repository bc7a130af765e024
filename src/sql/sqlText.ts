import type { StorageParameters } from "../operations/definitions";
import { OperationError } from "../operations/operationError";
import { tokenize } from "../sqlText/lexer";
import { quoteLiteral } from "./quote";

/** The parts that there are, with spaces between them. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== "").join(" ");
}

/**
 * A type, operator class or argument list, which are SQL of the author's own: passed on as it is, unless it would
 * end the statement.
 *
 * @throws OperationError `invalid-sql`
 */
export function checkedSql(text: string, subject: string): string {
  let depth = 0;
  for (const { kind, text: token } of tokenize(text)) {
    depth += kind !== "symbol" ? 0 : token === "(" ? 1 : token === ")" ? -1 : 0;
    const isOpen =
      (kind === "string" && !/.'$/s.test(token)) || (kind === "quotedName" && !/."$/s.test(token));
    if (token === ";" || kind === "comment" || isOpen || depth < 0) {
      throw new OperationError("invalid-sql", `${JSON.stringify(text)} is not a valid ${subject}.`);
    }
  }
  if (text.trim() === "" || depth !== 0) {
    throw new OperationError("invalid-sql", `${JSON.stringify(text)} is not a valid ${subject}.`);
  }
  return text;
}

/** @throws OperationError `invalid-sql` for what is no type */
export function checkedType(type: string): string {
  return checkedSql(type, "column type");
}

/** @throws OperationError `invalid-sql` for what is no operator */
export function checkedOperator(operator: string): string {
  if (!/^[-+*/<>=~!@#%^&|`?]+$/.test(operator) && !/^OPERATOR\s*\([^;'()]+\)$/i.test(operator)) {
    throw new OperationError("invalid-sql", `${JSON.stringify(operator)} is not a valid operator.`);
  }
  return operator;
}

/** `WITH (fillfactor = 70)`, or nothing. */
export function storageParameters(parameters: StorageParameters | undefined): string {
  const entries = Object.entries(parameters ?? {}).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) {
      throw new OperationError("invalid-name", `${JSON.stringify(name)} is not a valid storage parameter.`);
    }
    return `${name} = ${typeof value === "string" ? quoteLiteral(value) : String(value)}`;
  });
  return entries.length === 0 ? "" : `WITH (${entries.join(", ")})`;
}

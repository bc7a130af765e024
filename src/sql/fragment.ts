import { OperationError } from "../operations/operationError";
import type {
  FragmentArray,
  FragmentScalar,
  FragmentValue,
  IdentifierPart,
  LiteralPart,
  SqlFragment,
} from "../operations/sqlFragment";
import type { Dialect } from "../sqlText/dialect";
import { tokenize } from "../sqlText/lexer";
import { closeLineComment } from "../sqlText/lineComment";
import { arrayText, inlineValue } from "./literal";
import { quoteIdentifier } from "./quote";

export interface ParametrizedText {
  readonly text: string;
  readonly values: readonly unknown[];
}

type WriteValue = (value: FragmentScalar | FragmentArray) => string;

/**
 * A fragment as text with its values written into it.
 *
 * @throws OperationError `invalid-sql` if a value stands inside quotes or a comment
 */
export function inlineFragment(fragment: SqlFragment, dialect: Dialect): string {
  refuseQuotedValues(fragment, dialect);
  return closeLineComment(
    writeFragment(fragment, dialect, (value) => inFragment(value, dialect)),
    dialect,
  );
}

/**
 * A fragment as text with placeholders and the values for them, in a form that every driver takes.
 *
 * @throws OperationError `invalid-sql` if a value stands inside quotes or a comment
 */
export function parametrizeFragment(fragment: SqlFragment, dialect: Dialect): ParametrizedText {
  refuseQuotedValues(fragment, dialect);
  const values: unknown[] = [];
  const text = writeFragment(fragment, dialect, (value) => {
    values.push(driverValue(value, dialect));
    return dialect === "postgresql" ? `$${values.length}` : "?";
  });
  return { text, values };
}

/** Arrays go as PostgreSQL's own text form, which means the same to every driver. */
function driverValue(value: FragmentScalar | FragmentArray, dialect: Dialect): FragmentScalar {
  if (value !== null && typeof value === "object") {
    return dialect === "postgresql" ? arrayText(value) : JSON.stringify(value);
  }
  return dialect === "sqlite" && typeof value === "boolean" ? Number(value) : value;
}

/** A negative number after an operator would be another operator, or a comment. */
function inFragment(value: FragmentScalar | FragmentArray, dialect: Dialect): string {
  const text = inlineValue(value, dialect);
  return text.startsWith("-") ? `(${text})` : text;
}

function writeFragment(fragment: SqlFragment, dialect: Dialect, write: WriteValue): string {
  let text = fragment.text[0] ?? "";
  fragment.values.forEach((value, index) => {
    const written = isIdentifier(value)
      ? value.names.map(quoteIdentifier).join(".")
      : isLiteral(value)
        ? inFragment(value.value, dialect)
        : write(value);
    const needsSpace = /[\p{L}\p{N}_$]$/u.test(text) && /^[\p{L}\p{N}_$']/u.test(written);
    text += `${needsSpace ? " " : ""}${written}${fragment.text[index + 1] ?? ""}`;
  });
  return text;
}

function isIdentifier(value: FragmentValue): value is IdentifierPart {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "identifier";
}

function isLiteral(value: FragmentValue): value is LiteralPart {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "literal";
}

/** `'%${name}%'` would be a text with a dollar sign in it, or a way out of the quotes. */
function refuseQuotedValues(fragment: SqlFragment, dialect: Dialect): void {
  if (fragment.values.every(isIdentifier)) {
    return;
  }
  let text = fragment.text[0] ?? "";
  const places: number[] = [];
  fragment.values.forEach((value, index) => {
    if (!isIdentifier(value)) {
      places.push(text.length + 1);
    }
    text += ` $1 ${fragment.text[index + 1] ?? ""}`;
  });
  const parameters = new Set(
    [...tokenize(text, dialect)].flatMap(({ kind, start }) => (kind === "parameter" ? [start] : [])),
  );
  if (!places.every((place) => parameters.has(place))) {
    throw new OperationError(
      "invalid-sql",
      "A ${…} of sql`…` is inside quotes, a $$ body or a comment, where it cannot be a value.",
      "Make the whole text the value, join texts with ||, or write it in with sql.raw(…).",
    );
  }
}

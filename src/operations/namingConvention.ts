import type { ConstraintName } from "./arguments";
import type { ConstraintType } from "./constraint/constraintDefinition";
import { OperationError } from "./operationError";

/**
 * Patterns for names, as SQLAlchemy's `naming_convention`: `"ck_%(table_name)s_%(constraint_name)s"`. Tokens:
 * `table_name`, `constraint_name`, `referred_table_name`, `column_0_name`, `column_0_label` (table and column),
 * `referred_column_0_name`; `column_0N_name` joins all columns, `column_0_N_name` joins them with `_`.
 */
export interface NamingConvention {
  readonly ix?: string;
  readonly uq?: string;
  readonly ck?: string;
  readonly fk?: string;
  readonly pk?: string;
  readonly ex?: string;
}

export type NamedKind = keyof NamingConvention;

export interface NamingSubject {
  readonly table: string | undefined;
  /** Absent where they are not known, as for a drop. */
  readonly columns?: readonly string[];
  readonly referredTable?: string;
  readonly referredColumns?: readonly string[];
}

/** SQLAlchemy's own default: only indexes are named. */
const defaultConvention: NamingConvention = { ix: "ix_%(column_0_label)s" };

const kindOfType: Readonly<Record<ConstraintType, NamedKind>> = {
  primary: "pk",
  foreignkey: "fk",
  unique: "uq",
  check: "ck",
  exclude: "ex",
};

/** PostgreSQL cuts longer names, in bytes. */
const maximumNameLength = 63;

/** What a naming convention calls this type of constraint: `pk`, `fk`, … */
export function namedKind(type: ConstraintType): NamedKind {
  return kindOfType[type];
}

/**
 * The final name of a constraint or index, as SQLAlchemy's `_constraint_name_for_table` decides it: a name that was
 * given goes through a pattern only if that has `%(constraint_name)s`; without a name the pattern makes one.
 *
 * @returns undefined if there is neither a name nor a pattern
 * @throws OperationError `missing-name`, `name-too-long`
 */
export function resolveName(
  convention: NamingConvention | undefined,
  kind: NamedKind,
  name: ConstraintName | null | undefined,
  subject: NamingSubject,
): string | undefined {
  if (typeof name === "object" && name !== null) {
    return name.name;
  }
  const pattern = convention?.[kind] ?? defaultConvention[kind];
  const given = name ?? undefined;
  if (pattern === undefined || (given !== undefined && !usesConstraintName(pattern))) {
    return given;
  }
  const made = pattern.replace(/%%|%\((\w+)\)s/g, (match, token: string | undefined) =>
    token === undefined ? "%" : tokenText(token, kind, given, subject, match),
  );
  if (new TextEncoder().encode(made).length > maximumNameLength) {
    throw new OperationError(
      "name-too-long",
      `The naming convention makes "${made}", which is longer than the ${maximumNameLength} bytes of a name.`,
      "Give a shorter name with op.f(…).",
    );
  }
  return made;
}

/** Would a plain string be changed by the convention? Then a final name has to be written as `op.f(…)`. */
export function changesGivenNames(convention: NamingConvention | undefined, kind: NamedKind): boolean {
  const pattern = convention?.[kind];
  return pattern !== undefined && usesConstraintName(pattern);
}

function usesConstraintName(pattern: string): boolean {
  return pattern.includes("%(constraint_name)s");
}

function tokenText(
  token: string,
  kind: NamedKind,
  name: string | undefined,
  subject: NamingSubject,
  written: string,
): string {
  const text =
    token === "constraint_name" ? name : (subjectText(token, subject) ?? columnText(token, subject));
  if (text === undefined) {
    throw new OperationError(
      "missing-name",
      `The naming convention for "${kind}" needs ${written}, which is not known${
        subject.table === undefined ? "" : ` for table "${subject.table}"`
      }.`,
      "Give the whole name with op.f(…).",
    );
  }
  return text;
}

function subjectText(token: string, subject: NamingSubject): string | undefined {
  if (token === "table_name") {
    return subject.table;
  }
  return token === "referred_table_name" ? subject.referredTable : undefined;
}

function columnText(token: string, subject: NamingSubject): string | undefined {
  const match = /^(referred_)?column_(\d+)(_?N)?_(name|key|label)$/.exec(token);
  if (match === null) {
    return undefined;
  }
  const [, referred, first, rest, form] = match;
  const columns = referred === undefined ? subject.columns : subject.referredColumns;
  const table = referred === undefined ? subject.table : subject.referredTable;
  const start = Number(first);
  const chosen = columns?.slice(start, rest === undefined ? start + 1 : undefined) ?? [];
  if (chosen.length === 0 || (form === "label" && table === undefined)) {
    return undefined;
  }
  const texts = chosen.map((column) => (form === "label" ? `${table ?? ""}_${column}` : column));
  return texts.join(rest === "_N" ? "_" : "");
}

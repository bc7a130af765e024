import type { DropConstraint, RenameConstraint } from "../../operations/constraint/constraint";
import { namedKind, resolveName } from "../../operations/namingConvention";
import type { NamedKind, NamingConvention } from "../../operations/namingConvention";
import { OperationError } from "../../operations/operationError";
import { requireDroppedName } from "../droppedConstraint";
import type { SqliteConstraint, SqliteTable } from "./tableModel";
import { isSameName } from "./tokens";

const kinds: Readonly<Record<SqliteConstraint["kind"], NamedKind>> = {
  primaryKey: "pk",
  unique: "uq",
  check: "ck",
  foreignKey: "fk",
};

/** The columns of the table that a constraint is on; a check is on none by name. */
export function constraintColumns(constraint: SqliteConstraint): readonly string[] {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return constraint.columns.map(({ name }) => name);
    case "foreignKey":
      return constraint.columns;
    case "check":
      return [];
  }
}

/**
 * The constraint of this name. One that has no name in the database goes by what the naming convention makes for it
 * (Alembic, "Dropping Unnamed or Named Foreign Keys"), or by the name that PostgreSQL would have given it.
 *
 * @returns undefined if there is none and the operation says `ifExists`
 * @throws OperationError `invalid-argument` if there is none, or several without a name could be meant
 */
export function findConstraint(
  table: SqliteTable,
  operation: DropConstraint | RenameConstraint,
  convention: NamingConvention | undefined,
): SqliteConstraint | undefined {
  const type = "type" in operation ? operation.type : undefined;
  const name = operation.kind === "dropConstraint" ? requireDroppedName(operation) : operation.name;
  const wanted = table.constraints.filter(
    ({ kind }) => type === undefined || kinds[kind] === namedKind(type),
  );
  const named = wanted.find(({ name: own }) => own !== undefined && isSameName(own, name));
  if (named !== undefined) {
    return named;
  }
  const unnamed = wanted.filter(
    (constraint) =>
      constraint.name === undefined &&
      impliedNames(table.name, constraint, convention).some((implied) => isSameName(implied, name)),
  );
  const [only, ...others] = unnamed;
  if (only !== undefined && others.length === 0) {
    return only;
  }
  if (only === undefined && "ifExists" in operation && operation.ifExists === true) {
    return undefined;
  }
  throw noSuchConstraint(table, name, others.length > 0);
}

function impliedNames(
  table: string,
  constraint: SqliteConstraint,
  convention: NamingConvention | undefined,
): readonly string[] {
  const columns = constraintColumns(constraint);
  const referred =
    constraint.kind === "foreignKey"
      ? { referredTable: constraint.referredTable, referredColumns: constraint.referredColumns ?? [] }
      : {};
  const made = conventionName(convention, kinds[constraint.kind], { table, columns, ...referred });
  const ending = { primaryKey: "pkey", unique: "key", check: "check", foreignKey: "fkey" }[constraint.kind];
  const inPostgresql = [table, ...(constraint.kind === "primaryKey" ? [] : columns), ending].join("_");
  return made === undefined ? [inPostgresql] : [made, inPostgresql];
}

function conventionName(
  convention: NamingConvention | undefined,
  kind: NamedKind,
  subject: Parameters<typeof resolveName>[3],
): string | undefined {
  try {
    return resolveName(convention, kind, undefined, subject);
  } catch {
    // A pattern that wants more than there is to say makes no name.
    return undefined;
  }
}

function noSuchConstraint(table: SqliteTable, name: string, isAmbiguous: boolean): OperationError {
  const names = table.constraints.flatMap((constraint) => constraint.name ?? []);
  const unnamed = table.constraints.length - names.length;
  return new OperationError(
    "invalid-argument",
    isAmbiguous
      ? `Several constraints without a name of "${table.name}" could be '${name}'.`
      : `No such constraint: '${name}' on "${table.name}"${names.length === 0 ? "" : `, which has ${names.join(", ")}`}.`,
    unnamed === 0
      ? undefined
      : `${String(unnamed)} of its constraints have no name: give the batch a namingConvention that names them.`,
  );
}

/** @throws OperationError if the name is taken */
export function requireNewName(table: SqliteTable, name: string | undefined): void {
  const isTaken = (constraint: SqliteConstraint): boolean =>
    name !== undefined && constraint.name !== undefined && isSameName(constraint.name, name);
  if (table.constraints.some(isTaken)) {
    throw new OperationError(
      "invalid-argument",
      `The table "${table.name}" has a constraint "${name ?? ""}" already.`,
    );
  }
}

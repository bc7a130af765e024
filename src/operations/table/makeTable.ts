import { requireKind } from "../argumentKinds";
import type { DefaultArgument } from "../arguments";
import type { ColumnDefinition, NamedColumnOptions } from "../column/columnDefinition";
import type { ConstraintDefinition, PrimaryKeyOptions } from "../constraint/constraintDefinition";
import { makeColumn } from "../column/makeColumn";
import type { MadeColumn } from "../column/makeColumn";
import {
  makeCheck,
  makeExclude,
  makeForeignKey,
  makePrimaryKey,
  makeUnique,
} from "../constraint/makeConstraint";
import type { MakeContext } from "../makers";
import { ArgumentTypeError, OperationError } from "../operationError";
import { refuseUnknownOptions } from "../optionKeys";
import { flag, present } from "../sparse";
import { isSqlFragment, toJsonValue } from "../sqlFragment";
import type {
  PartitionBoundValue,
  PartitionBounds,
  PartitionBoundsArgument,
  TableDefinition,
  TableStructure,
} from "./tableDefinition";

const constraintOrder: readonly ConstraintDefinition["kind"][] = [
  "primaryKey",
  "unique",
  "check",
  "foreignKey",
  "exclude",
];

/** Constraints as a table's record has them: by kind, otherwise in the order given. */
function sortConstraints(constraints: readonly ConstraintDefinition[]): readonly ConstraintDefinition[] {
  return constraintOrder.flatMap((kind) => constraints.filter((constraint) => constraint.kind === kind));
}

/**
 * A table of its columns and constraints.
 *
 * @throws OperationError if a column occurs twice, is missing, or contradicts itself
 */
export function makeTable(context: MakeContext, table: string, structure: TableStructure): TableDefinition {
  requireKind(structure.columns, "columns", `The option "columns" of table "${table}"`);
  const primaryKey = primaryKeyOptions(table, structure);
  const named = namedColumns(table, structure);
  const made = named.map(({ name, ...options }) => makeColumn(context, table, name, options));
  refuseRepeatedColumns(table, made);
  const columns = made.map(({ column }, index) =>
    primaryKey?.columns.includes(column.name) === true
      ? keyColumn(table, column, named[index]?.nullable === true)
      : column,
  );
  const constraints = [
    ...(primaryKey === undefined ? [] : [makePrimaryKey(context, table, primaryKey)]),
    ...made.flatMap(({ constraints }) => constraints.filter(({ kind }) => kind !== "primaryKey")),
    ...(structure.uniques ?? []).map((unique) => makeUnique(context, table, unique)),
    ...(structure.checks ?? []).map((check) => makeCheck(context, table, check)),
    ...(structure.foreignKeys ?? []).map((foreignKey) => makeForeignKey(context, table, foreignKey)),
    ...(structure.excludes ?? []).map((exclude) => makeExclude(context, table, exclude)),
  ];
  refuseUnknownColumns(table, columns, constraints);
  return present<TableDefinition>({
    columns,
    constraints: sortConstraints(constraints),
    comment: structure.comment,
    unlogged: flag(structure.unlogged),
    temporary: flag(structure.temporary),
    inherits: structure.inherits === undefined ? undefined : [...structure.inherits],
    partitionBy:
      structure.partitionBy === undefined
        ? undefined
        : { strategy: structure.partitionBy.strategy, columns: [...structure.partitionBy.columns] },
    with: structure.with === undefined ? undefined : { ...structure.with },
    tablespace: structure.tablespace,
  });
}

function namedColumns(table: string, { columns }: TableStructure): readonly NamedColumnOptions[] {
  if (isColumnList(columns)) {
    return columns;
  }
  const names = Object.keys(columns);
  const moved = names.find((name) => /^(0|[1-9]\d*)$/.test(name));
  if (moved !== undefined && names.length > 1) {
    throw new OperationError(
      "invalid-argument",
      `JavaScript moves the column "${moved}" of "${table}" before the others, so their order is lost.`,
      'Give the columns as a list: columns: [{ name: "…", type: "…" }, …].',
    );
  }
  return Object.entries(columns).map(([name, options]) => {
    requireKind(options, "object", `The column "${name}" of table "${table}"`);
    return { name, ...options };
  });
}

function isColumnList(columns: TableStructure["columns"]): columns is readonly NamedColumnOptions[] {
  return Array.isArray(columns);
}

function primaryKeyOptions(table: string, structure: TableStructure): PrimaryKeyOptions | undefined {
  const flagged = namedColumns(table, structure).flatMap(({ name, primaryKey }) =>
    primaryKey === true ? [name] : [],
  );
  if (structure.primaryKey === undefined) {
    return flagged.length === 0 ? undefined : { columns: flagged };
  }
  const options = isNameList(structure.primaryKey) ? { columns: structure.primaryKey } : structure.primaryKey;
  const other = flagged.find((name) => !options.columns.includes(name));
  if (other !== undefined) {
    throw new OperationError(
      "invalid-argument",
      `Column "${other}" of "${table}" is marked as primary key, but the table's primaryKey does not name it.`,
      "Name the primary key in one place.",
    );
  }
  return options;
}

function isNameList(value: readonly string[] | PrimaryKeyOptions): value is readonly string[] {
  return Array.isArray(value);
}

function keyColumn(table: string, column: ColumnDefinition, saidNullable: boolean): ColumnDefinition {
  if (saidNullable) {
    throw new OperationError(
      "invalid-argument",
      `The column "${column.name}" of "${table}" is nullable, which a primary key never is.`,
      "Leave nullable out.",
    );
  }
  return { ...column, nullable: false };
}

function refuseRepeatedColumns(table: string, made: readonly MadeColumn[]): void {
  const names = new Set<string>();
  for (const { column } of made) {
    if (names.has(column.name)) {
      throw new OperationError("invalid-argument", `The column "${column.name}" of "${table}" occurs twice.`);
    }
    names.add(column.name);
  }
}

function refuseUnknownColumns(
  table: string,
  columns: readonly ColumnDefinition[],
  constraints: readonly ConstraintDefinition[],
): void {
  const known = new Set(columns.map(({ name }) => name));
  for (const constraint of constraints) {
    const named = "columns" in constraint ? constraint.columns : [];
    const unknown = named.find((name) => !known.has(name));
    if (unknown !== undefined) {
      throw new OperationError(
        "invalid-argument",
        `A constraint of the new table "${table}" is on column "${unknown}", which the table does not have.`,
      );
    }
  }
}

const boundsKeys = {
  range: { from: "list", to: "list" },
  list: { in: "list" },
  hash: { modulus: "any", remainder: "any" },
} as const;

/**
 * The bounds of a partition as records keep them.
 *
 * @throws OperationError `invalid-argument` for what PostgreSQL has no bounds for
 */
export function makeBounds(bounds: PartitionBoundsArgument): PartitionBounds {
  if (bounds === "default") {
    return { kind: "default" };
  }
  const kinds = ["range", "list", "hash"] as const;
  const given = typeof bounds === "object" ? Object.keys(bounds) : [];
  const kind = kinds.find((each) => {
    const needed = Object.keys(boundsKeys[each]);
    return needed.length === given.length && needed.every((key) => given.includes(key));
  });
  if (kind === undefined) {
    throw new ArgumentTypeError(
      `The bounds of a partition are ${JSON.stringify(bounds)}.`,
      'Write { from: […], to: […] }, { in: […] }, { modulus, remainder } or "default".',
    );
  }
  refuseUnknownOptions<object>(bounds, boundsKeys[kind], "the bounds of a partition");
  if ("from" in bounds) {
    return { kind: "range", from: bounds.from.map(makeBoundValue), to: bounds.to.map(makeBoundValue) };
  }
  if ("in" in bounds) {
    return { kind: "list", values: bounds.in.map(makeBoundValue) };
  }
  return { kind: "hash", modulus: bounds.modulus, remainder: bounds.remainder };
}

function makeBoundValue(value: DefaultArgument): PartitionBoundValue {
  return isSqlFragment(value) ? value : { kind: "literal", value: toJsonValue(value) };
}

import { columnArgument } from "../column/columnArguments";
import { excludeArguments } from "../constraint/constraintArguments";
import type { ConstraintDefinition, PrimaryKeyDefinition } from "../constraint/constraintDefinition";
import type { NamedKind, NamingConvention } from "../namingConvention";
import { defaultArgument, nameArgument } from "../printing/printedCall";
import type { PrintedOptions } from "../printing/printedCall";
import type { PartitionBounds, TableDefinition } from "./tableDefinition";

/** Which constraints are written as options of their column. */
type Folding = (constraint: ConstraintDefinition, table: TableDefinition) => boolean;

/** From what a person would write first to what always says it all. */
const foldings: readonly Folding[] = [
  (constraint, table) => isFoldableKey(constraint, table) || isFoldable(constraint),
  isFoldableKey,
  () => false,
];

/** The structure of a table as options of `op.createTable`, the most natural form first. */
export function tableArguments(
  table: TableDefinition,
  convention: NamingConvention | undefined,
): readonly PrintedOptions[] {
  return foldings.map((folds) => tableArgument(table, convention, (constraint) => folds(constraint, table)));
}

function tableArgument(
  table: TableDefinition,
  convention: NamingConvention | undefined,
  isFolded: (constraint: ConstraintDefinition) => boolean,
): PrintedOptions {
  const { columns: _columns, constraints, partitionBy, ...rest } = table;
  const own = constraints.filter((constraint) => !isFolded(constraint));
  const primaryKey = own.find((constraint) => constraint.kind === "primaryKey");
  const list = (kind: ConstraintDefinition["kind"]): readonly unknown[] | undefined => {
    const printed = own.filter((constraint) => constraint.kind === kind);
    return printed.length === 0
      ? undefined
      : printed.map((constraint) => constraintArgument(constraint, convention));
  };
  return {
    columns: columnsArgument(table, constraints.filter(isFolded), convention),
    primaryKey: primaryKey === undefined ? undefined : primaryKeyArgument(primaryKey, convention),
    foreignKeys: list("foreignKey"),
    uniques: list("unique"),
    checks: list("check"),
    excludes: list("exclude"),
    partitionBy,
    ...rest,
  };
}

/** Names that look like numbers would move to the front of an object: then it is a list. */
function columnsArgument(
  { columns, constraints }: TableDefinition,
  folded: readonly ConstraintDefinition[],
  convention: NamingConvention | undefined,
): unknown {
  const keyColumns = constraints.flatMap((constraint) =>
    constraint.kind === "primaryKey" ? constraint.columns : [],
  );
  const entries = columns.map((column) => {
    const own = folded.filter(
      (constraint) => "columns" in constraint && constraint.columns.includes(column.name),
    );
    const printed = columnArgument(column, own, convention);
    return [
      column.name,
      keyColumns.includes(column.name) ? { ...printed, nullable: undefined } : printed,
    ] as const;
  });
  const isList = columns.some(({ name }) => /^\d+$/.test(name) || name === "__proto__");
  return isList ? entries.map(([name, printed]) => ({ name, ...printed })) : Object.fromEntries(entries);
}

function isFoldableKey(constraint: ConstraintDefinition, table: TableDefinition): boolean {
  if (constraint.kind !== "primaryKey" || Object.keys(constraint).length > 2) {
    return false;
  }
  const inOrder = table.columns.map(({ name }) => name).filter((name) => constraint.columns.includes(name));
  return inOrder.join("\0") === constraint.columns.join("\0");
}

function isFoldable(constraint: ConstraintDefinition): boolean {
  return (
    (constraint.kind === "unique" || constraint.kind === "foreignKey") &&
    constraint.name === undefined &&
    constraint.columns.length === 1
  );
}

const kinds: Readonly<Record<ConstraintDefinition["kind"], NamedKind>> = {
  primaryKey: "pk",
  unique: "uq",
  check: "ck",
  foreignKey: "fk",
  exclude: "ex",
};

function primaryKeyArgument(
  constraint: PrimaryKeyDefinition,
  convention: NamingConvention | undefined,
): unknown {
  return Object.keys(constraint).length === 2
    ? constraint.columns
    : constraintArgument(constraint, convention);
}

function constraintArgument(
  constraint: ConstraintDefinition,
  convention: NamingConvention | undefined,
): unknown {
  const { kind, name, ...rest } = constraint;
  const printedName = name === undefined ? undefined : nameArgument(name, kinds[kind], convention);
  return {
    name: printedName,
    ...rest,
    ...(constraint.kind === "exclude" ? { elements: excludeArguments(constraint) } : {}),
  };
}

/** The bounds of a partition as `op` takes them. */
export function boundsArgument(bounds: PartitionBounds): unknown {
  switch (bounds.kind) {
    case "default":
      return "default";
    case "range":
      return { from: bounds.from.map(defaultArgument), to: bounds.to.map(defaultArgument) };
    case "list":
      return { in: bounds.values.map(defaultArgument) };
    case "hash":
      return { modulus: bounds.modulus, remainder: bounds.remainder };
  }
}

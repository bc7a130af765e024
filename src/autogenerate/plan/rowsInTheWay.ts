import { findNamed } from "../../schema/findNamed";
import type { ColumnModel } from "../../schema/model/columnModel";
import type { ConstraintModel, ForeignKeyModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import { type PlanContext, type PlanWarning, spokenName } from "./planContext";

/** A table on both sides of a direction: it may have rows. */
interface KeptTable {
  readonly spoken: string;
  readonly from: TableModel;
  readonly to: TableModel;
}

function keptTable(context: PlanContext, table: QualifiedName): KeptTable | undefined {
  const from = findNamed(context.from.tables, table);
  const to = findNamed(context.to.tables, table);
  return from === undefined || to === undefined
    ? undefined
    : { spoken: spokenName(context, table), from, to };
}

/** What rows may have that keeps a constraint from being made; nothing where the table is new, or they met it before. */
export function warnOfRows(
  context: PlanContext,
  table: QualifiedName,
  constraint: ConstraintModel,
): readonly PlanWarning[] {
  const kept = keptTable(context, table);
  const text = kept === undefined ? undefined : obstacle(context, kept, constraint);
  return text === undefined ? [] : [{ code: "may-fail", text }];
}

/** The same for an index that is unique. */
export function warnOfEqualRows(
  context: PlanContext,
  table: QualifiedName,
  index: IndexModel,
): readonly PlanWarning[] {
  const kept = index.isUnique ? keptTable(context, table) : undefined;
  if (kept === undefined) {
    return [];
  }
  const columns = index.elements.map(({ kind, text }) => (kind === "column" ? text : undefined));
  const known = columns.filter((column) => column !== undefined);
  if (known.length === columns.length && areRowsDistinct(kept, known, index.nullsNotDistinct)) {
    return [];
  }
  const isKept = kept.from.indexes.some((each) => each.isUnique && keyOf(each) === keyOf(index));
  const rows = index.predicate === undefined ? "two rows" : `two rows with ${index.predicate}`;
  const key = index.elements.map(({ text }) => text).join(" and ");
  return isKept
    ? []
    : [{ code: "may-fail", text: `fails if ${rows} of ${kept.spoken} have the same ${key}` }];
}

/** The same for a unique column whose values are converted to a type in which different ones can be equal. */
export function warnOfMergedRows(
  context: PlanContext,
  table: QualifiedName,
  column: string,
): readonly PlanWarning[] {
  const kept = keptTable(context, table);
  const isInKey =
    kept?.to.constraints.some(
      (each) => (each.kind === "primaryKey" || each.kind === "unique") && each.columns.includes(column),
    ) === true ||
    kept?.to.indexes.some(
      (each) => each.isUnique && each.elements.some(({ kind, text }) => kind === "column" && text === column),
    ) === true;
  return kept === undefined || !isInKey
    ? []
    : [{ code: "may-fail", text: `fails if two rows of ${kept.spoken} get the same ${column}` }];
}

function keyOf({ elements, predicate, nullsNotDistinct }: IndexModel): string {
  return JSON.stringify([
    elements.map(({ text, collation }) => [text, collation]),
    predicate,
    nullsNotDistinct,
  ]);
}

function obstacle(context: PlanContext, table: KeptTable, constraint: ConstraintModel): string | undefined {
  const rowOf = `a row of ${table.spoken}`;
  switch (constraint.kind) {
    case "primaryKey":
    case "unique": {
      const { columns } = constraint;
      const nullsNotDistinct = constraint.kind === "primaryKey" || constraint.nullsNotDistinct;
      return areRowsDistinct(table, columns, nullsNotDistinct)
        ? undefined
        : `fails if two rows of ${table.spoken} have the same ${columns.join(" and ")}`;
    }
    case "foreignKey":
      return !constraint.isValid ||
        hasForeignKey(table.from, constraint) ||
        areNewAndNull(table, constraint.columns)
        ? undefined
        : `fails if ${rowOf} refers to a row that ${spokenName(context, referencedBy(constraint))} does not have`;
    case "check":
      return !constraint.isValid || hasCheck(table.from, constraint.condition)
        ? undefined
        : `fails if ${rowOf} does not meet the condition`;
    case "exclude":
      return table.from.constraints.some(
        (each) => each.kind === "exclude" && each.definition === constraint.definition,
      )
        ? undefined
        : `fails if two rows of ${table.spoken} conflict`;
  }
}

function referencedBy(key: ForeignKeyModel): QualifiedName {
  return { schema: key.referencedSchema, name: key.referencedTable };
}

function hasCheck({ constraints }: TableModel, condition: string): boolean {
  return constraints.some((each) => each.kind === "check" && each.isValid && each.condition === condition);
}

function hasForeignKey({ constraints }: TableModel, wanted: ForeignKeyModel): boolean {
  const leadsTo = (key: ForeignKeyModel): string =>
    JSON.stringify([key.columns, referencedBy(key), key.referencedColumns]);
  return constraints.some(
    (each) => each.kind === "foreignKey" && each.isValid && leadsTo(each) === leadsTo(wanted),
  );
}

/** Whether rows already differ in these columns, or are given different values by what adds a column. */
function areRowsDistinct(table: KeptTable, columns: readonly string[], nullsNotDistinct: boolean): boolean {
  const isAmong = (keys: readonly string[]): boolean => keys.every((key) => columns.includes(key));
  const isKnown =
    table.from.constraints.some(
      (each) =>
        (each.kind === "primaryKey" ||
          (each.kind === "unique" && (each.nullsNotDistinct || !nullsNotDistinct))) &&
        isAmong(each.columns),
    ) ||
    table.from.indexes.some(
      (each) =>
        each.isUnique &&
        each.isValid &&
        each.predicate === undefined &&
        (each.nullsNotDistinct || !nullsNotDistinct) &&
        each.elements.every(({ kind }) => kind === "column") &&
        isAmong(each.elements.map(({ text }) => text)),
    );
  return (
    isKnown ||
    addedColumns(table, columns).some(isEachRowsOwn) ||
    (!nullsNotDistinct && areNewAndNull(table, columns))
  );
}

/** Whether one of the columns is new and NULL in all rows, which a key passes over. */
function areNewAndNull(table: KeptTable, columns: readonly string[]): boolean {
  return addedColumns(table, columns).some(
    ({ isNullable, default: value, generation }) =>
      isNullable && value === undefined && generation === undefined,
  );
}

function addedColumns({ from, to }: KeptTable, columns: readonly string[]): readonly ColumnModel[] {
  return to.columns.filter(
    ({ name }) => columns.includes(name) && !from.columns.some((each) => each.name === name),
  );
}

/** A value that each existing row gets for itself. */
function isEachRowsOwn({ default: value, generation }: ColumnModel): boolean {
  return (
    generation?.kind === "identity" ||
    generation?.kind === "serial" ||
    /^(?:\w+\.)?(?:gen_random_uuid|uuid_generate_v[14]|uuidv[47]|nextval)\(/.test(value ?? "")
  );
}

import type { ColumnModel } from "../../schema/model/columnModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import type { Comparison } from "./comparison";
import { nameKey } from "../../schema/findNamed";
import { aspectObject, type SchemaObject } from "./schemaObject";
import { serialSequenceName } from "./sequenceName";
import { columnStructure } from "./structure";
import { parseTypeName } from "../../sqlText/typeName";

export interface ComparedColumns {
  /** What the database has afterwards. */
  readonly reached: readonly ColumnModel[];
  readonly dropped: ReadonlySet<string>;
  /** From one text type to another. */
  readonly retyped: ReadonlySet<string>;
  /** From one type to another, whichever. */
  readonly typed: ReadonlySet<string>;
}

const textTypes = new Set(["text", "character varying"]);

function isTextRetyped(before: ColumnModel, after: ColumnModel): boolean {
  const [left, right] = [parseTypeName(before.type), parseTypeName(after.type)];
  return left.base !== right.base && textTypes.has(left.base) && textTypes.has(right.base) && !left.isArray;
}

/** Compares the columns of a table that both sides have. */
export function compareColumns(
  comparison: Comparison,
  before: TableModel,
  after: TableModel,
): ComparedColumns {
  const table = { schema: after.schema, name: after.name };
  const toObject = (model: ColumnModel): SchemaObject => ({
    kind: "column",
    schema: table.schema,
    table: table.name,
    name: model.name,
    model,
  });
  const wanted = new Map(after.columns.map((column) => [column.name, column]));
  const dropped = new Set<string>();
  const retyped = new Set<string>();
  const typed = new Set<string>();
  const reached: ColumnModel[] = [];
  for (const column of before.columns) {
    const counterpart = wanted.get(column.name);
    wanted.delete(column.name);
    if (counterpart !== undefined) {
      const isCompared = comparison.isCompared(toObject(column), toObject(counterpart));
      const result = isCompared ? compareColumn(comparison, table, column, counterpart) : column;
      reached.push(result);
      if (column.type !== result.type) {
        typed.add(column.name);
      }
      if (isTextRetyped(column, result)) {
        retyped.add(column.name);
      }
    } else if (!column.isInherited && comparison.isDropped(toObject(column))) {
      comparison.differences.push({ kind: "column", table, before: column, after: undefined });
      dropped.add(column.name);
    } else {
      reached.push(column);
    }
  }
  for (const column of wanted.values()) {
    if (!column.isInherited && comparison.isCompared(undefined, toObject(column))) {
      comparison.differences.push({ kind: "column", table, before: undefined, after: column });
      reached.push(column);
    }
  }
  return { reached, dropped, retyped, typed };
}

function compareColumn(
  comparison: Comparison,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): ColumnModel {
  if (before.isInherited && after.isInherited) {
    return before;
  }
  const wanted = withKeptParts(comparison, table, before, after);
  const reached = reachedColumn(comparison, table, before, wanted);
  const isEqual = columnStructure(before, true) === columnStructure(reached, true);
  if (!isEqual || before.comment !== reached.comment) {
    comparison.differences.push({ kind: "column", table, before, after: reached });
  }
  return reached;
}

/** The column of the entities with the type or the default of the database where a difference of them does not count. */
function withKeptParts(
  comparison: Comparison,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): ColumnModel {
  const column = { table, before, after };
  const isTypeKept =
    (before.type !== after.type || before.collation !== after.collation) &&
    (isDomainOf(comparison, table, before, after) || !comparison.isTypeChanged(column));
  const typed = isTypeKept ? withTypeOf(before, after) : after;
  const isDefaultKept =
    (before.default !== typed.default ||
      JSON.stringify(before.generation) !== JSON.stringify(typed.generation)) &&
    !comparison.isDefaultChanged(column);
  const { default: _default, generation: _generation, ...rest } = typed;
  return isDefaultKept ? { ...rest, default: before.default, generation: before.generation } : typed;
}

/** Whether the database has a domain where the type below it is wanted, and domains can't be said. */
function isDomainOf(
  comparison: Comparison,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): boolean {
  const object = aspectObject(table.schema, table.name, {
    aspect: "domain",
    of: "column",
    ofName: after.name,
  });
  return (
    comparison.domainTypes.get(before.type) === after.type &&
    before.collation === after.collation &&
    !comparison.isExpressible(object)
  );
}

/** A default that differs by the type that it is cast to is the same default. */
function withTypeOf(before: ColumnModel, after: ColumnModel): ColumnModel {
  const cast = (column: ColumnModel): string => `::${parseTypeName(column.type).base}`;
  const isSameDefault = after.default?.replaceAll(cast(after), cast(before)) === before.default;
  return {
    ...after,
    type: before.type,
    collation: before.collation,
    default: isSameDefault ? before.default : after.default,
  };
}

/** What the column shall be: as the entities say, with what they can't say or need not decide from the database. */
function reachedColumn(
  comparison: Comparison,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): ColumnModel {
  const aspect = (name: "comment" | "identity sequence"): SchemaObject =>
    aspectObject(table.schema, table.name, { aspect: name, of: "column", ofName: after.name });
  const keepsComment =
    before.comment !== undefined && after.comment === undefined && !comparison.isDropped(aspect("comment"));
  const generation = after.generation;
  const known = before.generation;
  const result: ColumnModel = { ...after, comment: keepsComment ? before.comment : after.comment };
  if (
    generation === undefined ||
    known === undefined ||
    generation.kind === "generated" ||
    known.kind === "generated"
  ) {
    return result;
  }
  const sequence = comparison.isExpressible(aspect("identity sequence"))
    ? generation.sequence
    : generation.kind === known.kind && generation.sequence.type === known.sequence.type
      ? known.sequence
      : generation.sequence;
  const { schema, name } =
    generation.kind === known.kind ? sequenceName(comparison, table, before, after) : sequence;
  return { ...result, generation: { ...generation, sequence: { ...sequence, schema, name } } };
}

/**
 * The name of a sequence that a column owns is nobody's concern, unless the table or the column got a new name
 * and the sequence has the one that PostgreSQL gave it: then it is renamed with it.
 */
function sequenceName(
  comparison: Comparison,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): QualifiedName {
  const [known, wanted] = [before.generation, after.generation];
  if (
    known === undefined ||
    known.kind === "generated" ||
    wanted === undefined ||
    wanted.kind === "generated"
  ) {
    return table;
  }
  const { schema, name } = known.sequence;
  const isUsual = wanted.sequence.name === serialSequenceName(table.name, after.name);
  if (name === wanted.sequence.name || !isUsual || !comparison.touchedTables.has(nameKey(table))) {
    return { schema, name };
  }
  comparison.differences.push({
    kind: "renamedPart",
    part: "sequence",
    table,
    schema,
    from: name,
    to: wanted.sequence.name,
  });
  return { schema, name: wanted.sequence.name };
}

import { mentionsName } from "../../sqlText/expression";
import type { ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import type { Rename, SchemaDifference } from "./difference";
import { isSameName } from "../../schema/findNamed";

/** Whether a constraint goes when a column goes. */
export function constraintUses(constraint: ConstraintModel, columns: ReadonlySet<string>): boolean {
  const isAny = (list: readonly string[]): boolean => list.some((name) => columns.has(name));
  switch (constraint.kind) {
    case "primaryKey":
    case "unique":
      return isAny(constraint.columns) || isAny(constraint.include);
    case "exclude":
      return (
        constraint.elements.some((element) => elementUses(element, columns)) ||
        uses(constraint.predicate, columns)
      );
    default:
      return isAny(constraint.columns);
  }
}

function uses(expression: string | undefined, columns: ReadonlySet<string>): boolean {
  return expression !== undefined && mentionsName(expression, columns);
}

function elementUses(element: IndexModel["elements"][number], columns: ReadonlySet<string>): boolean {
  return element.kind === "column" ? columns.has(element.text) : mentionsName(element.text, columns);
}

/** Whether an index goes when a column goes. */
export function indexUses(index: IndexModel, columns: ReadonlySet<string>): boolean {
  return (
    index.elements.some((element) => elementUses(element, columns)) ||
    index.include.some((name) => columns.has(name)) ||
    uses(index.predicate, columns)
  );
}

/**
 * Takes out columns whose names others get by a rename: they have to go before it, with all that is on them, and all that
 * is computed from them.
 */
export function dropOccupants(
  model: SchemaModel,
  renames: readonly Rename[],
): { readonly model: SchemaModel; readonly early: readonly SchemaDifference[] } {
  const early: SchemaDifference[] = [];
  const tables = model.tables.map((table) => {
    const own = renames.flatMap((rename) =>
      rename.object === "column" && isSameName(rename.table, table) ? [rename] : [],
    );
    const leaving = new Set(own.map(({ from }) => from));
    const occupied = new Set(
      own
        .map(({ to }) => to)
        .filter((name) => !leaving.has(name) && table.columns.some((column) => column.name === name)),
    );
    return occupied.size === 0 ? table : withoutColumns(table, withComputed(table, occupied), early);
  });
  return { model: { ...model, tables }, early };
}

/** The columns, and those that are computed from them: PostgreSQL drops neither alone, and the latter hold no data. */
function withComputed(table: TableModel, names: ReadonlySet<string>): ReadonlySet<string> {
  const computed = table.columns.filter(
    ({ generation }) => generation?.kind === "generated" && mentionsName(generation.expression, names),
  );
  return new Set([...names, ...computed.map(({ name }) => name)]);
}

function withoutColumns(
  table: TableModel,
  names: ReadonlySet<string>,
  early: SchemaDifference[],
): TableModel {
  const place = { schema: table.schema, name: table.name };
  const gone = {
    constraints: table.constraints.filter((constraint) => constraintUses(constraint, names)),
    indexes: table.indexes.filter((index) => indexUses(index, names)),
    columns: table.columns.filter(({ name }) => names.has(name)),
  };
  early.push(
    ...gone.constraints.map((before) => ({
      kind: "constraint" as const,
      table: place,
      before,
      after: undefined,
    })),
    ...gone.indexes.map((before) => ({ kind: "index" as const, table: place, before, after: undefined })),
    ...gone.columns.map((before) => ({ kind: "column" as const, table: place, before, after: undefined })),
  );
  return {
    ...table,
    constraints: table.constraints.filter((constraint) => !gone.constraints.includes(constraint)),
    indexes: table.indexes.filter((index) => !gone.indexes.includes(index)),
    columns: table.columns.filter((column) => !gone.columns.includes(column)),
  };
}

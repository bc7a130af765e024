import type { SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import type { CompareOptions, Drift } from "./compareOptions";
import { compareNamed } from "./compareNamed";
import { compareTable } from "./compareTable";
import { compareTopLevel } from "./compareTypes";
import { compareViews } from "./compareViews";
import { beginComparison, type Comparison } from "./comparison";
import type { Rename, RenameQuestion, SchemaDifference } from "./difference";
import { nameKey } from "../../schema/findNamed";
import { typeKnowledge } from "./typeConversion";
import { resolveRenames } from "./resolveRenames";

/** What a comparison found. */
export interface SchemaComparison {
  /** In names after the renames; `renamed` ones among them are those renames. */
  readonly differences: readonly SchemaDifference[];
  /** What goes before the renames, by its old names: its name is taken by a rename. */
  readonly early: readonly SchemaDifference[];
  readonly renames: readonly Rename[];
  /** Unanswered: without an answer, one goes and the other comes. */
  readonly questions: readonly RenameQuestion[];
  /** Answers that name nothing there is. */
  readonly unmatchedRenames: readonly string[];
  /** Answers whose new name something of the database keeps. */
  readonly occupiedRenames: readonly string[];
  readonly drift: readonly Drift[];
  /** The database as it is. */
  readonly before: SchemaModel;
  /** The same after the renames. */
  readonly renamed: SchemaModel;
  /** What the database will be: the entities, and what is left alone. */
  readonly reached: SchemaModel;
}

/**
 * Compares what a PostgreSQL says of a database with what the same kind of PostgreSQL says of the entities: by
 * structure, and expressions by the server's own text. Nothing that `options.managed` does not name is dropped.
 */
export function compareSchemas(
  before: SchemaModel,
  after: SchemaModel,
  options: CompareOptions = {},
): SchemaComparison {
  const { renamed, renames, early, questions, unmatched, occupied, touchedTables } = resolveRenames(
    before,
    after,
    options.renames ?? [],
    options.isRenameAsked ?? true,
  );
  const comparison = beginComparison(options, renames, touchedTables, typeKnowledge(renamed).domains);
  comparison.differences.push(...renames.map((rename) => ({ kind: "renamed" as const, rename })));
  const tables = compareTables(comparison, renamed, after);
  const views = compareViews(comparison, renamed, after, renames);
  const topLevel = compareTopLevel(comparison, renamed, after, tables);
  return {
    differences: comparison.differences,
    early,
    renames,
    questions,
    unmatchedRenames: unmatched,
    occupiedRenames: occupied,
    drift: comparison.drift,
    before,
    renamed,
    reached: { ...renamed, ...topLevel, tables, views },
  };
}

/** Partitions belong to their table's data rather than to the schema: they are compared with nothing. */
function compareTables(
  comparison: Comparison,
  before: SchemaModel,
  after: SchemaModel,
): readonly TableModel[] {
  const isOwn = (table: TableModel): boolean => table.partitionOf === undefined;
  const pairs = new Map<string, readonly [TableModel, TableModel]>();
  const created = new Set<TableModel>();
  const dropped = new Set<string>();
  const reached = compareNamed(comparison, {
    before: before.tables.filter(isOwn),
    after: after.tables.filter(isOwn),
    keyOf: nameKey,
    // The parts are compared one by one.
    structureOf: () => "",
    toObject: (model) => ({ kind: "table", schema: model.schema, table: undefined, name: model.name, model }),
    toDifference: (left, right) => {
      if (right !== undefined) {
        created.add(right);
      } else if (left !== undefined) {
        dropped.add(nameKey(left));
      }
      return { kind: "table", before: left, after: right };
    },
    onMatch: (left, right) => pairs.set(nameKey(right), [left, right]),
  });
  const partitions = [
    ...before.tables.filter(
      ({ partitionOf }) => partitionOf !== undefined && !dropped.has(nameKey(partitionOf)),
    ),
    ...after.tables.filter(({ partitionOf }) =>
      [...created].some((table) => partitionOf !== undefined && nameKey(partitionOf) === nameKey(table)),
    ),
  ];
  return [
    ...reached.map((table) => {
      const pair = pairs.get(nameKey(table));
      return pair === undefined ? table : compareTable(comparison, pair[0], pair[1]);
    }),
    ...partitions,
  ];
}

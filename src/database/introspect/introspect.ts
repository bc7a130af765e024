import { isSameName } from "../../schema/findNamed";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { Connection, Row } from "../connection";
import { sendAll } from "../sendAll";
import { catalogQueries, queryValues, type CatalogQueries } from "./catalogQueries";
import { readColumn, readSequences } from "./readColumns";
import { numberColumns, type NumberedColumns } from "./numberedColumns";
import { readConstraint, readIndex } from "./readConstraints";
import {
  readPolicy,
  readStatistics,
  readTable,
  readTrigger,
  readView,
  readViewDependency,
  type RelationParts,
} from "./readRelations";
import { readCast, readFunction, readTypes } from "./readTypes";
import { groupRows, optionalText, text } from "./rowValues";
import { scopeValues, type ReadSchema, type Scope } from "./scope";
import { withCatalogSession } from "./session";
import { withoutScratchNames } from "./scratchNames";

export interface IntrospectOptions extends Partial<Pick<Scope, "tables" | "ignoredTables">> {
  /** At least the schema that `defaultSchema` names, under `as` or its own name. */
  readonly schemas: readonly ReadSchema[];
  /** Names in it stand unqualified in texts. */
  readonly defaultSchema: string;
}

type CatalogRows = Readonly<Record<keyof CatalogQueries, readonly Row[]>>;

/**
 * Reads schemas of a PostgreSQL (12 to 18) by a fixed number of queries. What extensions own is left out. The
 * session's settings are as before when this ends.
 * @throws DatabaseError when the server refuses a query.
 */
export async function introspect(connection: Connection, options: IntrospectOptions): Promise<SchemaModel> {
  const scope: Scope = { ...options, ignoredTables: options.ignoredTables ?? [] };
  return withCatalogSession(connection, searchPath(options), async (serverVersion) => {
    const rows = await readCatalogs(connection, catalogQueries(serverVersion), scope);
    return withoutScratchNames(
      buildModel(rows, options, serverVersion),
      options.schemas,
      options.defaultSchema,
    );
  });
}

/** A scratch schema comes before the one that it stands for: types of extensions are found in that one. */
function searchPath({ schemas, defaultSchema }: IntrospectOptions): readonly string[] {
  const standIns = schemas.filter(({ as }) => as === defaultSchema).map(({ name }) => name);
  return [...new Set([...standIns, defaultSchema])];
}

async function readCatalogs(
  connection: Connection,
  queries: CatalogQueries,
  scope: Scope,
): Promise<CatalogRows> {
  const values = scopeValues(scope);
  const rows: (readonly [string, readonly Row[]])[] = [];
  const asked = (Object.entries(queries) as [keyof CatalogQueries, string][]).map(
    ([name, query]) =>
      async () => {
        const taken = queryValues[name];
        const given = taken === "none" ? [] : taken === "schemas" ? values.slice(0, 1) : values;
        rows.push([name, await connection.query(query, given)]);
      },
  );
  await sendAll(connection, asked);
  return Object.fromEntries(rows) as CatalogRows;
}

function buildModel(rows: CatalogRows, options: IntrospectOptions, serverVersion: number): SchemaModel {
  const renamed = new Map(options.schemas.map(({ name, as }) => [name, as ?? name]));
  const schemaName = (name: string): string => renamed.get(name) ?? name;
  const sequences = readSequences(rows.sequences, rows.columns, schemaName);
  const numbered = numberColumns(rows.columns);
  const constraints = readAllConstraints(rows, numbered, schemaName);
  const partsOf = relationParts(rows, numbered, constraints.ofTables, sequences, schemaName);
  const isView = (row: Row): boolean => ["v", "m"].includes(text(row, "kind"));
  const relations = rows.relations.map((row) => ({ row, parts: partsOf(text(row, "oid")) }));
  return {
    defaultSchema: options.defaultSchema,
    serverVersion,
    schemas: rows.namespaces
      .filter((row) => text(row, "kind") === "schema")
      .map((row) => ({ name: schemaName(text(row, "name")), comment: optionalText(row, "comment") })),
    extensions: rows.namespaces
      .filter((row) => text(row, "kind") === "extension")
      .map((row) => ({
        name: text(row, "name"),
        schema: schemaName(text(row, "schema")),
        version: text(row, "version"),
      })),
    ...readTypes(rows.types, constraints.ofDomains, schemaName),
    sequences:
      options.tables === undefined
        ? sequences.free.filter(({ ownedBy }) => ownedBy === undefined || !isIgnored(ownedBy, options))
        : [],
    tables: relations
      .filter(({ row }) => !isView(row))
      .map(({ row, parts }) => readTable(row, parts, schemaName)),
    views: relations
      .filter(({ row }) => isView(row))
      .map(({ row, parts }) => readView(row, parts, schemaName)),
    functions: rows.functions.map((row) => readFunction(row, schemaName)),
    casts: rows.casts.map(readCast),
  };
}

/** A sequence goes with the table that owns it. */
function isIgnored(table: QualifiedName, { ignoredTables = [] }: IntrospectOptions): boolean {
  return ignoredTables.some((ignored) => isSameName(ignored, table));
}

interface ReadConstraints {
  readonly ofTables: ReadonlyMap<string, RelationParts["constraints"]>;
  readonly ofDomains: ReadonlyMap<string, RelationParts["constraints"]>;
}

function readAllConstraints(
  rows: CatalogRows,
  numbered: NumberedColumns,
  schemaName: (name: string) => string,
): ReadConstraints {
  const indexes = new Map(
    [...groupRows(rows.indexes, "oid")].map(([oid, group]) => [oid, readIndex(group, numbered)]),
  );
  const read = (group: readonly Row[]): RelationParts["constraints"] =>
    group.map((row) => readConstraint(row, indexes.get(text(row, "index")), numbered, schemaName));
  const mapGroups = (column: string): ReadonlyMap<string, RelationParts["constraints"]> =>
    new Map([...groupRows(rows.constraints, column)].map(([oid, group]) => [oid, read(group)]));
  return { ofTables: mapGroups("relation"), ofDomains: mapGroups("domain") };
}

/** A foreign key names the index of the table that it references; that is not its own. */
function ownedIndexes(rows: CatalogRows): ReadonlySet<string> {
  return new Set(
    rows.constraints.filter((row) => text(row, "kind") !== "f").map((row) => text(row, "index")),
  );
}

function relationParts(
  rows: CatalogRows,
  numbered: NumberedColumns,
  constraints: ReadonlyMap<string, RelationParts["constraints"]>,
  sequences: Parameters<typeof readColumn>[1],
  schemaName: (name: string) => string,
): (oid: string) => RelationParts {
  const owned = ownedIndexes(rows);
  const columns = groupRows(rows.columns, "relation");
  const indexes = groupRows(
    rows.indexes.filter((row) => !owned.has(text(row, "oid"))),
    "relation",
  );
  const policies = groupRows(rows.policies, "relation");
  const triggers = groupRows(rows.triggers, "relation");
  const statistics = groupRows(rows.statistics, "relation");
  const dependencies = groupRows(rows.viewDependencies, "view");
  return (oid) => ({
    columns: (columns.get(oid) ?? []).map((row) => readColumn(row, sequences)),
    constraints: constraints.get(oid) ?? [],
    indexes: [...groupRows(indexes.get(oid) ?? [], "oid").values()].map((group) =>
      readIndex(group, numbered),
    ),
    policies: (policies.get(oid) ?? []).map(readPolicy),
    triggers: (triggers.get(oid) ?? []).map(readTrigger),
    statistics: (statistics.get(oid) ?? []).map((row) => readStatistics(row, schemaName)),
    dependsOn: (dependencies.get(oid) ?? []).map((row) => readViewDependency(row, schemaName)),
  });
}

import type { SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import { quoteIdentifier } from "../../sql/quote";
import type { EntityDdl, EntityEnum, EntityTable } from "../../typeorm/entityDdl";
import { nameKey } from "../../schema/compare/findNamed";
import { isSameAsModel, type KnownSchema } from "../../typeorm/sameAsModel";
import { mentionedNames } from "./requalify";

/** What of the entities a PostgreSQL has to print, and what is known already. */
export interface ScratchPlan {
  readonly tables: readonly EntityTable[];
  /** Tables that a foreign key of those references, and that need no more than its columns. */
  readonly stubs: readonly string[];
  readonly enums: readonly EntityEnum[];
  /** Tables of the database that are certainly as the entities want them. */
  readonly knownTables: readonly TableModel[];
}

/**
 * Divides the tables into those that are certainly as the database has them and those that have to be made in a
 * scratch schema to be compared. A view needs its tables there too, whole.
 */
export function planScratch(ddl: EntityDdl, before: SchemaModel): ScratchPlan {
  const known = knownSchema(ddl, before);
  const models = new Map(before.tables.map((table) => [nameKey(table), table]));
  const inViews = new Set(
    ddl.views.flatMap((view) => view.statements.flatMap((statement) => [...mentionedNames(statement)])),
  );
  const tables: EntityTable[] = [];
  const knownTables: TableModel[] = [];
  for (const table of ddl.tables) {
    const model = models.get(nameKey(table));
    if (model !== undefined && !inViews.has(table.name) && isSameAsModel(table, model, known)) {
      knownTables.push(model);
    } else {
      tables.push(table);
    }
  }
  return { tables, knownTables, stubs: stubs(ddl, tables), enums: neededEnums(ddl, tables) };
}

function knownSchema(ddl: EntityDdl, before: SchemaModel): KnownSchema {
  return {
    defaultSchema: before.defaultSchema,
    enums: new Map(before.enums.map((type) => [nameKey(type), type])),
    entityEnums: new Map(ddl.enums.map((type) => [nameKey(type), type.values])),
  };
}

function neededEnums(ddl: EntityDdl, tables: readonly EntityTable[]): readonly EntityEnum[] {
  const used = new Set(tables.flatMap((table) => [...table.enums.values()].map(nameKey)));
  return ddl.enums.filter((type) => used.has(nameKey(type)));
}

/** The columns are made with the types that the entities give them; enums never are keys of another table's. */
function stubs(ddl: EntityDdl, tables: readonly EntityTable[]): readonly string[] {
  const made = new Set(tables.map(nameKey));
  const entities = new Map(ddl.tables.map((table) => [nameKey(table), table]));
  const keys = new Map<
    string,
    { readonly table: EntityTable; readonly columns: Set<string>; readonly sets: Set<string> }
  >();
  for (const { referenced, typeorm } of tables.flatMap((table) => table.foreignKeys)) {
    const key = nameKey(referenced);
    const table = entities.get(key);
    if (!made.has(key) && table !== undefined) {
      const stub = keys.get(key) ?? { table, columns: new Set(), sets: new Set() };
      typeorm.referencedColumnNames.forEach((name) => stub.columns.add(name));
      stub.sets.add(typeorm.referencedColumnNames.map(quoteIdentifier).join(", "));
      keys.set(key, stub);
    }
  }
  return [...keys.values()].map(({ table, columns, sets }) => stubSql(table, columns, sets));
}

function stubSql(table: EntityTable, columns: ReadonlySet<string>, sets: ReadonlySet<string>): string {
  const { schema, name } = table;
  const definitions = [...columns].map((column) => `${quoteIdentifier(column)} ${columnType(table, column)}`);
  const uniques = [...sets].map((set) => `UNIQUE (${set})`);
  return `CREATE TABLE ${quoteIdentifier(schema)}.${quoteIdentifier(name)} (${[...definitions, ...uniques].join(", ")})`;
}

function columnType(table: EntityTable, name: string): string {
  const type = table.enums.get(name);
  if (type !== undefined) {
    return `${quoteIdentifier(type.schema)}.${quoteIdentifier(type.name)}`;
  }
  return table.columnTypes.get(name) ?? "text";
}

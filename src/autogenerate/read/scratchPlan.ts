import type { SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import { quoteIdentifier } from "../../sql/quote";
import type { EntityDdl } from "./entityDdl";
import type { EntityEnum, EntityTable } from "./entityTables";
import { nameKey } from "../../schema/findNamed";
import { isSameExpression, samenessOf, type KnownSchema, type Sameness } from "./sameAsModel";
import { columnTables, type ColumnTable, type TablePart } from "./tablePart";
import { mentionedNames } from "./requalify";

/** What of the entities a PostgreSQL has to print, and what is known already. */
export interface ScratchPlan {
  /** Made whole. */
  readonly tables: readonly EntityTable[];
  /** Tables of which only missing columns have to be made. */
  readonly parts: readonly TablePart[];
  /** What those columns are made in. */
  readonly columnTables: ReadonlyMap<TablePart, ColumnTable>;
  /** Tables that a foreign key of those references, and that need no more than its columns. */
  readonly stubs: readonly string[];
  readonly enums: readonly EntityEnum[];
  /** Tables of the database that are certainly as the entities want them. */
  readonly knownTables: readonly TableModel[];
}

/** A table of the database, and how far it is what the entities want. */
export interface KnownTable {
  readonly model: TableModel;
  readonly sameness: Sameness;
}

/** A table that is as the database has it if the server prints its checks as it prints those of the database. */
export interface UncertainTable {
  readonly table: EntityTable;
  readonly known: KnownTable;
  readonly checks: readonly { readonly given: string; readonly printed: string }[];
}

/** The tables of the entities by what is known of them without asking. */
export interface DividedTables {
  readonly same: ReadonlyMap<EntityTable, KnownTable>;
  readonly uncertain: readonly UncertainTable[];
}

/**
 * Finds the tables that are certainly as the database has them, and those that are but for texts which only a server can
 * tell to be equal. A view needs its tables in the scratch schema, whole.
 */
export function divideTables(ddl: EntityDdl, before: SchemaModel): DividedTables {
  const models = new Map(before.tables.map((table) => [nameKey(table), table]));
  const inViews = new Set(
    ddl.views.flatMap((view) => view.statements.flatMap((statement) => [...mentionedNames(statement)])),
  );
  const types = knownTypes(ddl, before);
  const same = new Map<EntityTable, KnownTable>();
  const uncertain: UncertainTable[] = [];
  for (const table of ddl.tables) {
    const model = models.get(nameKey(table));
    const checks: { readonly given: string; readonly printed: string }[] = [];
    const known: KnownSchema = {
      ...types,
      isSameCheck(given, printed) {
        if (!isSameExpression(given, printed)) {
          checks.push({ given, printed });
        }
        return true;
      },
    };
    const sameness =
      model === undefined || inViews.has(table.name) ? undefined : samenessOf(table, model, known);
    if (model === undefined || sameness === undefined) {
      continue;
    }
    if (checks.length === 0) {
      same.set(table, { model, sameness });
    } else {
      uncertain.push({ table, known: { model, sameness }, checks });
    }
  }
  return { same, uncertain };
}

/**
 * Plans what has to be made in a scratch schema to be compared: all tables but those that are certainly the same.
 * @param same by the tables of the entities
 */
export function planScratch(ddl: EntityDdl, same: ReadonlyMap<EntityTable, KnownTable>): ScratchPlan {
  const knownTables: TableModel[] = [];
  const parts: TablePart[] = [];
  for (const [table, { model, sameness }] of same) {
    if (sameness.kind === "same") {
      knownTables.push(model);
    } else {
      parts.push({ table, model, missing: sameness.missing });
    }
  }
  const tables = ddl.tables.filter((table) => !same.has(table));
  return {
    tables,
    parts,
    columnTables: columnTables(parts),
    knownTables,
    stubs: stubs(ddl, tables),
    enums: neededEnums(ddl, tables, parts),
  };
}

function knownTypes(ddl: EntityDdl, before: SchemaModel): Omit<KnownSchema, "isSameCheck"> {
  return {
    defaultSchema: before.defaultSchema,
    enums: new Map(before.enums.map((type) => [nameKey(type), type])),
    entityEnums: new Map(ddl.enums.map((type) => [nameKey(type), type.values])),
  };
}

function neededEnums(
  ddl: EntityDdl,
  tables: readonly EntityTable[],
  parts: readonly TablePart[],
): readonly EntityEnum[] {
  const types = [
    ...tables.flatMap((table) => [...table.enums.values()]),
    ...parts.flatMap(({ table, missing }) => missing.flatMap(({ name }) => table.enums.get(name) ?? [])),
  ];
  const used = new Set(types.map(nameKey));
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

/** The type of a column, as the database knows it or the scratch schema will. */
export function columnType(table: EntityTable, name: string): string {
  const type = table.enums.get(name);
  if (type !== undefined) {
    return `${quoteIdentifier(type.schema)}.${quoteIdentifier(type.name)}`;
  }
  return table.columnTypes.get(name) ?? "text";
}

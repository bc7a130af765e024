import type { SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import { quoteIdentifier } from "../../sql/quote";
import type { EntityDdl, EntityEnum, EntityTable } from "./entityDdl";
import { nameKey } from "../../schema/findNamed";
import { isSameAsModel, isSameExpression, type KnownSchema } from "./sameAsModel";
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

/** A table that is as the database has it if the server prints its checks as it prints those of the database. */
export interface UncertainTable {
  readonly table: EntityTable;
  readonly model: TableModel;
  readonly checks: readonly { readonly given: string; readonly printed: string }[];
}

/** The tables of the entities by what is known of them without asking. */
export interface DividedTables {
  readonly same: ReadonlyMap<EntityTable, TableModel>;
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
  const same = new Map<EntityTable, TableModel>();
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
    if (model !== undefined && !inViews.has(table.name) && isSameAsModel(table, model, known)) {
      if (checks.length === 0) {
        same.set(table, model);
      } else {
        uncertain.push({ table, model, checks });
      }
    }
  }
  return { same, uncertain };
}

/**
 * Plans what has to be made in a scratch schema to be compared: all tables but those that are certainly the same.
 * @param same by the tables of the entities
 */
export function planScratch(ddl: EntityDdl, same: ReadonlyMap<EntityTable, TableModel>): ScratchPlan {
  const tables = ddl.tables.filter((table) => !same.has(table));
  return {
    tables,
    knownTables: [...same.values()],
    stubs: stubs(ddl, tables),
    enums: neededEnums(ddl, tables),
  };
}

function knownTypes(ddl: EntityDdl, before: SchemaModel): Omit<KnownSchema, "isSameCheck"> {
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

/** The type of a column, as the database knows it or the scratch schema will. */
export function columnType(table: EntityTable, name: string): string {
  const type = table.enums.get(name);
  if (type !== undefined) {
    return `${quoteIdentifier(type.schema)}.${quoteIdentifier(type.name)}`;
  }
  return table.columnTypes.get(name) ?? "text";
}

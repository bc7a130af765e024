import { withQuotedDefaults } from "./columnDefaults";
import { createStubbedRunner } from "./stubbedRunner";
import type {
  TypeormBuilders,
  TypeormColumn,
  TypeormDataSource,
  TypeormEntity,
  TypeormTable,
} from "../../typeorm/typeormTypes";

/** What a table that entities share is made with. */
export interface SharedTableContext {
  readonly dataSource: TypeormDataSource;
  readonly builders: TypeormBuilders;
  /** In which unqualified names are. */
  readonly schema: string;
}

/**
 * The table that `synchronize()` makes of several entities which name the same one: classes, and junction tables of
 * relations. TypeORM goes through its steps one at a time for all of them (create, drop what this one does not have,
 * add, change, constrain), so that a column has the place of the first that keeps it and the definition of the last;
 * its own schema builder is the one to know.
 *
 * It fails where a relation's junction table has another primary key than the class; there the class decides.
 */
export async function sharedTable(
  entities: readonly TypeormEntity[],
  context: SharedTableContext,
): Promise<TypeormTable> {
  const described = entities.map((entity) => ({ entity, table: describe(entity, context) }));
  const classes = described.filter(({ entity }) => !/junction/.test(entity.tableType));
  const [ofClass] = classes;
  const isKeyDisputed =
    ofClass !== undefined && described.some(({ table }) => primaryKey(table) !== primaryKey(ofClass.table));
  const deciding = isKeyDisputed && classes.length < described.length ? classes : described;
  const made = await madeByTypeorm(
    deciding.map(({ entity }) => entity),
    context,
  );
  const last = new Map(deciding.flatMap(({ table }) => table.columns.map((column) => [column.name, column])));
  // A column that was changed keeps what it was in the builder's own picture, but for its part in the primary key.
  made.columns = made.columns.map((column) => withKey(last.get(column.name) ?? column, column.isPrimary));
  for (const { table } of described) {
    addMissing(made, table);
  }
  return made;
}

function describe(entity: TypeormEntity, { builders, dataSource }: SharedTableContext): TypeormTable {
  const table = builders.Table.create(entity, dataSource.driver);
  withQuotedDefaults(table, entity);
  return table;
}

function primaryKey({ columns }: TypeormTable): string {
  const names = columns.filter(({ isPrimary }) => isPrimary).map(({ name }) => name);
  return JSON.stringify(names.sort());
}

function withKey(column: TypeormColumn, isPrimary: boolean): TypeormColumn {
  return Object.assign(column, { isPrimary });
}

/** What only the entities that do not decide have. */
function addMissing(made: TypeormTable, table: TypeormTable): void {
  const columns = new Set(made.columns.map(({ name }) => name));
  const indices = new Set(made.indices.map(({ name }) => name));
  made.columns = [
    ...made.columns,
    ...table.columns.filter(({ name }) => !columns.has(name)).map((column) => withKey(column, false)),
  ];
  made.indices = [...made.indices, ...table.indices.filter(({ name }) => !indices.has(name))];
}

async function madeByTypeorm(
  entities: readonly TypeormEntity[],
  { dataSource, schema }: SharedTableContext,
): Promise<TypeormTable> {
  const builder = dataSource.driver.createSchemaBuilder();
  Object.defineProperty(builder, "entityToSyncMetadatas", { value: entities });
  Object.defineProperty(builder, "viewEntityToSyncMetadatas", { value: [] });
  const runner = createStubbedRunner(dataSource, schema);
  Object.defineProperty(dataSource, "createQueryRunner", { configurable: true, value: () => runner });
  try {
    await builder.log();
  } finally {
    Reflect.deleteProperty(dataSource, "createQueryRunner");
  }
  // 1.x keeps the tables in the builder, 0.3 in the query runner.
  const [table] = builder.tables ?? runner.loadedTables;
  if (table === undefined) {
    throw new Error(`TypeORM created no table for ${entities.map(({ name }) => name).join(", ")}.`);
  }
  return table;
}

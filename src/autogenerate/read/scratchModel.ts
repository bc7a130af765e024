import { randomBytes } from "node:crypto";
import type { Connection } from "../../database/connection";
import { DatabaseError } from "../../database/databaseError";
import { introspect } from "../../database/introspect/introspect";
import type { ReadSchema } from "../../database/introspect/scope";
import { searchPathSql } from "../../database/introspect/session";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import { quoteIdentifier, quoteLiteral } from "../../sql/quote";
import { joinStatements } from "../../sqlText/lineComment";
import { EntityError } from "../../typeorm/entityError";
import type { EntityDdl } from "./entityDdl";
import { nameKey } from "../../schema/findNamed";
import type { ScratchPlan } from "./scratchPlan";
import { requalify } from "./requalify";
import { takenBack } from "./takenBack";
import { takeWherePossible } from "./takeWherePossible";

/** What a server said of the entities, and what went less than well. */
export interface ScratchResult {
  readonly model: SchemaModel;
  readonly warnings: readonly string[];
}

/** Something that is not in the database yet, and that the entities may use. */
export interface NewObject extends QualifiedName {
  /** Its CREATE statement. */
  readonly text: string;
}

/**
 * Makes the planned part of the entities in scratch schemas, reads what the server makes of it, and takes everything
 * back: all of it is in a transaction that is rolled back, or in a savepoint of the one that is open.
 * @throws {EntityError} `entities-refused` where the server refuses what the entities ask for
 */
export async function readThroughScratch(
  connection: Connection,
  ddl: EntityDdl,
  plan: ScratchPlan,
  {
    isInTransaction,
    newObjects,
  }: { readonly isInTransaction: boolean; readonly newObjects: readonly NewObject[] },
): Promise<ScratchResult> {
  return takenBack(connection, isInTransaction, () => inTransaction(connection, ddl, plan, newObjects));
}

async function inTransaction(
  connection: Connection,
  ddl: EntityDdl,
  plan: ScratchPlan,
  newObjects: readonly NewObject[],
): Promise<ScratchResult> {
  const { defaultSchema } = ddl;
  const names = scratchNames(ddl);
  const scratch = (schema: string): string => names.get(schema) ?? schema;
  const warnings = await makeExtensions(connection, ddl);
  // Behind them what the session has, where the application finds the types and functions of extensions.
  const searchPath = searchPathSql([scratch(defaultSchema), defaultSchema], "all");
  await connection.run(
    [...names.values()]
      .map((name) => `CREATE SCHEMA ${quoteIdentifier(name)};`)
      .concat(
        `SELECT pg_catalog.set_config('search_path', ${searchPath}, true); SET LOCAL check_function_bodies = off;`,
      )
      .join(" "),
  );
  const { newObjects: objects, tables, views } = scratchStatements(ddl, plan, newObjects, scratch);
  // What these need may be a table of the entities; what fails both times has its own message later.
  const missing = await makeWherePossible(connection, objects);
  await withStandardStrings(connection, tables.length > 0, () => runAll(connection, tables));
  await makeWherePossible(connection, missing);
  await runAll(connection, views);
  const schemas: readonly ReadSchema[] = [...names].map(([schema, name]) => ({ name, as: schema }));
  const model = await introspect(connection, { schemas, defaultSchema });
  const wanted = new Set([...plan.tables, ...plan.columnTables.values()].map(nameKey));
  return {
    model: { ...model, tables: model.tables.filter((table) => wanted.has(nameKey(table))) },
    warnings,
  };
}

/** Names that occur nowhere else, so that they can be taken out of what the server prints. */
function scratchNames(ddl: EntityDdl): ReadonlyMap<string, string> {
  const prefix = `alembic_scratch_${randomBytes(4).toString("hex")}`;
  return new Map(
    [ddl.defaultSchema, ...ddl.schemas].map((schema, index) => [schema, `${prefix}_${String(index)}`]),
  );
}

interface ScratchStatements {
  readonly newObjects: readonly string[];
  readonly tables: readonly string[];
  readonly views: readonly string[];
}

function scratchStatements(
  ddl: EntityDdl,
  plan: ScratchPlan,
  newObjects: readonly NewObject[],
  scratch: (schema: string) => string,
): ScratchStatements {
  const made = new Set(
    [...ddl.tables, ...plan.columnTables.values(), ...ddl.views, ...ddl.enums, ...newObjects].map(
      (part: QualifiedName) => nameKey(part),
    ),
  );
  const replace = (text: string): string =>
    requalify(text, (schema, name) => (made.has(nameKey({ schema, name })) ? scratch(schema) : undefined));
  const tables = [
    ...plan.enums.map(({ sql }) => sql),
    ...plan.tables.flatMap(({ statements }) => statements),
    ...[...new Set(plan.columnTables.values())].map(({ sql }) => sql),
    ...plan.stubs,
    ...plan.tables.flatMap(({ foreignKeys }) => foreignKeys.map(({ sql }) => sql)),
  ];
  return {
    tables: tables.map(replace),
    newObjects: newObjects.map(({ text }) => replace(text)),
    views: ddl.views.flatMap(({ statements }) => statements).map(replace),
  };
}

/** @returns the statements that failed */
function makeWherePossible(
  connection: Connection,
  statements: readonly string[],
): Promise<readonly string[]> {
  return takeWherePossible(statements, async (statement) => {
    await connection.run("SAVEPOINT before_object");
    try {
      await connection.run(statement);
      return true;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== "statement-failed") {
        throw error;
      }
      await connection.run("ROLLBACK TO SAVEPOINT before_object");
      return false;
    }
  });
}

/**
 * Tables are made with backslashes for what they are, as TypeORM writes texts; views and what is in files are somebody's
 * own SQL, and mean what they mean to the application.
 */
async function withStandardStrings(
  connection: Connection,
  isOfUse: boolean,
  make: () => Promise<void>,
): Promise<void> {
  if (!isOfUse) {
    return;
  }
  const name = "standard_conforming_strings";
  const [row] = await connection.query(`SELECT pg_catalog.current_setting('${name}') AS setting`);
  if (row?.["setting"] !== "off") {
    return make();
  }
  await connection.run(`SET LOCAL ${name} = on`);
  await make();
  await connection.run(`SET LOCAL ${name} = off`);
}

/** One round trip for all; only where that fails is it asked which one was to blame. */
async function runAll(connection: Connection, statements: readonly string[]): Promise<void> {
  if (statements.length === 0) {
    return;
  }
  await connection.run("SAVEPOINT before_entities");
  try {
    await connection.run(joinStatements(statements));
  } catch (error) {
    await connection.run("ROLLBACK TO SAVEPOINT before_entities");
    for (const statement of statements) {
      await runOne(connection, statement);
    }
    throw error;
  }
}

async function runOne(connection: Connection, statement: string): Promise<void> {
  try {
    await connection.run(statement);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== "statement-failed") {
      throw error;
    }
    const sql = withoutScratchNames(statement);
    throw new EntityError(
      "entities-refused",
      `PostgreSQL rejects the schema of the entities: ${error.message}`,
      {
        sql,
        cause: error,
        hint: withoutScratchNames(
          error.hint ?? error.detail ?? "Correct the entity. TypeORM's synchronize() would fail too.",
        ),
      },
    );
  }
}

function withoutScratchNames(text: string): string {
  return text.replaceAll(/"?alembic_scratch_[0-9a-f]{8}_\d+"?\./g, "");
}

/** As TypeORM does: an extension that can't be made is a warning, and what needs it fails by itself. */
async function makeExtensions(connection: Connection, ddl: EntityDdl): Promise<readonly string[]> {
  if (ddl.extensions.length === 0) {
    return [];
  }
  const rows = await connection.query(
    `SELECT extname AS name FROM pg_catalog.pg_extension WHERE extname = ANY ($1::text[])`,
    [ddl.extensions],
  );
  const installed = new Set(rows.map((row) => row["name"]));
  const warnings: string[] = [];
  for (const name of ddl.extensions.filter((extension) => !installed.has(extension))) {
    await connection.run("SAVEPOINT before_extension");
    try {
      await connection.run(
        `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)} SCHEMA ${quoteIdentifier(ddl.defaultSchema)}`,
      );
    } catch (error) {
      if (!(error instanceof DatabaseError)) {
        throw error;
      }
      await connection.run("ROLLBACK TO SAVEPOINT before_extension");
      warnings.push(
        `The entities need the extension ${quoteLiteral(name)}, which can't be created here: ${error.message}`,
      );
    }
  }
  return warnings;
}

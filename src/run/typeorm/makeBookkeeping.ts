import { DatabaseError } from "../../database/databaseError";
import { quoteIdentifier } from "../../sql/quote";
import { extensionsMadeOnConnect, makeMetadataTable } from "../../typeorm/adopt/bookkeeping";
import { withQueryRunner, type ServerFacts } from "../../typeorm/adopt/runScope";
import type { TypeormProject } from "./typeormProject";
import type { TypeormRunsOptions } from "./typeormRevision";

interface BookkeepingOptions extends Omit<TypeormRunsOptions, "runAhead"> {
  readonly project: TypeormProject;
  readonly facts: ServerFacts;
}

/**
 * Makes what TypeORM makes before it runs migrations, and its migrations therefore count on: extensions, and the table of
 * view definitions. What is there already is left alone.
 * @returns false where the table has no schema yet to be in: a migration may make that
 */
export async function makeBookkeeping(options: BookkeepingOptions): Promise<boolean> {
  const { dataSource, entitiesFailure } = options.project;
  if (entitiesFailure !== undefined) {
    warnOfUnreadEntities(options, entitiesFailure);
    return true;
  }
  for (const extension of await missingExtensions(options)) {
    await makeExtension(options, extension);
  }
  if (!(await hasOwnSchema(options))) {
    return false;
  }
  const client = {
    query: (statement: unknown, values: unknown) => runForTable(options, String(statement), values),
    on: () => undefined,
    removeListener: () => undefined,
  };
  await withQueryRunner(dataSource, { client, facts: options.facts }, true, (queryRunner) =>
    makeMetadataTable(dataSource, queryRunner),
  );
  return true;
}

/** Whether there is the schema that the DataSource names for its tables; a script can't ask. */
async function hasOwnSchema({ project, connection }: BookkeepingOptions): Promise<boolean> {
  const { schema } = project.dataSource.options;
  if (schema === undefined || connection === undefined) {
    return true;
  }
  const rows = await connection.query("SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1", [schema]);
  return rows.length > 0;
}

/** Without them it is not known what to make; migrations that need none of it run all the same. */
function warnOfUnreadEntities({ context }: BookkeepingOptions, failure: unknown): void {
  const reason = failure instanceof Error ? failure.message : String(failure);
  context.report({
    kind: "log",
    level: "warning",
    message: `The entities can't be read, so the extensions that they need are not created before the migrations run: ${reason}`,
  });
}

/** A project's entities stay as they were loaded, and it takes long to look through all of them. */
const extensionsOf = new WeakMap<TypeormProject, Promise<readonly string[]>>();

async function missingExtensions({ project, connection }: BookkeepingOptions): Promise<readonly string[]> {
  const needing = extensionsOf.get(project) ?? extensionsMadeOnConnect(project.dataSource);
  extensionsOf.set(project, needing);
  const needed = await needing;
  if (connection === undefined || needed.length === 0) {
    return needed;
  }
  const rows = await connection.query("SELECT extname FROM pg_catalog.pg_extension");
  const present = new Set(rows.map((row) => row["extname"]));
  return needed.filter((extension) => !present.has(extension));
}

/** TypeORM goes on without an extension that it may not make, with a warning, and so does this. */
async function makeExtension(
  { context, connection, runInside }: BookkeepingOptions,
  extension: string,
): Promise<void> {
  const make = `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(extension)}`;
  if (connection === undefined) {
    await runInside(make);
    return;
  }
  await runInside("SAVEPOINT alembic_typeorm_extension");
  try {
    await runInside(make);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== "statement-failed") {
      throw error;
    }
    await runInside("ROLLBACK TO SAVEPOINT alembic_typeorm_extension");
    context.report({
      kind: "log",
      level: "warning",
      message: `The entities need the extension ${extension}, which could not be created: ${error.message}`,
    });
  }
  await runInside("RELEASE SAVEPOINT alembic_typeorm_extension");
}

async function runForTable(
  { connection, runInside }: BookkeepingOptions,
  text: string,
  values: unknown,
): Promise<unknown> {
  if (connection !== undefined) {
    return runInside(text, Array.isArray(values) ? values : []);
  }
  // A script can't ask whether the table is there.
  return /^\s*SELECT\b/i.test(text)
    ? { rows: [], rowCount: 0 }
    : runInside(text.replace(/^CREATE TABLE (?!IF NOT EXISTS)/, "CREATE TABLE IF NOT EXISTS "));
}

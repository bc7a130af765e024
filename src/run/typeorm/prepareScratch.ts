import { readFile } from "node:fs/promises";
import type { Connection } from "../../database/connection";
import type { RevisionGraph } from "../../revision/graph";
import { quoteIdentifier } from "../../sql/quote";
import { adoptedRevisions } from "./adoptedRevisions";
import type { CommandContext } from "../../context/commandContext";
import { liveSession } from "../session";
import { makeBookkeeping } from "./makeBookkeeping";
import { keepRanMigrations } from "./ranMigrations";
import { askServer } from "./serverFacts";
import { loadTypeormProject, type TypeormProject } from "./typeormProject";

/**
 * Makes on an empty database what TypeORM has made before its first migration, so that it is no part of what a revision
 * does; nothing where no revision is an adopted one.
 * @throws EntityError, AdoptionError, LoadError, DatabaseError
 */
export async function prepareScratch(
  context: CommandContext,
  graph: RevisionGraph,
  connection: Connection,
): Promise<void> {
  if (connection.dialect !== "postgresql" || (await adoptedRevisions(graph)).size === 0) {
    return;
  }
  const project = await loadTypeormProject(context);
  const facts = await askServer(connection);
  const session = liveSession(connection, () => undefined);
  const runInside = session.run.bind(session);
  const { schema } = project.dataSource.options;
  await runInside("BEGIN");
  // TypeORM makes none: in the project's databases it was there before.
  if (schema !== undefined && !(await isSchemaMadeByMigrations(project))) {
    await runInside(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`);
  }
  await makeBookkeeping({ context, session, connection, runInside, project, facts });
  await keepRanMigrations({ dataSource: project.dataSource, connection, run: runInside }).open(true);
  await runInside("COMMIT");
}

async function isSchemaMadeByMigrations({ migrations }: TypeormProject): Promise<boolean> {
  for (const file of new Set(migrations.flatMap((migration) => migration.file ?? []))) {
    if (/\bcreate\s+schema\b|\bcreateSchema\b/i.test(await readFile(file, "utf8"))) {
      return true;
    }
  }
  return false;
}

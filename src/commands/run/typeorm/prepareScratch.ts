import type { Connection } from "../../../database/connection";
import type { RevisionGraph } from "../../../revision/graph";
import { adoptedRevisions } from "../../adopt/adoptedRevisions";
import type { CommandContext } from "../../commandContext";
import { liveSession } from "../session";
import { makeBookkeeping } from "./makeBookkeeping";
import { keepRanMigrations } from "./ranMigrations";
import { askServer } from "./serverFacts";
import { loadTypeormProject } from "./typeormProject";

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
  await runInside("BEGIN");
  await makeBookkeeping({ context, session, connection, runInside, project, facts });
  await keepRanMigrations({ dataSource: project.dataSource, connection, run: runInside }).open(true);
  await runInside("COMMIT");
}

import type { Database } from "../database/database";
import type { RevisionGraph } from "../revision/graph";
import { planUpgrade } from "../revision/planUpgrade";
import type { CommandContext } from "../context/commandContext";
import { scratchContext } from "./scratchContext";
import { runPlan } from "./runPlan";
import { liveSession } from "./session";
import { prepareScratch } from "./typeorm/prepareScratch";

/**
 * Runs all revisions on an empty database.
 * @throws MigrationError, LoadError as `upgrade` does
 */
export async function replayRevisions(
  context: CommandContext,
  graph: RevisionGraph,
  database: Database,
): Promise<void> {
  context.report({ kind: "waiting", reason: "replaying the revisions on an embedded PostgreSQL" });
  await prepareScratch(scratchContext(context), graph, database.connection);
  const plan = planUpgrade(graph, { databaseHeads: [], target: "heads" });
  await runPlan(
    { ...scratchContext(context), report: () => undefined },
    {
      plan,
      session: liveSession(database.connection, () => undefined),
      connection: database.connection,
      hasVersionTable: false,
      tag: undefined,
    },
  );
}

import type { Database } from "../database/database";
import type { RevisionGraph } from "../revision/graph";
import { planUpgrade } from "../revision/planUpgrade";
import type { CommandContext } from "../context/commandContext";
import { scratchContext } from "./scratchContext";
import { runPlan } from "./runPlan";
import { liveSession } from "./session";
import { prepareScratch } from "./typeorm/prepareScratch";

/**
 * Runs revisions on an empty database: all of them, or those that these and their dependencies need.
 * @throws MigrationError, LoadError as `upgrade` does
 */
export async function replayRevisions(
  context: CommandContext,
  graph: RevisionGraph,
  database: Database,
  targets: readonly string[] = ["heads"],
): Promise<void> {
  context.report({ kind: "waiting", reason: "replaying the revisions on an embedded PostgreSQL" });
  const { connection } = database;
  await prepareScratch(scratchContext(context), graph, connection);
  let databaseHeads: readonly string[] = [];
  for (const [index, target] of targets.entries()) {
    const plan = planUpgrade(graph, { databaseHeads, target });
    await runPlan(
      { ...scratchContext(context), report: () => undefined },
      {
        plan,
        session: liveSession(connection, () => undefined),
        connection,
        hasVersionTable: index > 0,
        tag: undefined,
      },
    );
    databaseHeads = plan.finalHeads;
  }
}

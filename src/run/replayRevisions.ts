import { versionTableOf } from "../context/versionTableOf";
import type { Database } from "../database/database";
import { locateVersionTable } from "../database/versionTable";
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
  // Now: a revision may change the search path.
  const versionTable = await locateVersionTable(connection, versionTableOf(context.config));
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
        versionTable,
        tag: undefined,
      },
    );
    databaseHeads = plan.finalHeads;
  }
}

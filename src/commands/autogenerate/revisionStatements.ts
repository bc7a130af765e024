import type { RevisionGraph } from "../../revision/graph";
import type { MigrationPlan } from "../../revision/plan";
import { planUpgrade } from "../../revision/planUpgrade";
import { splitStatements } from "../../sql/splitStatements";
import type { CommandContext } from "../commandContext";
import { scratchContext } from "../run/scratchContext";
import { runPlan } from "../run/runPlan";
import { scriptSession } from "../run/session";

/**
 * The statements of all upgrades, as a script would have them; no database is asked. Of a revision that can't run
 * without one, those that it sends before it asks.
 */
export async function revisionStatements(
  context: CommandContext,
  graph: RevisionGraph,
): Promise<readonly string[]> {
  const plan = planUpgrade(graph, { databaseHeads: [], target: "heads" });
  const quiet: CommandContext = { ...scratchContext(context), report: () => undefined };
  const statements: string[] = [];
  for (const step of plan.steps) {
    statements.push(...(await stepStatements(quiet, { ...plan, steps: [step] })));
  }
  return statements;
}

async function stepStatements(context: CommandContext, plan: MigrationPlan): Promise<readonly string[]> {
  const session = scriptSession("postgresql", true);
  try {
    await runPlan(context, {
      plan,
      session,
      connection: undefined,
      hasVersionTable: true,
      tag: undefined,
    });
  } catch {
    // What it sent before is what can be known of it.
  }
  return splitStatements(session.text());
}

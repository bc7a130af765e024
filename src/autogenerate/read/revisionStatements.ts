import type { RevisionGraph } from "../../revision/graph";
import type { MigrationPlan } from "../../revision/plan";
import { planUpgrade } from "../../revision/planUpgrade";
import { significantTokens, type Token } from "../../sqlText/lexer";
import { splitStatements } from "../../sql/splitStatements";
import { adoptedRevisions } from "../../run/typeorm/adoptedRevisions";
import type { CommandContext } from "../../context/commandContext";
import { scratchContext } from "../../run/scratchContext";
import { runPlan } from "../../run/runPlan";
import { scriptSession } from "../../run/session";

/** What the upgrade of one revision sends. */
export interface RevisionStatements {
  readonly revision: string;
  /** It runs a TypeORM migration. */
  readonly isAdopted: boolean;
  readonly statements: readonly string[];
}

const tokensByRevision = new WeakMap<RevisionStatements, readonly (readonly Token[])[]>();

/** The tokens of each statement of a revision that mean something, read once however many ask. */
export function statementTokens(revision: RevisionStatements): readonly (readonly Token[])[] {
  const tokens =
    tokensByRevision.get(revision) ?? revision.statements.map((statement) => significantTokens(statement));
  tokensByRevision.set(revision, tokens);
  return tokens;
}

/**
 * The statements of all upgrades, as a script would have them; no database is asked. Of a revision that can't run
 * without one, those that it sends before it asks.
 */
export async function revisionStatements(
  context: CommandContext,
  graph: RevisionGraph,
): Promise<readonly RevisionStatements[]> {
  const plan = planUpgrade(graph, { databaseHeads: [], target: "heads" });
  const quiet: CommandContext = { ...scratchContext(context), report: () => undefined };
  const adopted = new Set((await adoptedRevisions(graph)).values());
  const made: RevisionStatements[] = [];
  for (const step of plan.steps) {
    const revision = step.revision?.revision ?? "";
    const statements = await stepStatements(quiet, { ...plan, steps: [step] });
    made.push({ revision, isAdopted: adopted.has(revision), statements });
  }
  return made;
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

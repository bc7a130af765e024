import { CommandError } from "../context/commandError";
import type { CommandContext } from "../context/commandContext";
import type { PairOutcome } from "../context/commuteOutcome";
import { branchPairs, type BranchPair } from "../revision/branchPairs";
import type { RevisionGraph } from "../revision/graph";
import { loadGrammar } from "../lint/grammar";
import { BranchFootprints } from "./branchFootprints";
import { BranchGround } from "./branchGround";
import { judgePair, type Judgement } from "./judgePair";
import { openVerdictMemory } from "./verdictMemory";

/**
 * Tells of each pair of heads whether the branches give the same schema in either order. The project's databases are not touched.
 * @param heads ids
 * @throws CommandError `needs-postgresql`; MigrationError where what two branches share can't be applied
 */
export async function checkBranches(
  context: CommandContext,
  graph: RevisionGraph,
  heads: readonly string[],
): Promise<readonly PairOutcome[]> {
  if ((await context.scriptDialect()) !== "postgresql") {
    throw new CommandError(
      "needs-postgresql",
      "Branches are checked on PostgreSQL only.",
      "Name a PostgreSQL database with --url, or run `alembic-ts verify`.",
    );
  }
  const memory = await openVerdictMemory(context);
  const ground = new BranchGround(context, graph);
  let footprints: BranchFootprints | undefined;
  const outcomes: PairOutcome[] = [];
  try {
    for (const pair of branchPairs(graph, heads)) {
      const known = memory.recall(pair);
      if (known !== undefined) {
        outcomes.push({ heads: pair.heads, ...known });
        continue;
      }
      footprints ??= new BranchFootprints(context, ground, await loadGrammar());
      const { verdict, dataSteps } =
        (await footprints.judge(pair)) ?? (await runBothOrders(context, ground, pair));
      memory.remember(pair, { ...verdict, dataSteps });
      outcomes.push({ heads: pair.heads, ...verdict, dataSteps });
    }
  } finally {
    await ground.close();
  }
  return outcomes.toSorted((one, other) => placeOf(heads, one) - placeOf(heads, other));
}

function runBothOrders(context: CommandContext, ground: BranchGround, pair: BranchPair): Promise<Judgement> {
  context.report({ kind: "waiting", reason: `trying ${pair.heads.join(" and ")} in both orders` });
  return judgePair(pair, (order) => ground.attempt(pair.shared, order));
}

function placeOf(heads: readonly string[], { heads: [left, right] }: Pick<BranchPair, "heads">): number {
  return heads.indexOf(left) * heads.length + heads.indexOf(right);
}

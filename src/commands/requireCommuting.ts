import { checkBranches } from "../commute/checkBranches";
import { describeVerdict } from "../commute/describePair";
import type { CommandContext } from "../context/commandContext";
import { CommandError } from "../context/commandError";
import type { RevisionGraph } from "../revision/graph";

/**
 * Refuses revisions whose branches can't be applied in either order with the same result.
 * @throws CommandError `branches-do-not-commute`
 */
export async function requireCommuting(
  context: CommandContext,
  graph: RevisionGraph,
  revisions: readonly string[],
): Promise<void> {
  const pairs = await checkBranches(context, graph, revisions);
  const lines = pairs.flatMap(describeVerdict);
  if (lines.length > 0) {
    throw new CommandError(
      "branches-do-not-commute",
      `${revisions.join(" and ")} are not merged. ${lines.join("\n")}`,
      "Put one branch on the other with `alembic-ts rebase`, correct its revisions, and run `alembic-ts verify`. " +
        "To merge anyway, leave out --auto.",
    );
  }
  for (const { dataSteps } of pairs) {
    if (dataSteps.length > 0) {
      context.report({
        kind: "log",
        level: "warning",
        message: `Rows that ${dataSteps.join(", ")} change are not compared.`,
      });
    }
  }
}

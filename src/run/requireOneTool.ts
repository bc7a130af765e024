import type { MigrationPlan, MigrationStep } from "../revision/plan";
import { MigrationError } from "./migrationError";

type Tool = "alembic" | "alembic-ts";

/** Steps that follow each other and are run by one tool. */
interface Stretch {
  readonly tool: Tool;
  readonly steps: readonly MigrationStep[];
}

/**
 * Refuses a plan that crosses from revisions in TypeScript to those in Python, or back: what one tool runs of it, the other
 * one has to go on from. Nothing is run before.
 * @throws MigrationError `not-runnable`, which says which tool takes over where
 */
export function requireOneTool({ steps }: MigrationPlan, direction: "upgrade" | "downgrade"): void {
  const stretches = stretchesOf(steps);
  const [first, second] = stretches;
  const border = second?.steps[0]?.revision;
  if (first === undefined || second === undefined || border === undefined) {
    return;
  }
  const commands = stretches.map(
    ({ tool, steps: own }) => `\`${tool} ${direction} ${endOf(own, direction)}\``,
  );
  throw new MigrationError(
    "not-runnable",
    `Nothing was run, because the steps are for two tools: ${second.tool} takes over from ${first.tool} at revision ${border.revision} (${border.path}).`,
    { revision: border.revision, hint: `Run ${commands.join(", then ")}.` },
  );
}

function stretchesOf(steps: readonly MigrationStep[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const step of steps) {
    const tool: Tool = step.revision?.path.endsWith(".py") === true ? "alembic" : "alembic-ts";
    const last = stretches.at(-1);
    if (last?.tool === tool) {
      stretches[stretches.length - 1] = { tool, steps: [...last.steps, step] };
    } else {
      stretches.push({ tool, steps: [step] });
    }
  }
  return stretches;
}

/** The target that ends with the last of these steps. */
function endOf(steps: readonly MigrationStep[], direction: "upgrade" | "downgrade"): string {
  const last = steps.at(-1)?.revision;
  return (direction === "upgrade" ? last?.revision : last?.downRevisions[0]) ?? "base";
}

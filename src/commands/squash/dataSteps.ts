import type { CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import type { DataStep } from "../../context/squashCommand";

/**
 * Lets statements that change rows be squashed only where somebody has agreed.
 * @throws CommandError `data-steps`
 */
export async function requireAccepted(
  context: CommandContext,
  steps: readonly DataStep[],
  isAccepted: boolean,
): Promise<void> {
  if (steps.length === 0 || isAccepted || (await context.askDataSteps?.(steps)) === true) {
    return;
  }
  throw new CommandError(
    "data-steps",
    `Revisions of the range change rows, which a comparison of schemas does not prove:\n${steps.map(describeDataStep).join("\n")}`,
    "Check that a new database needs these statements as they are, then run the command with --accept-data-steps.",
  );
}

/** A line about a statement that may change rows. */
export function describeDataStep({ revision, direction, statement, isKept }: DataStep): string {
  const text = statement.replaceAll(/\s+/g, " ").trim();
  const shown = text.length > 100 ? `${text.slice(0, 99)}…` : text;
  return `  ${revision} ${direction}: ${shown}${isKept ? "" : " (sent by the revision's own code: left out)"}`;
}

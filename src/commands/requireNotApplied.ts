import { CommandError } from "../context/commandError";
import type { CommandContext } from "../context/commandContext";
import type { StatusResult } from "../context/commandTable";
import { askDatabases } from "./askDatabases";

/**
 * Asks the chosen database and those of all environments whether they have some of these revisions. Where one has, its version
 * table would say after a move that revisions are applied which never ran.
 * @returns what was asked
 * @throws CommandError `applied-revisions`; `database-not-asked` where one can't be asked
 */
export async function requireNotApplied(
  context: CommandContext,
  revisions: readonly string[],
): Promise<readonly string[]> {
  const wanted = new Set(revisions);
  const answers = await askDatabases(context);
  for (const { name, answer } of answers) {
    if (answer instanceof Error) {
      throw new CommandError(
        "database-not-asked",
        `Can't tell whether ${name} has ${revisions.join(", ")}: ${answer.message}`,
        "Make the database reachable. If it has none of these revisions, use --offline.",
      );
    }
    const applied = answer.applied.filter((revision) => wanted.has(revision));
    const uncertain = answer.uncertain.filter((revision) => wanted.has(revision));
    if (applied.length > 0 || uncertain.length > 0) {
      throw appliedError(name, applied, answer);
    }
  }
  return [...new Set(answers.map(({ name }) => name))];
}

function appliedError(name: string, applied: readonly string[], { unknownRows }: StatusResult): CommandError {
  return applied.length > 0
    ? new CommandError(
        "applied-revisions",
        `Applied revisions can't be moved: ${name} has ${applied.join(", ")}.`,
        "Downgrade that database below them first, or merge the heads.",
      )
    : new CommandError(
        "applied-revisions",
        `Its version table does not tell whether ${name} has the revisions: it names ${unknownRows.join(", ")}, of which no file is here.`,
        "Bring that database to revisions whose files are here, or merge the heads.",
      );
}

import { DatabaseError } from "../database/databaseError";
import { readVersionRows } from "../database/versionTable";
import type { RevisionGraph } from "../revision/graph";
import { withDatabase, type CommandContext } from "../context/commandContext";
import { CommandError } from "../context/commandError";
import type { WriteRevisionOptions } from "../context/commandTable";
import { versionTableOf } from "../context/versionTableOf";

/**
 * Refuses what was made for other heads than there are by now, or for a database at another revision. A database that
 * does not answer is taken to be where it was.
 * @throws CommandError `moved-on`
 */
export async function requireUnmoved(
  context: CommandContext,
  graph: RevisionGraph,
  madeFor: WriteRevisionOptions["madeFor"],
): Promise<void> {
  if (!isSame(graph.heads, madeFor.heads)) {
    throw movedOn(
      `Revisions were added or removed since this one was made: the head was ${listOf(madeFor.heads)}, and is now ${listOf(graph.heads)}.`,
    );
  }
  if (madeFor.rows === undefined) {
    return;
  }
  const rows = await readRows(context);
  if (rows !== undefined && !isSame(rows, madeFor.rows)) {
    throw movedOn(
      `The database has moved since this revision was made: it was at ${listOf(madeFor.rows)}, and is now at ${listOf(rows)}.`,
    );
  }
}

async function readRows(context: CommandContext): Promise<readonly string[] | undefined> {
  try {
    return await withDatabase(context, ({ database }) =>
      readVersionRows(database.connection, versionTableOf(context.config)),
    );
  } catch (error) {
    if (error instanceof DatabaseError && error.code === "unreachable") {
      context.report({ kind: "log", level: "warning", message: error.message });
      return undefined;
    }
    throw error;
  }
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id) => right.includes(id));
}

function movedOn(message: string): CommandError {
  return new CommandError(
    "moved-on",
    message,
    "Run autogenerate again, so that the revision has the current differences.",
  );
}

function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? "base" : ids.join(", ");
}

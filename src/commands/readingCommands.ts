import { readVersionRows } from "../database/versionTable";
import { currentRevisions } from "../revision/current";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "../revision/graph";
import { historyRange } from "../revision/history";
import { resolveRevisions } from "../revision/resolve";
import { withDatabase, type Command, type CommandContext } from "./commandContext";
import { CommandError } from "./commandError";
import { versionTableOf } from "./versionTableOf";

/** Alembic's `heads`: every head, or with `resolveDependencies` those that nothing depends on. */
export const heads: Command<"heads"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const ids = options.resolveDependencies === true ? graph.realHeads : graph.heads;
  return { revisions: revisionsOf(graph, ids), currentRows: undefined };
};

/** Alembic's `branches`: revisions with more than one child, newest first. */
export const branches: Command<"branches"> = async (context) => {
  const graph = await readSoundGraph(context);
  const revisions = historyRange(graph, undefined, []).filter((revision) => revision.isBranchPoint);
  return { revisions, currentRows: undefined };
};

/** Alembic's `history`: newest first. The database is asked only where the range or the marks need it. */
export const history: Command<"history"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const isDatabaseNeeded = options.indicateCurrent === true || rangeNeedsDatabase(options.range);
  const rows = isDatabaseNeeded ? await readRows(context) : undefined;
  return {
    revisions: historyRange(graph, options.range, rows ?? []),
    currentRows: options.indicateCurrent === true ? rows : undefined,
  };
};

/** Alembic's `show`: `current` asks the database, everything else only the files. */
export const show: Command<"show"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const rows = options.revision === "current" ? await readRows(context) : [];
  return { revisions: resolveRevisions(graph, options.revision, rows), currentRows: undefined };
};

/**
 * Alembic's `current`. A head that another row depends on is listed as an effective head, and counts for
 * `checkHeads`: upstream's own check can never pass in that case.
 * @throws CommandError `not-at-head` with `checkHeads`.
 */
export const current: Command<"current"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  return withDatabase(context, async ({ database, description }) => {
    const rows = await readVersionRows(database.connection, versionTableOf(context.config));
    const revisions = currentRevisions(graph, rows);
    if (options.checkHeads === true) {
      const reached = new Set([...rows, ...revisions.map((entry) => entry.revision.revision)]);
      if (!graph.heads.every((head) => reached.has(head))) {
        throw new CommandError(
          "not-at-head",
          "Database is not on all head revisions",
          "Run `upgrade heads`.",
        );
      }
    }
    return { database: description, rows, revisions };
  });
};

function rangeNeedsDatabase(range: string | undefined): boolean {
  return range !== undefined && /(^|:)(current|[+-]\d|[^:@]+@[+-]\d)/.test(range);
}

async function readRows(context: CommandContext): Promise<readonly string[]> {
  return withDatabase(context, ({ database }) =>
    readVersionRows(database.connection, versionTableOf(context.config)),
  );
}

/** The project's graph, refused where it is broken. */
export async function readSoundGraph(context: CommandContext): Promise<RevisionGraph> {
  const { graph } = await context.readScripts();
  requireSoundGraph(graph);
  return graph;
}

function revisionsOf(graph: RevisionGraph, ids: readonly string[]): readonly GraphRevision[] {
  return ids.map((id) => graph.get(id)).filter((revision) => revision !== undefined);
}

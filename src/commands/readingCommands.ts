import { readVersionRows } from "../database/versionTable";
import { currentRevisions } from "../revision/current";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "../revision/graph";
import { historyRange } from "../revision/history";
import type { ChainProblem } from "../revision/problems";
import type { ScriptDirectory } from "../project/scriptDirectory";
import { resolveRevisions } from "../revision/resolve";
import { withDatabase, type Command, type CommandContext } from "./commandContext";
import { CommandError } from "./commandError";
import { versionTableOf } from "./versionTableOf";

type DuplicateRevision = Extract<ChainProblem, { readonly kind: "duplicate-revision" }>;

/**
 * Alembic's `heads`: every head, or with `resolveDependencies` those that nothing depends on. One that several files
 * claim to be is listed once for each.
 */
export const heads: Command<"heads"> = async (context, options) => {
  const graph = await readGraph(context);
  const ids = options.resolveDependencies === true ? graph.realHeads : graph.heads;
  return {
    revisions: revisionsOf(graph, ids).flatMap(filesOf(await context.readScripts())),
    currentRows: undefined,
  };
};

/** Alembic's `branches`: revisions with more than one child, newest first. */
export const branches: Command<"branches"> = async (context) => {
  const graph = await readGraph(context);
  const revisions = historyRange(graph, undefined, []).filter((revision) => revision.isBranchPoint);
  return { revisions, currentRows: undefined };
};

/** Alembic's `history`: newest first. The database is asked only where the range or the marks need it. */
export const history: Command<"history"> = async (context, options) => {
  const graph = await readGraph(context);
  const isDatabaseNeeded = options.indicateCurrent === true || rangeNeedsDatabase(options.range);
  const rows = isDatabaseNeeded ? await readRows(context) : undefined;
  return {
    revisions: historyRange(graph, options.range, rows ?? []),
    currentRows: options.indicateCurrent === true ? rows : undefined,
  };
};

/** Alembic's `show`: `current` asks the database, everything else only the files. */
export const show: Command<"show"> = async (context, options) => {
  const graph = await readGraph(context);
  const rows = options.revision === "current" ? await readRows(context) : [];
  return { revisions: resolveRevisions(graph, options.revision, rows), currentRows: undefined };
};

/**
 * Alembic's `current`. A head that another row depends on is listed as an effective head, and counts for
 * `checkHeads`: upstream's own check can never pass in that case.
 * @throws CommandError `not-at-head` with `checkHeads`.
 */
export const current: Command<"current"> = async (context, options) => {
  const graph = await readGraph(context);
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
    return { database: description, rows: rows.toSorted(), revisions };
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

/**
 * The project's graph for looking at, refused where it is broken. Of a revision that is there twice the last file
 * counts, with a warning, as in Alembic; nothing may run with it.
 */
async function readGraph(context: CommandContext): Promise<RevisionGraph> {
  const { graph } = await context.readScripts();
  for (const { revision, paths } of duplicatesIn(graph)) {
    context.report({
      kind: "log",
      level: "warning",
      message: `Revision ${revision} is present more than once: ${paths.join(", ")}`,
    });
  }
  const readable = { ...graph, problems: graph.problems.filter(({ kind }) => kind !== "duplicate-revision") };
  requireSoundGraph(readable);
  return readable;
}

function duplicatesIn(graph: RevisionGraph): readonly DuplicateRevision[] {
  return graph.problems.filter((problem) => problem.kind === "duplicate-revision");
}

function filesOf({ graph }: ScriptDirectory): (revision: GraphRevision) => readonly GraphRevision[] {
  const paths = new Map(duplicatesIn(graph).map((problem) => [problem.revision, problem.paths]));
  return (revision) => paths.get(revision.revision)?.map((path) => ({ ...revision, path })) ?? [revision];
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

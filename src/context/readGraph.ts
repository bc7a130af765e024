import { type RevisionGraph, requireSoundGraph } from "../revision/graph";
import type { ChainProblem } from "../revision/problems";
import { ScriptDirectoryError } from "../project/errors";
import { readVersionRows } from "../database/versionTable";
import { type CommandContext, withDatabase } from "./commandContext";
import { requireOneDatabase } from "./namedDatabases";
import { versionTableOf } from "./versionTableOf";

export type DuplicateRevision = Extract<ChainProblem, { readonly kind: "duplicate-revision" }>;

export function duplicatesIn(graph: RevisionGraph): readonly DuplicateRevision[] {
  return graph.problems.filter((problem) => problem.kind === "duplicate-revision");
}

/**
 * The project's graph for looking at, refused where it is broken. Of a revision that is there twice the last file
 * counts, with a warning, as in Alembic; nothing may run with it.
 */
export async function readGraph(context: CommandContext): Promise<RevisionGraph> {
  const { graph, unknown } = await context.readScripts();
  for (const { message } of unknown) {
    context.report({ kind: "log", level: "warning", message });
  }
  for (const { revision, paths } of duplicatesIn(graph)) {
    context.report({
      kind: "log",
      level: "warning",
      message: `Revision ${revision} is present more than once: ${paths.join(", ")}`,
    });
  }
  const readable = {
    ...graph,
    problems: graph.problems.filter(
      ({ kind }) => kind !== "duplicate-revision" && !(unknown.length > 0 && isMissing(kind)),
    ),
  };
  requireSoundGraph(readable);
  return readable;
}

/** What a file that is not known may be. */
function isMissing(kind: ChainProblem["kind"]): boolean {
  return kind === "missing-down-revision" || kind === "missing-dependency";
}

/** The project's graph, refused where it is broken or not known as a whole. */
export async function readSoundGraph(context: CommandContext): Promise<RevisionGraph> {
  const { graph, unknown } = await context.readScripts();
  const first = unknown.find(({ isLeftOut }) => isLeftOut);
  if (first !== undefined) {
    throw new ScriptDirectoryError("not-a-revision", first.message, {
      file: first.path,
      hint: "Write revision, down_revision, branch_labels and depends_on as plain strings, tuples of strings or None.",
    });
  }
  requireSoundGraph(graph);
  return graph;
}

/**
 * The rows of the version table.
 * @throws CommandError `several-databases` for an environment of tenants
 */
export async function readRows(context: CommandContext): Promise<readonly string[]> {
  requireOneDatabase(context, "read");
  return withDatabase(context, ({ database }) =>
    readVersionRows(database.connection, versionTableOf(context.config)),
  );
}

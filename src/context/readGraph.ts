import { type RevisionGraph, requireSoundGraph } from "../revision/graph";
import type { ChainProblem } from "../revision/problems";
import { readVersionRows } from "../database/versionTable";
import { type CommandContext, withDatabase } from "./commandContext";
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

/** The project's graph, refused where it is broken. */
export async function readSoundGraph(context: CommandContext): Promise<RevisionGraph> {
  const { graph } = await context.readScripts();
  requireSoundGraph(graph);
  return graph;
}

/** The rows of the version table. */
export async function readRows(context: CommandContext): Promise<readonly string[]> {
  return withDatabase(context, ({ database }) =>
    readVersionRows(database.connection, versionTableOf(context.config)),
  );
}

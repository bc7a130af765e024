import { type Command } from "../context/commandContext";
import { type GraphRevision, type RevisionGraph } from "../revision/graph";
import { duplicatesIn, readGraph } from "../context/readGraph";
import type { ScriptDirectory } from "../project/scriptDirectory";

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

function filesOf({ graph }: ScriptDirectory): (revision: GraphRevision) => readonly GraphRevision[] {
  const paths = new Map(duplicatesIn(graph).map((problem) => [problem.revision, problem.paths]));
  return (revision) => paths.get(revision.revision)?.map((path) => ({ ...revision, path })) ?? [revision];
}

function revisionsOf(graph: RevisionGraph, ids: readonly string[]): readonly GraphRevision[] {
  return ids.map((id) => graph.get(id)).filter((revision) => revision !== undefined);
}

import { CommandError } from "../context/commandError";
import type { Command, CommandContext } from "../context/commandContext";
import type { DataTestOptions } from "../context/commandTable";
import { readSoundGraph } from "../context/readGraph";
import { runDataTests } from "../dataTests/dataTests";
import { findTestFiles, type TestFile } from "../dataTests/testFiles";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { resolveRevisions } from "../revision/resolve";
import { revisionsUpTo } from "../roundTrip/roundTrip";

/** Runs the tests that lie beside revisions: of those that are named, of single files, or all. */
export const dataTests: Command<"dataTests"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const files = wantedFiles(context, graph, options);
  if (files.length === 0) {
    return { outcomes: [] };
  }
  const names = new Map(options.only?.map((file) => [file.path, file.names]));
  return {
    outcomes: await runDataTests(context, graph, {
      files,
      isWanted: (path, name) => names.get(path)?.includes(name) ?? true,
      database: options.database,
    }),
  };
};

function wantedFiles(
  context: CommandContext,
  graph: RevisionGraph,
  { revisions, only }: DataTestOptions,
): readonly TestFile[] {
  const { files, strays } = findTestFiles(graph, wantedRevisions(graph, revisions));
  if (only === undefined) {
    for (const path of strays) {
      context.report({
        kind: "log",
        level: "warning",
        message: `${path} is not run: it has the name of a test, but no revision file of that name lies beside it.`,
      });
    }
    return files;
  }
  const missing = only.find(({ path }) => !files.some((file) => file.path === path));
  if (missing !== undefined) {
    throw new CommandError(
      "no-such-test",
      `${missing.path} is not a test of a revision.`,
      "Name a file `<revision file>.test.ts` beside the revision that it tests.",
    );
  }
  return files.filter((file) => only.some(({ path }) => path === file.path));
}

function wantedRevisions(
  graph: RevisionGraph,
  symbols: readonly string[] | undefined,
): readonly GraphRevision[] {
  const all = graph.revisions.map(({ revision }) => revision);
  const order = revisionsUpTo(graph, all);
  if (symbols === undefined) {
    return order;
  }
  const wanted = new Set(symbols.flatMap((symbol) => resolveRevisions(graph, symbol)));
  return order.filter((revision) => wanted.has(revision));
}

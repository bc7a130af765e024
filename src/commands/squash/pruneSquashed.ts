import { rm } from "node:fs/promises";
import type { Command } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import type { StatusResult } from "../../context/commandTable";
import { readSoundGraph } from "../../context/readGraph";
import { resolveRevisions } from "../../revision/resolve";
import { replacementOf, separateReplaced } from "../../revision/squash";
import { askDatabases } from "../askDatabases";

/**
 * Removes the old files of squashed revisions. The chosen database and those of all environments are asked before: none may
 * have some of the replaced revisions and not all.
 * @throws CommandError `replaced-revisions-needed`; `database-not-asked` where one can't be asked
 */
export const pruneSquashed: Command<"pruneSquashed"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const wanted = options.revisions?.flatMap((symbol) =>
    resolveRevisions(graph, symbol).map(({ revision }) => revision),
  );
  const files = separateReplaced(graph.files).hidden.filter(({ revision }) => {
    const squash = graph.squashes.get(revision);
    return squash !== undefined && (wanted === undefined || wanted.includes(squash.revision));
  });
  const paths = files.map(({ path }) => path);
  if (paths.length === 0) {
    return { files: paths, isRemoved: false, databases: [] };
  }
  const needed = (row: string): boolean => {
    const squash = replacementOf(graph.squashes, row);
    return squash !== undefined && (wanted === undefined || wanted.includes(squash.revision));
  };
  const answers = await askDatabases(context);
  for (const { name, answer } of answers) {
    requireUnneeded(name, answer, needed);
  }
  if (options.dryRun !== true) {
    for (const path of paths) {
      await rm(path);
    }
  }
  return {
    files: paths,
    isRemoved: options.dryRun !== true,
    databases: [...new Set(answers.map(({ name }) => name))],
  };
};

function requireUnneeded(
  name: string,
  answer: StatusResult | Error,
  isNeeded: (row: string) => boolean,
): void {
  if (answer instanceof Error) {
    throw new CommandError(
      "database-not-asked",
      `Can't tell whether ${name} needs the replaced revisions: ${answer.message}`,
      "Make the database reachable. No file was removed.",
    );
  }
  const row = answer.rows.find(isNeeded);
  if (row !== undefined) {
    throw new CommandError(
      "replaced-revisions-needed",
      `${name} is at ${row}, so it still needs the old files. No file was removed.`,
      "Upgrade that database first: it then has all of the replaced revisions.",
    );
  }
  const [unknown] = answer.unknownRows;
  if (unknown !== undefined) {
    throw new CommandError(
      "replaced-revisions-needed",
      `${name} is at ${unknown}, of which no file is here, so it may still need the old files. No file was removed.`,
      "Bring that database to revisions whose files are here.",
    );
  }
}

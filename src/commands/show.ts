import { type Command } from "../context/commandContext";
import { readGraph, readRows } from "../context/readGraph";
import { resolveRevisions } from "../revision/resolve";

/** Alembic's `show`: `current` asks the database, everything else only the files. */
export const show: Command<"show"> = async (context, options) => {
  const graph = await readGraph(context);
  const rows = options.revision === "current" ? await readRows(context) : [];
  return { revisions: resolveRevisions(graph, options.revision, rows), currentRows: undefined };
};

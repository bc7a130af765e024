import { type Command } from "../context/commandContext";
import { readGraph, readRows } from "../context/readGraph";
import { graphFor } from "../revision/oldFiles";
import { resolveRevisions } from "../revision/resolve";

/** Alembic's `show`: `current` asks the database, everything else only the files. */
export const show: Command<"show"> = async (context, options) => {
  const graph = await readGraph(context);
  const rows = options.revision === "current" ? await readRows(context) : [];
  const known = graphFor(graph, rows, options.revision);
  return { revisions: resolveRevisions(known, options.revision, rows), currentRows: undefined };
};

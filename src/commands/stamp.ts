import { graphFor } from "../revision/oldFiles";
import { planStamp, requireStampable } from "../revision/planStamp";
import { resolveRevisions } from "../revision/resolve";
import { parseRange } from "../revision/symbols";
import { fromRows } from "../revision/unknownRow";
import type { Command } from "../context/commandContext";
import { CommandError } from "../context/commandError";
import { runLive, writeScript } from "./migrate";
import { readSoundGraph } from "../context/readGraph";
import { listStamped } from "../run/typeorm/listStamped";

/** Alembic's `stamp`: sets the rows of the version table and runs nothing else. */
export const stamp: Command<"stamp"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const purge = options.purge === true;
  const named = options.targets.map((target) => parseRange(target)?.to ?? target);
  requireStampable(graphFor(graph, [], named.join(",")), named);
  if (options.sql !== true) {
    return runLive(
      context,
      (databaseHeads) => {
        const known = graphFor(graph, purge ? [] : databaseHeads, options.targets.join(","));
        return fromRows(known, databaseHeads, () =>
          planStamp(known, { databaseHeads, targets: options.targets, purge }),
        );
      },
      {
        ...options,
        danger: ({ finalHeads }, rows) =>
          purge || (rows.length > 0 && finalHeads.length === 0) ? "empties the version table" : undefined,
        beforeSteps: ({ finalHeads: heads }, connection, run) =>
          listStamped(context, { graph, heads, connection, run }),
      },
    );
  }
  if (purge) {
    throw new CommandError(
      "purge-with-sql",
      "Can't use --purge with --sql mode",
      "Leave out one of the two: a script can't know the current rows.",
    );
  }
  const ranges = options.targets.map((target) => parseRange(target));
  const starts = [...new Set(ranges.map((range) => range?.from))];
  if (starts.length > 1) {
    throw new CommandError(
      "sql-needs-range",
      "Stamp operation with --sql only supports a single starting revision at a time",
      "Write from:to with the same revision before each colon, or make a script for each.",
    );
  }
  const start =
    starts[0] === undefined
      ? []
      : resolveRevisions(graphFor(graph, [], starts[0]), starts[0]).map((entry) => entry.revision);
  const targets = options.targets.map((target, index) => ranges[index]?.to ?? target);
  const known = graphFor(graph, start, targets.join(","));
  return writeScript(context, planStamp(known, { databaseHeads: start, targets }), start, options.tag);
};

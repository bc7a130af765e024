import { inWordsOf, RevisionError } from "./errors";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "./graph";
import { topologicalOrder } from "./topologicalOrder";
import { revisionsAbove, type RangeEnd } from "./revisionsAbove";

/**
 * What `history -r <range>` prints, newest first; both ends are included. Without a range: everything. An end may be
 * any symbol, relative ones (`-3:current`, `current:+1`) included; an end left out is base or heads. Throws a
 * RevisionError for a range that is none, and for ends that are not on one line.
 */
export function historyRange(
  graph: RevisionGraph,
  range: string | undefined,
  databaseHeads: readonly string[],
): readonly GraphRevision[] {
  if (range === undefined) {
    return wholeHistory(graph);
  }
  const [start, end, ...more] = range.trim().split(":");
  if (start === undefined || end === undefined || more.length > 0) {
    throw new RevisionError("invalid-range", "History range requires [start]:[end], [start]:, or :[end]", {
      hint: `'${range}' has ${more.length > 0 ? "too many colons" : "no colon"}.`,
    });
  }
  // Without rows `current` is as good as left out, at either end.
  const current = databaseHeads.length > 0 ? databaseHeads : "";
  const endOf = (symbol: string, otherwise: string): RangeEnd =>
    (symbol === "current" ? current : symbol) || otherwise;
  return walkRevisions(graph, endOf(start, "base"), endOf(end, "heads"));
}

/**
 * What a walk from the heads to the base gives, which is everything, without walking there first. It starts where
 * that walk does: at heads that nothing depends on.
 */
function wholeHistory(graph: RevisionGraph): readonly GraphRevision[] {
  requireSoundGraph(graph);
  const heads = graph.realHeads.flatMap((id) => graph.get(id) ?? []);
  return (
    singleLine(graph, heads) ??
    topologicalOrder(graph, new Set(graph.revisions), heads) ??
    walkRevisions(graph, "base", "heads")
  );
}

/** A history without branches, as most are, needs no sorting. */
function singleLine(
  graph: RevisionGraph,
  [head, another]: readonly GraphRevision[],
): readonly GraphRevision[] | undefined {
  const line: GraphRevision[] = [];
  for (let at = another === undefined ? head : undefined; at !== undefined;) {
    line.push(at);
    const below: string | undefined = at.normalizedDownRevisions[0];
    at = below === undefined || at.normalizedDownRevisions.length > 1 ? undefined : graph.get(below);
  }
  return line.length === graph.revisions.length ? line : undefined;
}

/** Every revision between two ends, both included, newest first (Alembic's `walk_revisions`). */
export function walkRevisions(
  graph: RevisionGraph,
  base: RangeEnd,
  head: RangeEnd,
): readonly GraphRevision[] {
  requireSoundGraph(graph);
  const range = { start: endName(base), end: endName(head) };
  return inWordsOf({ argument: range.end, range }, () =>
    revisionsAbove(graph, {
      upper: head,
      lower: base,
      includeLower: true,
      includeOtherBases: false,
      stopAtEnd: true,
    }),
  );
}

function endName(end: RangeEnd): string {
  return typeof end === "string" ? end : end.join(", ");
}

import { buildGraph, type GraphRevision, type RevisionGraph } from "../../revision/graph";
import { layoutLanes, type LaneEdge, type LaneLayout } from "../../revision/lanes";
import type { FindRequest, GraphEdge, GraphMark, GraphMatch, GraphRow } from "../../webview/graph/protocol";
import type { AppliedRevisions } from "../database/databaseState";
import { contextValueOf, markOf } from "../tree/treeModel";

/** What a row's texts are made of, in the user's language. */
export interface RowTexts {
  badges(revision: GraphRevision, mark: GraphMark): readonly string[];
  spoken(revision: GraphRevision, mark: GraphMark): string;
  tooltip(revision: GraphRevision, mark: GraphMark): string;
  /** Who added it, and when; empty where that is not shown or not known. */
  author(revision: GraphRevision): string;
  missing(revision: string): string;
}

/** The lanes of a graph, with a row for every parent that no file has. */
export interface GraphModel {
  readonly layout: LaneLayout;
  readonly missing: ReadonlySet<string>;
  readonly headCount: number;
  readonly isPythonProject: boolean;
}

/** Lays the graph out; a missing parent becomes a ghost, so that one sees what the broken line led to. */
export function layoutGraph(graph: RevisionGraph, isPythonProject: boolean): GraphModel {
  const missing = new Set(
    graph.problems.flatMap((problem) =>
      problem.kind === "missing-down-revision" || problem.kind === "missing-dependency"
        ? [problem.missing]
        : [],
    ),
  );
  const ghosts = [...missing].map((revision) => ({
    revision,
    downRevisions: [],
    branchLabels: [],
    dependsOn: [],
    message: "",
    doc: "",
    path: "",
  }));
  const whole = ghosts.length === 0 ? graph : buildGraph([...ghosts, ...graph.revisions]);
  return { layout: layoutLanes(whole), missing, headCount: graph.heads.length, isPythonProject };
}

/** The rows from `start` up to, but without, `end`, and the lines that touch or pass them. */
export function graphWindow(
  model: GraphModel,
  applied: AppliedRevisions,
  texts: RowTexts,
  start: number,
  end: number,
): { readonly rows: readonly GraphRow[]; readonly edges: readonly GraphEdge[] } {
  const { rows, edges } = model.layout.window(start, end);
  const hasManyHeads = model.headCount > 1;
  return {
    rows: rows.map(({ row, lane, revision }) => {
      const isMissing = model.missing.has(revision.revision);
      const appliedMark = markOf(revision.revision, applied);
      const mark: GraphMark = isMissing ? "missing" : appliedMark;
      const canBeMerged = revision.isHead && hasManyHeads;
      const menuRow = { revision, mark: appliedMark, canBeMerged, hasProblem: false };
      return {
        row,
        lane,
        mark,
        id: revision.revision,
        message: isMissing ? texts.missing(revision.revision) : revision.message,
        badges: isMissing ? [] : texts.badges(revision, mark),
        author: isMissing ? "" : texts.author(revision),
        spoken: isMissing ? texts.missing(revision.revision) : texts.spoken(revision, mark),
        tooltip: isMissing ? texts.missing(revision.revision) : texts.tooltip(revision, mark),
        menuWords: isMissing ? "" : contextValueOf(menuRow, model.isPythonProject),
      };
    }),
    edges: edges.map((edge) => graphEdge(edge, model)),
  };
}

/** The nearest row whose id, message or label holds the text, and its place among all such rows. */
export function findMatch(
  model: GraphModel,
  { text, from, isBackward }: FindRequest,
): GraphMatch | undefined {
  const wanted = text.trim().toLowerCase();
  const matches =
    wanted === ""
      ? []
      : model.layout.rows.flatMap(({ row, revision }) =>
          [revision.revision, revision.message, ...revision.labels].some((part) =>
            part.toLowerCase().includes(wanted),
          )
            ? [row]
            : [],
        );
  const found = isBackward
    ? (matches.findLast((row) => row < from) ?? matches.at(-1))
    : (matches.find((row) => row >= from) ?? matches[0]);
  return found === undefined
    ? undefined
    : { row: found, place: matches.indexOf(found) + 1, count: matches.length };
}

function graphEdge(edge: LaneEdge, model: GraphModel): GraphEdge {
  const { fromRow, fromLane, toRow, toLane, lane } = edge;
  return {
    kind: model.missing.has(edge.parent) ? "missing" : edge.kind,
    fromRow,
    fromLane,
    toRow,
    toLane,
    lane,
  };
}

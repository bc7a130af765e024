import { buildGraph, type GraphRevision, type RevisionGraph } from "../../revision/graph";
import { layoutLanes, type LaneEdge, type LaneLayout } from "../../revision/lanes";
import type { GraphEdge, GraphMark, GraphRow } from "../../webview/graph/protocol";
import type { AppliedRevisions } from "../database/databaseState";
import { markOf } from "../tree/treeModel";

/** What a row's texts are made of, in the user's language. */
export interface RowTexts {
  badges(revision: GraphRevision, mark: GraphMark): readonly string[];
  spoken(revision: GraphRevision, mark: GraphMark): string;
  missing(revision: string): string;
}

/** The lanes of a graph, with a row for every parent that no file has. */
export interface GraphModel {
  readonly layout: LaneLayout;
  readonly missing: ReadonlySet<string>;
}

/** Lays the graph out; a missing parent becomes a ghost, so that one sees what the broken line led to. */
export function layoutGraph(graph: RevisionGraph): GraphModel {
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
  return { layout: layoutLanes(whole), missing };
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
  return {
    rows: rows.map(({ row, lane, revision }) => {
      const isMissing = model.missing.has(revision.revision);
      const mark: GraphMark = isMissing ? "missing" : markOf(revision.revision, applied);
      return {
        row,
        lane,
        mark,
        id: revision.revision,
        message: isMissing ? texts.missing(revision.revision) : revision.message,
        badges: isMissing ? [] : texts.badges(revision, mark),
        spoken: isMissing ? texts.missing(revision.revision) : texts.spoken(revision, mark),
      };
    }),
    edges: edges.map((edge) => graphEdge(edge, model)),
  };
}

/** The next row below `after` whose id, message or label holds the text; the search goes round. */
export function findRow(model: GraphModel, text: string, after: number): number | undefined {
  const wanted = text.trim().toLowerCase();
  const { rows } = model.layout;
  if (wanted === "") {
    return undefined;
  }
  const order = [...rows.slice(after + 1), ...rows.slice(0, after + 1)];
  return order.find(({ revision }) =>
    [revision.revision, revision.message, ...revision.labels].some((part) =>
      part.toLowerCase().includes(wanted),
    ),
  )?.row;
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

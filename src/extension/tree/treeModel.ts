import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { layoutLanes } from "../../revision/lanes";
import type { LaneEdge, LaneLayout } from "../../revision/lanes";
import type { AppliedRevisions } from "../database/databaseState";

export type AppliedMark = "unknown" | "pending" | "applied" | "current";

/** What a revision's row shows. */
export interface RevisionRow {
  readonly revision: GraphRevision;
  readonly mark: AppliedMark;
  readonly hasProblem: boolean;
  /** A head among several. */
  readonly canBeMerged: boolean;
  /** Marks for the lanes beside it, and its own; empty where history is one line. */
  readonly guide: string;
}

/** One row for each revision, newest first. */
export function revisionRows(graph: RevisionGraph, applied: AppliedRevisions): readonly RevisionRow[] {
  const withProblems = revisionsWithProblems(graph);
  const layout = layoutLanes(graph, { withDependencies: false });
  const guides = guidesOf(layout);
  return layout.rows.map((row) => ({
    revision: row.revision,
    mark: markOf(row.revision.revision, applied),
    hasProblem: withProblems.has(row.revision.revision),
    canBeMerged: row.revision.isHead && graph.heads.length > 1,
    guide: guides[row.row] ?? "",
  }));
}

/** So many lanes are drawn beside a row; the label would be out of sight behind more. */
const mostLanes = 20;

/**
 * Marks for the lanes beside each row: `●` for its own (`◆` where it merges), `│ ` for each that passes, blanks for the
 * others. Nothing where history is one line.
 */
function guidesOf(layout: LaneLayout): readonly string[] {
  if (layout.width < 2) {
    return layout.rows.map(() => "");
  }
  const passing = Array.from({ length: mostLanes }, () => 0);
  const count = (edges: readonly LaneEdge[], change: number): void => {
    for (const { lane } of edges) {
      const before = passing[lane];
      if (before !== undefined) {
        passing[lane] = before + change;
      }
    }
  };
  return layout.rows.map(({ lane, revision, edgesIn, edgesOut }) => {
    count(edgesIn, -1);
    const isUsed = passing.map((edges, other) => edges > 0 && other !== lane);
    count(edgesOut, 1);
    const own = revision.isMergePoint ? "◆ " : "● ";
    const lastUsed = isUsed.lastIndexOf(true);
    const marks = isUsed
      .slice(0, Math.max(lastUsed, lane) + 1)
      .map((used, index) => (index === lane ? own : used ? "│ " : "\u2007 "))
      .join("");
    return lane < mostLanes ? marks : `${marks}… ${own}`;
  });
}

export type RevisionFilter =
  | { readonly kind: "all" | "pending" | "applied" | "heads" | "problems" }
  /** Those whose id, message or label holds a text, whatever its case. */
  | { readonly kind: "text"; readonly text: string };

/** Whether a row is shown. While the database is unknown nothing is pending, and nothing is applied. */
export function passesFilter(row: RevisionRow, filter: RevisionFilter): boolean {
  const { revision, mark, hasProblem } = row;
  switch (filter.kind) {
    case "all":
      return true;
    case "pending":
      return mark === "pending";
    case "applied":
      return mark === "applied" || mark === "current";
    case "heads":
      return revision.isHead;
    case "problems":
      return hasProblem;
    case "text": {
      const wanted = filter.text.toLowerCase();
      const texts = [revision.revision, revision.message, ...revision.labels];
      return texts.some((text) => text.toLowerCase().includes(wanted));
    }
  }
}

/** How a revision stands to the database. Where that was not asked, it is unknown. */
export function markOf(revision: string, applied: AppliedRevisions): AppliedMark {
  if (applied.kind === "unknown") {
    return "unknown";
  }
  if (applied.current.has(revision)) {
    return "current";
  }
  if (applied.uncertain.has(revision)) {
    return "unknown";
  }
  return applied.applied.has(revision) ? "applied" : "pending";
}

/** What of a row decides which commands its menu has. */
export type MenuRow = Pick<RevisionRow, "revision" | "mark" | "canBeMerged" | "hasProblem">;

/**
 * Words for `when` clauses of the menus of the tree and the graph, matched as in `viewItem =~ /\bpending\b/`. These clauses
 * ask nothing else that changes with the revisions: at a change of context keys the editor draws rows anew, those too that
 * it has dropped.
 *
 * @param isPythonProject the project's own Alembic runs all of it
 */
export function contextValueOf(row: MenuRow, isPythonProject: boolean): string {
  const { revision } = row;
  const state = [row.mark, ...(row.mark === "current" ? ["applied"] : [])];
  const words = [
    "revision",
    ...(isPythonProject ? ["alembic", ...state] : isPython(revision) ? ["python"] : state),
    ...(revision.isHead ? ["head"] : []),
    ...(row.canBeMerged ? ["mergeable"] : []),
    ...(revision.isBase ? ["base"] : []),
    ...(revision.isMergePoint ? ["merge"] : []),
    ...(revision.isBranchPoint ? ["branch"] : []),
    ...(row.hasProblem ? ["broken"] : []),
  ];
  return words.join(";");
}

/** Beside revisions in TypeScript nothing here runs it; menus offer what reads or writes its file. */
function isPython({ path }: GraphRevision): boolean {
  return path.endsWith(".py");
}

/** The name of the codicon that tells the state, or the shape where the state is unknown. */
export function iconOf(row: RevisionRow): { readonly icon: string; readonly color: string | undefined } {
  if (row.hasProblem) {
    return { icon: "error", color: "list.errorForeground" };
  }
  switch (row.mark) {
    case "current":
      return { icon: "pass-filled", color: "charts.green" };
    case "applied":
      return { icon: "pass", color: "charts.green" };
    case "pending":
      return { icon: "circle-large-outline", color: "list.warningForeground" };
    case "unknown":
      return { icon: row.revision.isMergePoint ? "git-merge" : "git-commit", color: undefined };
  }
}

function revisionsWithProblems(graph: RevisionGraph): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const problem of graph.problems) {
    if (!problem.fatal) {
      continue;
    }
    if ("revision" in problem) {
      ids.add(problem.revision);
    } else {
      problem.loop.forEach((revision) => ids.add(revision));
    }
  }
  return ids;
}

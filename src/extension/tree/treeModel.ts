import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import type { AppliedRevisions } from "../database/databaseState";
import { newestFirst } from "./revisionOrder";

export type AppliedMark = "unknown" | "pending" | "applied" | "current";

/** What a revision's row shows. */
export interface RevisionRow {
  readonly revision: GraphRevision;
  readonly mark: AppliedMark;
  readonly hasProblem: boolean;
}

/** One row for each revision, newest first. */
export function revisionRows(graph: RevisionGraph, applied: AppliedRevisions): readonly RevisionRow[] {
  const withProblems = revisionsWithProblems(graph);
  return newestFirst(graph).map((revision) => ({
    revision,
    mark: markOf(revision.revision, applied),
    hasProblem: withProblems.has(revision.revision),
  }));
}

/** How a revision stands to the database. Where that was not asked, it is unknown. */
export function markOf(revision: string, applied: AppliedRevisions): AppliedMark {
  if (applied.kind === "unknown") {
    return "unknown";
  }
  if (applied.current.has(revision)) {
    return "current";
  }
  return applied.applied.has(revision) ? "applied" : "pending";
}

/** Words for `when` clauses of the tree's menus, matched as in `viewItem =~ /\bpending\b/`. */
export function contextValueOf(row: RevisionRow): string {
  const { revision } = row;
  const words = [
    "revision",
    row.mark,
    ...(row.mark === "current" ? ["applied"] : []),
    ...(revision.isHead ? ["head"] : []),
    ...(revision.isBase ? ["base"] : []),
    ...(revision.isMergePoint ? ["merge"] : []),
    ...(revision.isBranchPoint ? ["branch"] : []),
    ...(row.hasProblem ? ["broken"] : []),
  ];
  return words.join(";");
}

/** The name of the codicon that tells the state, or the shape where the state is unknown. */
export function iconOf(row: RevisionRow): { readonly icon: string; readonly color: string | undefined } {
  if (row.hasProblem) {
    return { icon: "error", color: "list.errorForeground" };
  }
  switch (row.mark) {
    case "current":
      return { icon: "pass-filled", color: "testing.iconPassed" };
    case "applied":
      return { icon: "pass", color: "testing.iconPassed" };
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
      problem.revisions.forEach((revision) => ids.add(revision));
    }
  }
  return ids;
}

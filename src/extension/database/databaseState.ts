import type { DatabaseDescription } from "../../context/events";
import type { RevisionGraph } from "../../revision/graph";
import { impliedRevisions, reachedIds } from "../../revision/lineage";
import { graphFor } from "../../revision/oldFiles";
import { uncertainRevisions } from "../../revision/uncertainRevisions";

/** What is known of a project's database. Unknown is not the same as "nothing is applied". */
export type DatabaseState =
  | { readonly kind: "unknown" }
  | { readonly kind: "known"; readonly database: DatabaseDescription; readonly rows: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** The database's state on the picture of the revisions. */
export type AppliedRevisions =
  | { readonly kind: "unknown" }
  | {
      readonly kind: "known";
      readonly applied: ReadonlySet<string>;
      /** Revisions that the version table names, and that a file has. */
      readonly current: ReadonlySet<string>;
      /**
       * Revisions of which it can't be told: a row names no revision, or the chain below the rows is broken, and
       * they may be what that led to.
       */
      readonly uncertain: ReadonlySet<string>;
      readonly pendingCount: number;
      /** Rows that name no revision file. */
      readonly unknownRows: readonly string[];
    };

/** Revisions that the version rows imply: themselves, what they come from, and what those depend on. */
export function appliedRevisions(graph: RevisionGraph, state: DatabaseState): AppliedRevisions {
  if (state.kind !== "known") {
    return { kind: "unknown" };
  }
  // Of a database that has some of the revisions which were squashed, the old files tell.
  const known = graphFor(graph, state.rows);
  const isKnown = (row: string): boolean => known.get(row) !== undefined;
  const applied = impliedRevisions(known, state.rows);
  const current = new Set(state.rows.filter(isKnown));
  const unknownRows = state.rows.filter((row) => !isKnown(row));
  const uncertain = uncertainRevisions(known, state.rows, applied);
  const pendingCount = known.revisions.filter(
    ({ revision }) => !applied.has(revision) && !uncertain.has(revision),
  ).length;
  return { kind: "known", applied, current, uncertain, pendingCount, unknownRows };
}

/** How many revisions an upgrade to this one would run, itself included. */
export function pendingCountUpTo(
  graph: RevisionGraph,
  revision: string,
  applied: ReadonlySet<string>,
): number {
  return [...impliedRevisions(graph, [revision])].filter((id) => !applied.has(id)).length;
}

/** How many applied revisions a downgrade to before this one would revert, itself included. */
export function appliedCountFrom(
  graph: RevisionGraph,
  revision: string,
  applied: ReadonlySet<string>,
): number {
  const above = reachedIds(graph, [revision], ({ allNextRevisions }) => allNextRevisions);
  return [...above].filter((id) => applied.has(id)).length;
}

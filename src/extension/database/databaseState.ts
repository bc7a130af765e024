import type { DatabaseDescription } from "../../context/events";
import type { RevisionGraph } from "../../revision/graph";
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
  const applied = new Set<string>();
  const current = new Set<string>();
  const unknownRows: string[] = [];
  const waiting: string[] = [];
  for (const row of state.rows) {
    if (graph.get(row) === undefined) {
      unknownRows.push(row);
    } else {
      current.add(row);
      waiting.push(row);
    }
  }
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const revision = graph.get(id);
    if (revision !== undefined && !applied.has(id)) {
      applied.add(id);
      waiting.push(...revision.downRevisions, ...revision.resolvedDependencies);
    }
  }
  const uncertain = uncertainRevisions(graph, state.rows, applied);
  const pendingCount = graph.revisions.filter(
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
  return closure([revision], (id) => {
    const found = graph.get(id);
    return found === undefined ? [] : [...found.downRevisions, ...found.resolvedDependencies];
  }).filter((id) => graph.get(id) !== undefined && !applied.has(id)).length;
}

/** How many applied revisions a downgrade to before this one would revert, itself included. */
export function appliedCountFrom(
  graph: RevisionGraph,
  revision: string,
  applied: ReadonlySet<string>,
): number {
  return closure([revision], (id) => graph.get(id)?.allNextRevisions ?? []).filter((id) => applied.has(id))
    .length;
}

function closure(starts: readonly string[], next: (id: string) => readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (!seen.has(id)) {
      seen.add(id);
      waiting.push(...next(id));
    }
  }
  return [...seen];
}

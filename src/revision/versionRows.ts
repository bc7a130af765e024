import { RevisionError } from "./errors";
import type { GraphRevision, RevisionGraph } from "./graph";
import { ancestors } from "./lineage";
import type { VersionRowChange } from "./plan";

/** The rows of the version table as a plan goes through its steps. */
export interface VersionRows {
  /** Sorted. */
  current(): readonly string[];
  upgrade(revision: GraphRevision): readonly VersionRowChange[];
  downgrade(revision: GraphRevision): readonly VersionRowChange[];
  /** Makes changes that are already known. Throws where a row is missing, or there already. */
  apply(changes: readonly VersionRowChange[]): void;
}

/**
 * Follows the version table (Alembic's `HeadMaintainer`). Where Alembic takes any row, the order is fixed: a merge
 * deletes the rows of its parents but for the last, which it updates; an unmerge does the reverse.
 *
 * Unlike Alembic, which looks at either the other rows or the parents, it leaves out every parent that one of these
 * implies, and deletes only rows that are there: a merge that depends on an ancestor of its parents then neither
 * fails nor leaves a revision beside its ancestor.
 */
export function versionRows(graph: RevisionGraph, databaseHeads: readonly string[]): VersionRows {
  const rows = new Set(databaseHeads);
  const applied = ancestors(
    graph,
    databaseHeads.flatMap((row) => graph.get(row) ?? []),
    "lineage-and-dependencies",
  );

  const apply = (changes: readonly VersionRowChange[]): void => {
    for (const change of changes) {
      applyChange(rows, change);
    }
  };

  return {
    current: () => [...rows].sort(),
    apply,
    upgrade(revision) {
      const changes = upgradeChanges(rows, revision);
      apply(changes);
      applied.add(revision);
      return changes;
    },
    downgrade(revision) {
      applied.delete(revision);
      const changes = downgradeChanges(graph, rows, applied, revision);
      apply(changes);
      return changes;
    },
  };
}

function upgradeChanges(rows: ReadonlySet<string>, { revision, normalizedDownRevisions }: GraphRevision) {
  const present = normalizedDownRevisions.filter((id) => rows.has(id));
  const kept = present.at(-1);
  return kept === undefined
    ? [{ kind: "insert", revision } as const]
    : [
        ...present.slice(0, -1).map((other) => ({ kind: "delete", revision: other }) as const),
        { kind: "update", from: kept, to: revision } as const,
      ];
}

function downgradeChanges(
  graph: RevisionGraph,
  rows: ReadonlySet<string>,
  applied: ReadonlySet<GraphRevision>,
  { revision, normalizedDownRevisions }: GraphRevision,
): readonly VersionRowChange[] {
  const left = new Set(rows);
  left.delete(revision);
  const parents = new Set(normalizedDownRevisions);
  const uncovered = normalizedDownRevisions.filter(
    (id) =>
      !left.has(id) && !isBelowAny(graph, applied, id, (above) => left.has(above) || parents.has(above)),
  );
  const kept = uncovered.at(-1);
  return kept === undefined
    ? [{ kind: "delete", revision }]
    : [
        ...uncovered.slice(0, -1).map((other) => ({ kind: "insert", revision: other }) as const),
        { kind: "update", from: revision, to: kept },
      ];
}

/** Whether one of the applied revisions above this one is wanted. */
function isBelowAny(
  graph: RevisionGraph,
  applied: ReadonlySet<GraphRevision>,
  id: string,
  isWanted: (id: string) => boolean,
): boolean {
  const seen = new Set<GraphRevision>();
  const todo = [id];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    for (const next of graph.get(at)?.allNextRevisions ?? []) {
      const above = graph.get(next);
      if (above === undefined || !applied.has(above) || seen.has(above)) {
        continue;
      }
      if (isWanted(next)) {
        return true;
      }
      seen.add(above);
      todo.push(next);
    }
  }
  return false;
}

function applyChange(rows: Set<string>, change: VersionRowChange): void {
  switch (change.kind) {
    case "insert":
      addRow(rows, change.revision);
      return;
    case "delete":
      removeRow(rows, change.revision);
      return;
    case "update":
      removeRow(rows, change.from);
      addRow(rows, change.to);
      return;
  }
}

function addRow(rows: Set<string>, revision: string): void {
  if (rows.has(revision)) {
    throw rowsError(`the row of ${revision} would be there twice`);
  }
  rows.add(revision);
}

function removeRow(rows: Set<string>, revision: string): void {
  if (!rows.delete(revision)) {
    throw rowsError(`there is no longer a row of ${revision}`);
  }
}

function rowsError(reason: string): RevisionError {
  return new RevisionError("version-rows", `The version table cannot be moved there: ${reason}`, {
    hint: "Set it right with `alembic-ts stamp --purge <revision>`, or go there in several steps.",
  });
}

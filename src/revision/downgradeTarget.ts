import { currentRevisions } from "./current";
import { RevisionError, walkedTooFar } from "./errors";
import type { GraphRevision, RevisionGraph } from "./graph";
import { findOne, onBranch, walk, type Position } from "./resolve";
import { parseRelative, type RelativeSymbol } from "./symbols";

export interface DowngradeTarget {
  /** Limits what is downgraded to this label's (or revision's) line. */
  readonly branch: string | undefined;
  /** Undefined for base. */
  readonly revision: GraphRevision | undefined;
  readonly warnings: readonly string[];
}

/** Where a downgrade from these rows leads (Alembic's `_parse_downgrade_target`). */
export function parseDowngradeTarget(
  graph: RevisionGraph,
  rows: readonly string[],
  target: string,
  stopAtEnd: boolean,
): DowngradeTarget {
  const relative = parseRelative(
    target,
    (name) => graph.get(name) !== undefined || graph.labelOwners.has(name),
  );
  if (relative === undefined) {
    const at = target.lastIndexOf("@");
    const branch = at > 0 ? target.slice(0, at) : undefined;
    return { branch, revision: findOne(graph, target.slice(at + 1)), warnings: [] };
  }
  if (relative.symbol === undefined) {
    return relative.steps >= 0 ? fail(relativeError(relative)) : belowRows(graph, rows, relative, stopAtEnd);
  }
  const { branch, symbol, steps } = relative;
  const end =
    steps >= 0
      ? walk(graph, findOne(graph, symbol), steps, { branch, stopAtEnd })
      : walk(graph, findOne(graph, branch ? `${branch}@${symbol}` : symbol), steps, { stopAtEnd });
  return { branch, revision: endRevision(end, walkedTooFar(target)), warnings: [] };
}

function belowRows(
  graph: RevisionGraph,
  rows: readonly string[],
  relative: RelativeSymbol,
  stopAtEnd: boolean,
): DowngradeTarget {
  const start = relative.branch ? rowOnBranch(graph, rows, relative.branch) : rows[0];
  if (start === undefined) {
    throw relativeError(relative);
  }
  // A row without a file is an unknown revision, before anything asks for its branch.
  findOne(graph, start);
  const branch = relative.branch ?? start;
  const end = walk(graph, findOne(graph, `${branch}@${start}`), relative.steps, { stopAtEnd });
  const isAmbiguous = relative.branch === undefined && new Set(rows).size > 1;
  return {
    branch,
    revision: endRevision(end, relativeError(relative)),
    warnings: isAmbiguous
      ? ["downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release."]
      : [],
  };
}

function rowOnBranch(graph: RevisionGraph, rows: readonly string[], branch: string): string {
  const named = onBranch(graph, rows, branch, "lineage");
  // A branch that another one depends on is applied without a row of its own.
  const found =
    named.length > 0
      ? named
      : onBranch(
          graph,
          currentRevisions(graph, rows).map((current) => current.revision),
          branch,
          "lineage",
        );
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) {
    const names = found.map((revision) => revision.revision).join(", ");
    throw new RevisionError(
      "invalid-target",
      only === undefined
        ? `No current revision is on branch '${branch}'`
        : `Several current revisions are on branch '${branch}': ${names}`,
      { hint: "`alembic-ts current` shows where the database is; name the revision to downgrade to." },
    );
  }
  return only.revision;
}

function endRevision(end: Position, tooFar: RevisionError): GraphRevision | undefined {
  if (end === undefined) {
    throw tooFar;
  }
  return end === "base" ? undefined : end;
}

function fail(error: RevisionError): never {
  throw error;
}

/** A relative symbol that the database's position does not allow. */
export function relativeError({ stepsText, steps }: RelativeSymbol): RevisionError {
  return new RevisionError(
    "relative-too-far",
    `Relative revision ${stepsText} didn't produce ${Math.abs(steps)} migrations`,
    { hint: "Use '+N' to upgrade and '-N' to downgrade, by no more steps than there are." },
  );
}

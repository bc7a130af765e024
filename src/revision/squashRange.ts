import { RevisionError, UnrelatedRevisionsError } from "./errors";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "./graph";
import { ancestors, descendants } from "./lineage";
import { resolveRevision } from "./resolve";

/** The revisions from one to another, and what the header of one that replaces them says. */
export interface SquashRange {
  /** In load order. */
  readonly members: readonly GraphRevision[];
  /** The last of them, whose id the squashed revision has. */
  readonly last: GraphRevision;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The ids of all members, and of what these have replaced. */
  readonly replaces: readonly string[];
}

/**
 * The revisions of `A:B`: B, A, and all between them. An A that is left out, or `base`, takes all that B stands on; a B that is
 * left out is the head.
 * @throws RevisionError `invalid-range` where one revision can't stand for them, `unrelated-range`
 */
export function squashRange(graph: RevisionGraph, range: string): SquashRange {
  requireSoundGraph(graph);
  const [from, to, ...more] = range.trim().split(":");
  if (from === undefined || to === undefined || more.length > 0) {
    throw invalid(`'${range}' is not a range`, "Write <first>:<last>; both are included.");
  }
  const first = from === "" ? undefined : resolveRevision(graph, from);
  const last = resolveRevision(graph, to === "" ? "head" : to);
  if (last === undefined) {
    throw invalid("There is nothing before base to squash", "Write <first>:<last>; both are included.");
  }
  const below = ancestors(graph, [last], "lineage");
  const above = first === undefined ? undefined : descendants(graph, [first], "lineage");
  if (first !== undefined && !below.has(first)) {
    throw new UnrelatedRevisionsError(first.revision, last.revision);
  }
  const inside = new Set([...below].filter((revision) => above?.has(revision) !== false));
  if (inside.size < 2) {
    throw invalid(`${last.revision} alone can't be squashed`, "Name at least two revisions: <first>:<last>.");
  }
  return headerOf(
    graph,
    graph.revisions.filter((revision) => inside.has(revision)),
    last,
  );
}

function headerOf(graph: RevisionGraph, members: readonly GraphRevision[], last: GraphRevision): SquashRange {
  const ids = new Set(members.map(({ revision }) => revision));
  requireClosed(members, last, ids);
  const isOutside = (id: string): boolean => !ids.has(id);
  const parents = members.flatMap(({ downRevisions }) => downRevisions).filter(isOutside);
  const dependencies = members.flatMap(({ resolvedDependencies }) => resolvedDependencies).filter(isOutside);
  // What another one of them needs goes without saying, but a dependency is no parent: the line would begin anew.
  const isBelowAny = (id: string, others: readonly string[], lines: Lines): boolean =>
    others.some((other) => other !== id && isBelow(graph, id, other, lines));
  const downRevisions = [...new Set(parents)].filter((id) => !isBelowAny(id, parents, "lineage"));
  return {
    members,
    last,
    downRevisions,
    branchLabels: [...new Set(members.flatMap(({ branchLabels }) => branchLabels))],
    dependsOn: [...new Set(dependencies)].filter(
      (id) =>
        !isBelowAny(id, [...parents, ...dependencies], "lineage-and-dependencies") &&
        !downRevisions.includes(id),
    ),
    replaces: [...new Set(members.flatMap(({ replaces = [], revision }) => [...replaces, revision]))],
  };
}

type Lines = Parameters<typeof ancestors>[2];

function isBelow(graph: RevisionGraph, id: string, other: string, lines: Lines): boolean {
  const revision = graph.get(id);
  const start = graph.get(other);
  return revision !== undefined && start !== undefined && ancestors(graph, [start], lines).has(revision);
}

/** What stands on a revision in the middle would lose it. */
function requireClosed(
  members: readonly GraphRevision[],
  last: GraphRevision,
  ids: ReadonlySet<string>,
): void {
  for (const { revision, allNextRevisions } of members) {
    const outside = revision === last.revision ? undefined : allNextRevisions.find((id) => !ids.has(id));
    if (outside !== undefined) {
      throw invalid(
        `${outside} follows ${revision}, which is inside the range`,
        "Squash up to a revision on which all of the range's branches meet, or end the range before that branch.",
      );
    }
  }
}

function invalid(message: string, hint: string): RevisionError {
  return new RevisionError("invalid-range", `${message}.`, { hint });
}

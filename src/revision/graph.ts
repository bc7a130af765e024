import { branchLabels } from "./branchLabels";
import { linkRevisions, type Links } from "./links";
import { normalizedDependencies } from "./normalizedDependencies";
import { findCycles } from "./cycles";
import { findFileProblems, findLabelProblems, findReferenceProblems, findNotices } from "./findProblems";
import { problemError, type ChainProblem } from "./problems";
import type { Revision } from "./revision";

/** A revision with what the graph around it says of it. */
export interface GraphRevision extends Revision {
  /** Children by down_revision, in load order. */
  readonly nextRevisions: readonly string[];
  /** Children by down_revision and revisions that depend on this one, in load order. */
  readonly allNextRevisions: readonly string[];
  /** `dependsOn` as revision ids. */
  readonly resolvedDependencies: readonly string[];
  /** Parents and dependencies, without dependencies that an ancestor has already. */
  readonly normalizedDownRevisions: readonly string[];
  /** Own and inherited branch labels, sorted. */
  readonly labels: readonly string[];
  readonly isHead: boolean;
  /** A head that nothing depends on either. */
  readonly isRealHead: boolean;
  readonly isBase: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
}

export interface RevisionGraph {
  /** In load order: files sorted by name. */
  readonly revisions: readonly GraphRevision[];
  readonly heads: readonly string[];
  readonly realHeads: readonly string[];
  readonly bases: readonly string[];
  readonly realBases: readonly string[];
  readonly problems: readonly ChainProblem[];
  /** Every branch label with the revision whose file has it, in load order. */
  readonly labelOwners: ReadonlyMap<string, GraphRevision>;
  get(revision: string): GraphRevision | undefined;
}

/**
 * The graph of a set of revisions, given in load order (Alembic sorts files by name), which breaks ties everywhere.
 * Never throws: what is wrong is listed in `problems`, and the rest stays usable for display. Of several revisions
 * with one id the last is kept, at the place of the first, as Alembic's map does.
 */
export function buildGraph(revisions: readonly Revision[]): RevisionGraph {
  const byId = new Map<string, Revision>();
  for (const revision of revisions) {
    byId.set(revision.revision, revision);
  }
  const links = linkRevisions(byId);
  const normalized = normalizedDependencies(byId, links);
  const labels = branchLabels(byId, links);
  const graphRevisions = new Map<string, GraphRevision>();
  for (const [id, revision] of byId) {
    graphRevisions.set(id, graphRevision(revision, links, normalized.get(id) ?? [], labels.get(id) ?? []));
  }
  const list = [...graphRevisions.values()];
  const heads = idsWhere(list, (revision) => revision.isHead);
  return {
    revisions: list,
    heads,
    realHeads: idsWhere(list, (revision) => revision.isRealHead),
    bases: idsWhere(list, (revision) => revision.isBase),
    realBases: idsWhere(list, (revision) => revision.isBase && revision.dependsOn.length === 0),
    problems: [
      ...findFileProblems(revisions),
      ...findLabelProblems(byId, links),
      ...findReferenceProblems(byId, links),
      ...findCycles(byId, links),
      ...findNotices(revisions, byId, heads),
    ],
    labelOwners: new Map(
      [...links.labelOwners].flatMap(([label, owner]) => {
        const revision = graphRevisions.get(owner);
        return revision === undefined ? [] : [[label, revision] as const];
      }),
    ),
    get: (revision) => graphRevisions.get(revision),
  };
}

function graphRevision(
  revision: Revision,
  links: Links,
  normalizedDependencyIds: readonly string[],
  labels: readonly string[],
): GraphRevision {
  const id = revision.revision;
  const next = links.children.get(id) ?? [];
  const allNext = links.childrenAndDependants.get(id) ?? [];
  const parents = links.parents.get(id) ?? [];
  // Spelled out: spreading a revision here takes most of the time of building a large graph.
  return {
    revision: id,
    downRevisions: revision.downRevisions,
    branchLabels: revision.branchLabels,
    dependsOn: revision.dependsOn,
    message: revision.message,
    doc: revision.doc,
    path: revision.path,
    nextRevisions: next,
    allNextRevisions: allNext,
    resolvedDependencies: links.dependencies.get(id) ?? [],
    normalizedDownRevisions:
      normalizedDependencyIds.length === 0 ? parents : [...new Set([...parents, ...normalizedDependencyIds])],
    labels,
    isHead: next.length === 0,
    isRealHead: allNext.length === 0,
    isBase: revision.downRevisions.length === 0,
    isBranchPoint: next.length > 1,
    isMergePoint: revision.downRevisions.length > 1,
  };
}

function idsWhere(
  revisions: readonly GraphRevision[],
  condition: (revision: GraphRevision) => boolean,
): readonly string[] {
  return revisions.filter(condition).map((revision) => revision.revision);
}

/** Throws a RevisionError (`broken-graph`) for the first fatal problem, for commands that act on the graph. */
export function requireSoundGraph(graph: RevisionGraph): void {
  const problem = graph.problems.find((candidate) => candidate.fatal);
  if (problem !== undefined) {
    throw problemError(problem);
  }
}

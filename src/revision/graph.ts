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
    graphRevisions.set(id, graphRevision(revision, links, listOf(normalized, id), listOf(labels, id)));
  }
  const list = [...graphRevisions.values()];
  const heads: string[] = [];
  const realHeads: string[] = [];
  const bases: string[] = [];
  const realBases: string[] = [];
  for (const { revision, isHead, isRealHead, isBase, dependsOn } of list) {
    if (isHead) {
      heads.push(revision);
    }
    if (isRealHead) {
      realHeads.push(revision);
    }
    if (isBase) {
      bases.push(revision);
      if (dependsOn.length === 0) {
        realBases.push(revision);
      }
    }
  }
  return {
    revisions: list,
    heads,
    realHeads,
    bases,
    realBases,
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
  const next = listOf(links.children, id);
  const allNext =
    links.childrenAndDependants === links.children ? next : listOf(links.childrenAndDependants, id);
  const parents = listOf(links.parents, id);
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
    resolvedDependencies: listOf(links.dependencies, id),
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

const none: readonly string[] = [];

function listOf(lists: ReadonlyMap<string, readonly string[]>, id: string): readonly string[] {
  return lists.size === 0 ? none : (lists.get(id) ?? none);
}

/** Throws a RevisionError (`broken-graph`) for the first fatal problem, for commands that act on the graph. */
export function requireSoundGraph(graph: RevisionGraph): void {
  const problem = graph.problems.find((candidate) => candidate.fatal);
  if (problem !== undefined) {
    throw problemError(problem);
  }
}

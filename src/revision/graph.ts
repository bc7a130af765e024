import { branchLabels } from "./branchLabels";
import { linkRevisions, type RevisionNode } from "./links";
import { normalizedDependencies } from "./normalizedDependencies";
import { findCycles } from "./cycles";
import { findFileProblems, findLabelProblems, findReferenceProblems, findNotices } from "./findProblems";
import { problemError, type ChainProblem } from "./problems";
import type { Revision } from "./revision";
import { separateReplaced, type Squash } from "./squash";

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
  /** The squashed revisions, by each id that they stand for. */
  readonly squashes: ReadonlyMap<string, Squash>;
  /** All files, those that squashed revisions replace among them, in load order. */
  readonly files: readonly Revision[];
  get(revision: string): GraphRevision | undefined;
}

/**
 * The graph of a set of revisions, given in load order (Alembic sorts files by name), which breaks ties everywhere.
 * Never throws: what is wrong is listed in `problems`, and the rest stays usable for display. Of several revisions
 * with one id the last is kept, at the place of the first, as Alembic's map does. Those that a squashed revision
 * replaces are not in it.
 */
export function buildGraph(files: readonly Revision[]): RevisionGraph {
  const { visible: revisions, squashes, problems } = separateReplaced(files);
  const links = linkRevisions(revisions);
  const normalized = normalizedDependencies(links);
  const labels = branchLabels(links);
  const byId = new Map<string, GraphRevision>();
  const list: GraphRevision[] = [];
  const heads: string[] = [];
  const realHeads: string[] = [];
  const bases: string[] = [];
  const realBases: string[] = [];
  for (const node of links.nodes.values()) {
    const { id } = node;
    const revision = graphRevision(node, normalized(node), labels.get(node) ?? none);
    byId.set(id, revision);
    list.push(revision);
    if (revision.isHead) {
      heads.push(id);
    }
    if (revision.isRealHead) {
      realHeads.push(id);
    }
    if (revision.isBase) {
      bases.push(id);
      if (revision.dependsOn.length === 0) {
        realBases.push(id);
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
      ...problems,
      ...findFileProblems(revisions),
      ...findLabelProblems(links),
      ...findReferenceProblems(links, squashes),
      ...findCycles(links),
      ...findNotices(revisions, links.nodes, heads),
    ],
    labelOwners: new Map(
      [...links.labelOwners].flatMap(([label, owner]) => {
        const revision = byId.get(owner.id);
        return revision === undefined ? [] : [[label, revision] as const];
      }),
    ),
    squashes,
    files,
    get: (revision) => byId.get(revision),
  };
}

function graphRevision(
  node: RevisionNode,
  normalizedDependencyNodes: readonly RevisionNode[],
  labels: readonly string[],
): GraphRevision {
  const { id, revision, parents, children, childrenAndDependants } = node;
  const next = idsOf(children);
  // Nearly always what the file says, which saves a list.
  const parentIds =
    parents.length === revision.downRevisions.length ? revision.downRevisions : idsOf(parents);
  // Spelled out: spreading a revision here takes most of the time of building a large graph.
  const record: GraphRevision = {
    revision: id,
    downRevisions: revision.downRevisions,
    branchLabels: revision.branchLabels,
    dependsOn: revision.dependsOn,
    message: revision.message,
    doc: revision.doc,
    path: revision.path,
    nextRevisions: next,
    allNextRevisions: childrenAndDependants === children ? next : idsOf(childrenAndDependants),
    resolvedDependencies: idsOf(node.dependencies),
    normalizedDownRevisions:
      normalizedDependencyNodes.length === 0
        ? parentIds
        : [...new Set([...parentIds, ...idsOf(normalizedDependencyNodes)])],
    labels,
    isHead: children.length === 0,
    isRealHead: childrenAndDependants.length === 0,
    isBase: revision.downRevisions.length === 0,
    isBranchPoint: children.length > 1,
    isMergePoint: revision.downRevisions.length > 1,
  };
  return revision.replaces === undefined ? record : { ...record, replaces: revision.replaces };
}

const none: readonly string[] = [];

function idsOf(nodes: readonly RevisionNode[]): readonly string[] {
  const only = nodes[0];
  if (only === undefined) {
    return none;
  }
  return nodes.length === 1 ? [only.id] : nodes.map(({ id }) => id);
}

/** Throws a RevisionError (`broken-graph`) for the first fatal problem, for commands that act on the graph. */
export function requireSoundGraph(graph: RevisionGraph): void {
  const problem = graph.problems.find((candidate) => candidate.fatal);
  if (problem !== undefined) {
    throw problemError(problem);
  }
}

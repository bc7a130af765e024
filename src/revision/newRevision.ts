import { inWordsOf, RevisionError } from "./errors";
import { requireSoundGraph, type GraphRevision, type RevisionGraph } from "./graph";
import { findOne, resolveRevisions } from "./resolve";
import { illegalCharactersIn, illegalCharactersMessage } from "./symbols";

export interface NewRevisionRequest {
  readonly revision: string;
  /** Symbols of the parents; `head` where not given. */
  readonly head?: string | readonly string[];
  /** The parents need not be heads. */
  readonly splice?: boolean;
  readonly branchLabels?: readonly string[];
  /** Ids, partial ids or labels. */
  readonly dependsOn?: readonly string[];
}

export interface NewRevision {
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  /** Whole ids, and labels where a label was given. */
  readonly dependsOn: readonly string[];
}

/**
 * What the header of a new revision file must say. Throws a RevisionError for whatever would break the graph, so
 * before anything is written.
 */
export function planNewRevision(graph: RevisionGraph, request: NewRevisionRequest): NewRevision {
  requireSoundGraph(graph);
  const { revision, head = "head", splice = false, branchLabels = [], dependsOn = [] } = request;
  requireLegalId(revision);
  const parents = parentRevisions(graph, typeof head === "string" ? [head] : head);
  if (!splice) {
    requireHeads(parents);
  }
  const dependencies = dependsOn.map((dependency) => dependencyToWrite(graph, dependency));
  requireFreeLabels(graph, revision, branchLabels);
  return {
    revision,
    downRevisions: parents.map((parent) => parent.revision),
    branchLabels,
    dependsOn: dependencies,
  };
}

function requireLegalId(revision: string): void {
  const characters = illegalCharactersIn(revision);
  if (characters.length > 0) {
    throw new RevisionError("illegal-id", illegalCharactersMessage(revision, characters), {
      hint: "Use letters, digits and _ in revision IDs.",
    });
  }
  if (revision === "") {
    throw new RevisionError("illegal-id", "A revision ID cannot be empty");
  }
}

/**
 * Refuses an id that a revision or a label has. Alembic only warns, and the second file breaks the project.
 * @throws RevisionError `id-in-use`
 */
export function requireFreeId(graph: RevisionGraph, revision: string): void {
  const owner = graph.get(revision) ?? graph.labelOwners.get(revision);
  if (owner !== undefined) {
    throw new RevisionError("id-in-use", `Revision ${revision} is present more than once`, {
      detail: `'${revision}' is already ${owner.revision === revision ? "a revision" : `a label of ${owner.revision}`}.`,
      hint: "Choose another id.",
    });
  }
}

function parentRevisions(graph: RevisionGraph, heads: readonly string[]): readonly GraphRevision[] {
  const multipleHeads =
    "Multiple heads are present; please specify the head revision on which the new revision should be based, " +
    "or perform a merge.";
  const parents = inWordsOf({ multipleHeads }, () => heads.flatMap((head) => resolveRevisions(graph, head)));
  if (new Set(parents).size !== parents.length) {
    throw new RevisionError("duplicate-head", "Duplicate head revisions specified", {
      hint: "Name each parent once.",
    });
  }
  return parents;
}

function requireHeads(parents: readonly GraphRevision[]): void {
  const parent = parents.find((candidate) => !candidate.isHead);
  if (parent !== undefined) {
    throw new RevisionError(
      "not-a-head",
      `Revision ${parent.revision} is not a head revision; please specify --splice to create a new branch from this revision`,
      { detail: `It is followed by ${parent.nextRevisions.join(", ")}.` },
    );
  }
}

function dependencyToWrite(graph: RevisionGraph, dependency: string): string {
  const revision = inWordsOf({}, () => findOne(graph, dependency));
  if (revision === undefined) {
    throw new RevisionError("invalid-target", `A revision cannot depend on '${dependency}'`, {
      hint: "Name a revision or a branch label.",
    });
  }
  return revision.labels.includes(dependency) ? dependency : revision.revision;
}

function requireFreeLabels(graph: RevisionGraph, revision: string, labels: readonly string[]): void {
  for (const [position, label] of labels.entries()) {
    const owner = graph.get(label) ?? graph.labelOwners.get(label);
    const isTwice = label === revision || labels.indexOf(label) < position;
    if (owner !== undefined || isTwice) {
      throw new RevisionError(
        "label-in-use",
        `Branch name '${label}' in revision ${revision} already used by revision ${owner?.revision ?? revision}`,
        { hint: "Choose another label; the revisions of a branch inherit its label." },
      );
    }
  }
}

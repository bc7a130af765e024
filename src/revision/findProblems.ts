import { append as appendTo, resolveDependency, type Links, type NodesById } from "./links";
import { longestStoredId, type ChainProblem } from "./problems";
import type { Revision } from "./revision";
import { replacementOf, type Squash } from "./squash";
import { illegalCharactersIn } from "./symbols";

/** What is wrong in a file by itself, in load order. */
export function findFileProblems(revisions: readonly Revision[]): readonly ChainProblem[] {
  const problems: ChainProblem[] = [];
  for (const revision of revisions) {
    append(problems, selfReferences(revision));
    append(problems, idProblems(revision));
  }
  return problems;
}

const none: readonly ChainProblem[] = [];

function append(problems: ChainProblem[], more: readonly ChainProblem[]): void {
  if (more.length > 0) {
    problems.push(...more);
  }
}

function selfReferences({ revision, path, downRevisions, dependsOn }: Revision): readonly ChainProblem[] {
  if (revision !== "" && downRevisions.includes(revision)) {
    return [{ kind: "self-loop", fatal: true, revision, path }];
  }
  return revision !== "" && dependsOn.includes(revision)
    ? [{ kind: "dependency-self-loop", fatal: true, revision, path, dependency: revision }]
    : none;
}

function idProblems({ revision, path }: Revision): readonly ChainProblem[] {
  if (revision === "") {
    return [{ kind: "empty-id", fatal: true, revision, path }];
  }
  const characters = illegalCharactersIn(revision);
  return characters.length > 0
    ? [{ kind: "illegal-characters", fatal: true, revision, path, characters }]
    : none;
}

/** Labels that a revision before, or an id, has taken. */
export function findLabelProblems({ nodes, labelOwners }: Links): readonly ChainProblem[] {
  const problems: ChainProblem[] = [];
  for (const node of nodes.values()) {
    const { revision, path, branchLabels } = node.revision;
    if (branchLabels.length === 0) {
      continue;
    }
    for (const [position, label] of branchLabels.entries()) {
      const usedBy = labelOwners.get(label)?.id;
      if (nodes.has(label)) {
        problems.push({ kind: "label-equals-revision", fatal: true, revision, path, label });
      } else if (usedBy !== undefined && (usedBy !== revision || branchLabels.indexOf(label) < position)) {
        problems.push({ kind: "duplicate-label", fatal: true, revision, path, label, usedBy });
      }
    }
  }
  return problems;
}

/** Parents and dependencies that are not there. */
export function findReferenceProblems(
  links: Links,
  squashes: ReadonlyMap<string, Squash>,
): readonly ChainProblem[] {
  const ofDependencies: ChainProblem[] = [];
  const ofParents: ChainProblem[] = [];
  for (const { id, revision, parents } of links.nodes.values()) {
    if (revision.dependsOn.length > 0) {
      ofDependencies.push(...dependencyProblems(revision, links, squashes));
    }
    if (parents.length === revision.downRevisions.length) {
      continue;
    }
    for (const missing of revision.downRevisions) {
      if (!links.nodes.has(missing)) {
        ofParents.push({
          kind: "missing-down-revision",
          fatal: true,
          revision: id,
          path: revision.path,
          missing,
          ...replacedBy(squashes, missing),
        });
      }
    }
  }
  return [...ofDependencies, ...ofParents];
}

function dependencyProblems(
  { revision, path, dependsOn }: Revision,
  { nodes, labelOwners }: Links,
  squashes: ReadonlyMap<string, Squash>,
): readonly ChainProblem[] {
  return dependsOn.flatMap((dependency): ChainProblem[] => {
    const resolved = resolveDependency(nodes, labelOwners, dependency);
    if (resolved.kind === "missing") {
      const candidates = resolved.candidates.map(({ id }) => id);
      return [
        {
          kind: "missing-dependency",
          fatal: true,
          revision,
          path,
          missing: dependency,
          candidates,
          ...replacedBy(squashes, dependency),
        },
      ];
    }
    return resolved.node.id === revision && dependency !== revision
      ? [{ kind: "dependency-self-loop", fatal: true, revision, path, dependency }]
      : [];
  });
}

function replacedBy(
  squashes: ReadonlyMap<string, Squash>,
  missing: string,
): { readonly replacedBy?: string } {
  const squash = replacementOf(squashes, missing);
  return squash === undefined ? {} : { replacedBy: squash.revision };
}

/** What shows only in the whole: files that claim one id, and what a user should know though it is no fault. */
export function findNotices(
  revisions: readonly Revision[],
  nodes: NodesById,
  heads: readonly string[],
): readonly ChainProblem[] {
  return [
    ...(nodes.size === revisions.length ? none : duplicates(revisions)),
    ...tooLongIds(revisions),
    // A broken link makes a head of what it should follow; merging that would be the wrong cure.
    ...(heads.length > 1 && isWhole(revisions, nodes)
      ? [{ kind: "multiple-heads", fatal: false, heads } as const]
      : none),
  ];
}

function isWhole(revisions: readonly Revision[], nodes: NodesById): boolean {
  return revisions.every(({ downRevisions }) => downRevisions.every((parent) => nodes.has(parent)));
}

function tooLongIds(revisions: readonly Revision[]): readonly ChainProblem[] {
  const problems: ChainProblem[] = [];
  for (const { revision, path } of revisions) {
    // Counted in characters, of which there are never more than UTF-16 units.
    const length = revision.length > longestStoredId ? [...revision].length : 0;
    if (length > longestStoredId) {
      problems.push({ kind: "id-too-long", fatal: false, revision, path, length });
    }
  }
  return problems;
}

function duplicates(revisions: readonly Revision[]): readonly ChainProblem[] {
  const paths = new Map<string, string[]>();
  for (const { revision, path } of revisions) {
    appendTo(paths, revision, path);
  }
  return [...paths].flatMap(([revision, all]): ChainProblem[] =>
    all.length > 1 ? [{ kind: "duplicate-revision", fatal: true, revision, paths: all }] : [],
  );
}

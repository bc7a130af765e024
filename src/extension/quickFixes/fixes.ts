import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import type { RevisionHeader } from "../../source/header";
import {
  addDowngrade,
  removeBranchLabel,
  setDependsOn,
  setDownRevision,
  setRevisionId,
} from "../../source/revisionEdits";
import type { TextEdit } from "../../source/textEdit";

/** One way to repair a problem in its file. */
export interface Fix {
  readonly kind:
    | "reparent"
    | "make-base"
    | "new-id"
    | "correct-comment"
    | "remove-dependency"
    | "remove-label"
    | "add-downgrade";
  /** What the title names: the parent, the label, … */
  readonly subject: string;
  readonly edits: readonly TextEdit[];
  readonly isPreferred: boolean;
}

export interface FixContext {
  readonly text: string;
  readonly header: RevisionHeader;
  readonly graph: RevisionGraph;
  /** An id that no revision has. */
  readonly newId: () => string;
}

/** The repairs of a problem that are edits of the file that shows it; the best first. */
export function fixesFor(located: LocatedProblem, context: FixContext): readonly Fix[] {
  const { text, header } = context;
  const { problem } = located;
  const fix = (kind: Fix["kind"], subject: string, edits: readonly TextEdit[], isPreferred = true): Fix => {
    return { kind, subject, edits, isPreferred };
  };
  switch (problem.kind) {
    case "missing-down-revision":
      return replaceParent(problem.missing, context);
    case "self-loop":
      return replaceParent(problem.revision, context);
    case "cycle":
      return cutCycle(located, context);
    case "duplicate-revision":
    case "empty-id":
    case "illegal-characters":
    case "id-too-long": {
      const id = context.newId();
      return [fix("new-id", id, setRevisionId(text, header, id))];
    }
    case "missing-dependency":
      return [fix("remove-dependency", problem.missing, withoutDependency(problem.missing, context))];
    case "dependency-self-loop":
      return [fix("remove-dependency", problem.dependency, withoutDependency(problem.dependency, context))];
    case "duplicate-label":
    case "label-equals-revision":
      return [fix("remove-label", problem.label, removeBranchLabel(text, header, problem.label))];
    case "multiple-heads":
      return problem.heads
        .filter((head) => head !== header.revision.value)
        .map((head) => fix("reparent", head, setDownRevision(text, header, [head]), false));
    case "comment-contradicts-revision":
    case "comment-contradicts-down-revision":
      return [fix("correct-comment", "", correctComment(header))];
    case "missing-downgrade":
      return [fix("add-downgrade", "", addDowngrade(text, header))];
    case "dependency-cycle":
    case "syntax-error":
    case "undecided-header":
    case "missing-upgrade":
    case "empty-downgrade":
    case "edited-after-applied":
      return [];
  }
}

/** Makes the id lines of the comment say what the code says. */
function correctComment({ documentedIds, revision, downRevision }: RevisionHeader): readonly TextEdit[] {
  const own = documentedIds.revision;
  const parents = documentedIds.downRevision;
  return [
    ...(own === undefined ? [] : [{ range: own.range, newText: revision.value }]),
    ...(parents === undefined
      ? []
      : [{ range: parents.range, newText: downRevision.values.map(({ value }) => value).join(", ") }]),
  ];
}

function replaceParent(missing: string, context: FixContext): readonly Fix[] {
  const { text, header } = context;
  const parents = header.downRevision.values.map(({ value }) => value);
  const replaced = (id: string): readonly string[] =>
    parents.includes(missing) ? parents.map((parent) => (parent === missing ? id : parent)) : [id];
  const candidates = parentCandidates(missing, context);
  const reparents = candidates.map((id, index): Fix => {
    return {
      kind: "reparent",
      subject: id,
      edits: setDownRevision(text, header, replaced(id)),
      isPreferred: index === 0,
    };
  });
  const rest = parents.filter((parent) => parent !== missing);
  const makeBase: Fix = {
    kind: "make-base",
    subject: "",
    edits: setDownRevision(text, header, rest),
    isPreferred: false,
  };
  return rest.length === 0 ? [...reparents, makeBase] : reparents;
}

/** The id that was meant, if one is near; then the heads that this revision has no part in. */
function parentCandidates(missing: string, { graph, header }: FixContext): readonly string[] {
  const own = header.revision.value;
  const above = descendants(graph, own);
  const possible = graph.revisions.filter(({ revision }) => !above.has(revision));
  const nearest = possible
    .map(({ revision }) => ({ revision, distance: editDistance(missing, revision) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(missing.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0]?.revision;
  const heads = possible.filter((revision) => isHeadBeside(revision, above)).map(({ revision }) => revision);
  return [...new Set(nearest === undefined ? heads : [nearest, ...heads])].slice(0, 5);
}

function isHeadBeside(revision: GraphRevision, above: ReadonlySet<string>): boolean {
  return revision.nextRevisions.every((next) => above.has(next));
}

function descendants(graph: RevisionGraph, revision: string): ReadonlySet<string> {
  const found = new Set([revision]);
  for (const id of found) {
    for (const next of graph.get(id)?.allNextRevisions ?? []) {
      found.add(next);
    }
  }
  return found;
}

function cutCycle(located: LocatedProblem, { text, header, graph }: FixContext): readonly Fix[] {
  const value = text.slice(located.range.start, located.range.end);
  const parents = header.downRevision.values.map((parent) => parent.value);
  const rest = parents.filter((parent) => parent !== value);
  if (rest.length > 0) {
    const edits = setDownRevision(text, header, rest);
    return [{ kind: "reparent", subject: rest.join(", "), edits, isPreferred: false }];
  }
  const isOnlyBase = graph.bases.length === 0;
  return [
    { kind: "make-base", subject: "", edits: setDownRevision(text, header, []), isPreferred: isOnlyBase },
  ];
}

function withoutDependency(dependency: string, { text, header }: FixContext): readonly TextEdit[] {
  const rest = header.dependsOn?.values.map(({ value }) => value).filter((value) => value !== dependency);
  return setDependsOn(text, header, rest ?? []);
}

/** Levenshtein's distance, with a swap of neighbours as one step. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const at = (di: number, dj: number): number => (di === 0 ? row : rows[i - di])?.[j - dj] ?? Infinity;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(1, 0) + 1,
          at(0, 1) + 1,
          at(1, 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
          isSwap ? at(2, 2) + 1 : Infinity,
        ),
      );
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

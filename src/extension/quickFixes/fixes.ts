import { editDistance } from "../../revision/editDistance";
import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { reachedIds } from "../../revision/lineage";
import { moveBranch } from "../../revision/moveBranch";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import type { RevisionHeader } from "../../source/header";
import { refuseDowngrade } from "../../source/refuseDowngrade";
import type { RevisionSource } from "../../source/renameRevision";
import {
  addDowngrade,
  removeBranchLabel,
  renameRevision,
  setDependsOn,
  setDownRevision,
  setRevisionId,
} from "../../source/revisionEdits";
import type { TextEdit } from "../../source/textEdit";

/** One way to repair a problem. */
export interface Fix {
  readonly kind:
    | "reparent"
    | "reparent-branch"
    | "make-base"
    | "cut-cycle"
    | "new-id"
    | "new-id-everywhere"
    | "correct-comment"
    | "add-dependency"
    | "remove-dependency"
    | "remove-label"
    | "add-downgrade"
    | "refuse-downgrade"
    | "try-operation";
  /** What the title names: the parent, the label, … */
  readonly subject: string;
  /** The first revision of a branch that is moved as a whole. */
  readonly branch?: string;
  /** By the files' paths. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly isPreferred: boolean;
}

export interface FixContext extends RevisionSource {
  readonly graph: RevisionGraph;
  /** All files of the folder that can be read. */
  readonly files: readonly RevisionSource[];
  /** An id that no revision has. */
  readonly newId: () => string;
}

/** The repairs of a problem that are edits of revision files; the best first. */
export function fixesFor(located: LocatedProblem, context: FixContext): readonly Fix[] {
  const { text, header } = context;
  const { problem } = located;
  const fix = (kind: Fix["kind"], subject: string, edits: readonly TextEdit[], isPreferred = true): Fix =>
    fixOf(context, kind, subject, edits, isPreferred);
  switch (problem.kind) {
    case "missing-down-revision":
      return replaceParent(problem.missing, context);
    case "self-loop":
      return replaceParent(problem.revision, context);
    case "cycle":
    case "dependency-cycle":
      return cutCycle(located, context);
    case "duplicate-revision":
      return giveNewId(problem.revision, context);
    case "empty-id":
    case "illegal-characters":
    case "id-too-long": {
      const id = context.newId();
      return [fix("new-id", id, setRevisionId(text, header, id))];
    }
    case "missing-dependency":
      return [
        ...dependencyCandidates(problem, context).map((id, place) =>
          fix("add-dependency", id, replaceDependency(problem.missing, id, context), place === 0),
        ),
        fix("remove-dependency", problem.missing, withoutDependency(problem.missing, context), false),
      ];
    case "dependency-self-loop":
      return [fix("remove-dependency", problem.dependency, withoutDependency(problem.dependency, context))];
    case "duplicate-label":
    case "label-equals-revision":
      return [fix("remove-label", problem.label, removeBranchLabel(text, header, problem.label))];
    case "multiple-heads":
      return problem.heads
        .filter((head) => head !== header.revision.value)
        .flatMap((head) => reparentBranch(head, context));
    case "comment-contradicts-revision":
    case "comment-contradicts-down-revision":
      return [fix("correct-comment", "", correctComment(header))];
    case "missing-downgrade":
      return [fix("add-downgrade", "", addDowngrade(text, header))];
    case "empty-downgrade": {
      const edits = refuseDowngrade(text, header);
      return edits.length === 0 ? [] : [fix("refuse-downgrade", "", edits, false)];
    }
    case "caught-operation":
      // A savepoint needs a transaction.
      return problem.tried.length === 0 || !header.isTransactional
        ? []
        : [fix("try-operation", problem.operation, problem.tried, false)];
    case "syntax-error":
    case "undecided-header":
    case "missing-upgrade":
    case "edited-after-applied":
      return [];
  }
}

function fixOf(
  { path }: FixContext,
  kind: Fix["kind"],
  subject: string,
  edits: readonly TextEdit[],
  isPreferred: boolean,
): Fix {
  return { kind, subject, edits: new Map([[path, edits]]), isPreferred };
}

/**
 * A new id for one of two files that have the same. The revisions that name the old id stay with the other file, or
 * come along: no file says which of the two was meant.
 */
function giveNewId(shared: string, context: FixContext): readonly Fix[] {
  const { path, text, header, files, graph } = context;
  const id = context.newId();
  const alone = fixOf(context, "new-id", id, setRevisionId(text, header, id), true);
  const others = files.filter((file) => file.path !== path && file.header.revision.value !== shared);
  const edits = renameRevision([context, ...others], shared, id);
  const parents = header.downRevision.values.map(({ value }) => value);
  const below = reachedIds(graph, parents, parentsOf);
  const isBelow = others.some((file) => edits.has(file.path) && below.has(file.header.revision.value));
  return edits.size < 2 || isBelow
    ? [alone]
    : [alone, { kind: "new-id-everywhere", subject: id, edits, isPreferred: false }];
}

/** Puts the branch of this file's head on another head, which is to change the parent of the branch's first revision. */
function reparentBranch(onto: string, context: FixContext): readonly Fix[] {
  const { graph, header, files } = context;
  const move = moveBranch(graph, header.revision.value, onto);
  const source =
    move.kind === "move"
      ? files.find((file) => file.header.revision.value === move.first.revision)
      : undefined;
  if (source === undefined) {
    return [];
  }
  const edits = setDownRevision(source.text, source.header, [onto]);
  const shared = { subject: onto, edits: new Map([[source.path, edits]]), isPreferred: false };
  return source.path === context.path
    ? [{ kind: "reparent", ...shared }]
    : [{ kind: "reparent-branch", branch: source.header.revision.value, ...shared }];
}

const parentsOf = ({ downRevisions }: GraphRevision): readonly string[] => downRevisions;

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
  const reparents = candidates.map((id, index) =>
    fixOf(context, "reparent", id, setDownRevision(text, header, replaced(id)), index === 0),
  );
  const rest = parents.filter((parent) => parent !== missing);
  return rest.length === 0
    ? [...reparents, fixOf(context, "make-base", "", setDownRevision(text, header, rest), false)]
    : reparents;
}

/** The id that was meant, if one is near; then the heads that this revision has no part in. */
function parentCandidates(missing: string, { graph, header }: FixContext): readonly string[] {
  const own = header.revision.value;
  const above = descendants(graph, own);
  const possible = graph.revisions.filter(({ revision }) => !above.has(revision));
  const nearest = nearestId(missing, possible);
  const heads = possible.filter((revision) => isHeadBeside(revision, above)).map(({ revision }) => revision);
  return [...new Set(nearest === undefined ? heads : [nearest, ...heads])].slice(0, 5);
}

function isHeadBeside(revision: GraphRevision, above: ReadonlySet<string>): boolean {
  return revision.nextRevisions.every((next) => above.has(next));
}

function descendants(graph: RevisionGraph, revision: string): ReadonlySet<string> {
  return reachedIds(graph, [revision], ({ allNextRevisions }) => allNextRevisions);
}

/** Takes the link that the problem marks out of the header: a parent, or a dependency. */
function cutCycle(located: LocatedProblem, context: FixContext): readonly Fix[] {
  const { text, header, graph } = context;
  const value = text.slice(located.range.start, located.range.end);
  const parents = header.downRevision.values.map((parent) => parent.value);
  if (!parents.includes(value)) {
    return [fixOf(context, "remove-dependency", value, withoutDependency(value, context), true)];
  }
  const rest = parents.filter((parent) => parent !== value);
  const isOnlyBase = rest.length === 0 && graph.bases.length === 0;
  return [fixOf(context, "cut-cycle", value, setDownRevision(text, header, rest), isOnlyBase)];
}

function withoutDependency(dependency: string, { text, header }: FixContext): readonly TextEdit[] {
  const rest = header.dependsOn?.values.map(({ value }) => value).filter((value) => value !== dependency);
  return setDependsOn(text, header, rest ?? []);
}

/** The revisions that a partial id may mean, or the one whose id is near. */
function dependencyCandidates(
  problem: Extract<LocatedProblem["problem"], { kind: "missing-dependency" }>,
  { graph, header }: FixContext,
): readonly string[] {
  const above = descendants(graph, header.revision.value);
  const possible = graph.revisions.filter(({ revision }) => !above.has(revision));
  const nearest = nearestId(problem.missing, possible);
  return problem.candidates.length > 0 || nearest === undefined
    ? problem.candidates.filter((id) => !above.has(id)).slice(0, 5)
    : [nearest];
}

function replaceDependency(missing: string, id: string, { text, header }: FixContext): readonly TextEdit[] {
  const ids = header.dependsOn?.values.map(({ value }) => (value === missing ? id : value)) ?? [];
  return setDependsOn(text, header, [...new Set(ids)]);
}

/** The id that a mistyped one was meant to be, where there is one that differs by little. */
function nearestId(mistyped: string, revisions: readonly GraphRevision[]): string | undefined {
  return revisions
    .map(({ revision }) => ({ revision, distance: editDistance(mistyped, revision) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(mistyped.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0]?.revision;
}

import { cannotLocate, inWordsOf, MultipleHeadsError, RevisionError, walkedTooFar } from "./errors";
import type { GraphRevision, RevisionGraph } from "./graph";
import { relatives, type Relation } from "./lineage";
import { squashedIdOf } from "./squash";
import { parseStepsDown, splitBranch } from "./symbols";

/** Where a symbol leads: a revision, the base before the first one, or past an end of the graph. */
export type Position = GraphRevision | "base" | undefined;

const partialIdAdvice = "Use the whole ID, or more of it; `alembic-ts history` lists the revisions.";

/** What a symbol stands for before ids are looked up: ids (whole or partial) or labels, and the branch to be on. */
export interface NamedRevisions {
  readonly ids: readonly string[];
  readonly branch: string | undefined;
}

/** Turns `head`, `heads`, `base` and `label@…` into ids; leaves other names as they are. */
function expandSymbol(graph: RevisionGraph, text: string): NamedRevisions {
  const { branch, symbol } = splitBranch(text);
  switch (symbol) {
    case "heads":
      return { ids: branch ? idsOnBranch(graph, graph.heads, branch) : graph.realHeads, branch };
    case "head": {
      const heads = branch ? idsOnBranch(graph, graph.heads, branch) : graph.heads;
      if (heads.length > 1) {
        throw new MultipleHeadsError(branch ? `${branch}@head` : "head", heads);
      }
      return { ids: heads, branch };
    }
    case "base":
      return { ids: [], branch };
    default:
      return { ids: [symbol], branch };
  }
}

function idsOnBranch(graph: RevisionGraph, ids: readonly string[], branch: string): readonly string[] {
  return onBranch(graph, ids, branch, "lineage").map((revision) => revision.revision);
}

/**
 * Those of `targets` that are ancestors or descendants of what `branch` names. A branch is only looked up where
 * there is a target to compare it with.
 */
export function onBranch(
  graph: RevisionGraph,
  targets: readonly (GraphRevision | string)[],
  branch: string,
  relation: Relation,
): readonly GraphRevision[] {
  const expanded = expandSymbol(graph, branch);
  const names = [...(expanded.branch ? [expanded.branch] : []), ...expanded.ids];
  let family: ReadonlySet<GraphRevision> | undefined;
  const members: GraphRevision[] = [];
  for (const target of targets) {
    const revision = typeof target === "string" ? findRevision(graph, target, undefined) : target;
    family ??= relatives(
      graph,
      names.map((name) => findRevision(graph, name, undefined)),
      relation,
    );
    if (names.length === 0 || family.has(revision)) {
      members.push(revision);
    }
  }
  return members;
}

/** The revision of an id, a label or the unambiguous beginning of one; with a branch, only if it is on that. */
export function findRevision(graph: RevisionGraph, name: string, branch: string | undefined): GraphRevision {
  const branchRevision = branch ? findBranch(graph, branch) : undefined;
  const revision = graph.get(name) ?? graph.labelOwners.get(name) ?? findPartial(graph, name, branch);
  if (branchRevision !== undefined && !relatives(graph, [branchRevision], "lineage").has(revision)) {
    throw cannotLocate(
      "not-on-branch",
      name,
      `Revision ${revision.revision} is not a member of branch '${branch}'.`,
      `Leave out '${branch}@', or name a revision of that branch.`,
    );
  }
  return revision;
}

/** The revision that a label, or an id in front of `@`, stands for. */
export function findBranch(graph: RevisionGraph, branch: string): GraphRevision {
  const known = graph.get(branch) ?? graph.labelOwners.get(branch);
  if (known !== undefined) {
    return known;
  }
  try {
    return findRevision(graph, branch, undefined);
  } catch (error) {
    if (error instanceof RevisionError) {
      throw cannotLocate(
        "unknown-branch",
        branch,
        `No such branch: '${branch}'.`,
        `Labels in use: ${[...graph.labelOwners.keys()].join(", ") || "none"}.`,
      );
    }
    throw error;
  }
}

/** Alembic takes a beginning of any length, but only of names with more than three characters. */
function findPartial(graph: RevisionGraph, name: string, branch: string | undefined): GraphRevision {
  const matches = (candidate: string): boolean =>
    name !== "" && [...candidate].length > 3 && candidate.startsWith(name);
  const names = [
    ...graph.revisions.map((revision) => revision.revision).filter(matches),
    ...[...graph.labelOwners.keys()].filter(matches),
  ];
  const found = branch
    ? names.filter((candidate) => onBranch(graph, [candidate], branch, "lineage").length > 0)
    : names;
  const [only, ...others] = found;
  if (only === undefined) {
    const squashed = squashedIdOf(graph, name);
    throw cannotLocate(
      "unknown-revision",
      name,
      `No such revision or branch '${name}'.`,
      squashed === undefined ? unknownAdvice(name) : squashedAdvice(graph, squashed),
    );
  }
  if (others.length > 0) {
    const some = found.slice(0, 3).map((candidate) => `'${candidate}'`);
    throw cannotLocate(
      "ambiguous-revision",
      name,
      `Multiple revisions start with '${name}': ${some.join(", ")}${found.length > 3 ? ", ..." : ""}.`,
      partialIdAdvice,
    );
  }
  return findRevision(graph, only, undefined);
}

function squashedAdvice({ squashes }: RevisionGraph, squashed: string): string {
  return `Revision ${squashed} was squashed into ${String(squashes.get(squashed)?.revision)}. Name that one.`;
}

function unknownAdvice(name: string): string {
  return name.length < 4
    ? `Please ensure at least four characters are present for partial revision identifier matches. ${partialIdAdvice}`
    : "Check the spelling with `alembic-ts history`. If the database names this revision, its file is not here: " +
        "it may be on another git branch, or deleted.";
}

/** As Alembic's `get_revisions`: also positions past the end, which only some callers can use. */
export function findPositions(graph: RevisionGraph, text: string): readonly Position[] {
  const { ids, branch } = expandSymbol(graph, text);
  const [only, ...others] = ids;
  const steps = only !== undefined && others.length === 0 ? parseStepsDown(only) : undefined;
  if (steps !== undefined) {
    return graph.realHeads
      .flatMap((id) => graph.get(id) ?? [])
      .filter((head) => branch === undefined || head.labels.includes(branch))
      .map((head) => walk(graph, head, steps, {}));
  }
  return ids.map((id) => findRevision(graph, id, branch));
}

/** As Alembic's `get_revision`: exactly one revision, or undefined for base. */
export function findOne(graph: RevisionGraph, text: string): GraphRevision | undefined {
  const { ids, branch } = expandSymbol(graph, text);
  if (ids.length > 1) {
    throw new MultipleHeadsError(text, ids);
  }
  const [id] = ids;
  if (id !== undefined) {
    return findRevision(graph, id, branch);
  }
  if (branch) {
    findBranch(graph, branch);
  }
  return undefined;
}

interface WalkOptions {
  /** When a walk up meets a fork, take the way on this branch. */
  readonly branch?: string | undefined;
  /** Stay at the last revision instead of giving undefined when there are too many steps. */
  readonly stopAtEnd?: boolean;
}

/**
 * The position so many steps up (above 0) or down from a start, where undefined is the base for a walk up and, as in
 * Alembic, the head for a walk down. Undefined: there are not so many steps. Throws where the way forks.
 */
export function walk(graph: RevisionGraph, start: Position, steps: number, options: WalkOptions): Position {
  let position = start;
  for (let left = Math.abs(steps); left > 0; left -= 1) {
    const ways = steps > 0 ? waysUp(graph, position, options.branch) : waysDown(graph, position);
    if (ways.length > 1) {
      throw new RevisionError("ambiguous-walk", "Ambiguous walk", {
        detail: `The way from ${describePosition(position)} leads to ${ways.map(describePosition).join(", ")}.`,
        hint: "Name the target revision.",
      });
    }
    const [way] = ways;
    if (way === undefined) {
      return options.stopAtEnd === true ? position : undefined;
    }
    position = way;
  }
  return position;
}

function waysUp(
  graph: RevisionGraph,
  position: Position,
  branch: string | undefined,
): readonly GraphRevision[] {
  if (position === "base") {
    throw walkedTooFar("base");
  }
  const ids = position === undefined ? graph.bases : position.nextRevisions;
  const ways = ids.flatMap((id) => graph.get(id) ?? []);
  return branch ? onBranch(graph, ways, branch, "lineage") : ways;
}

function waysDown(graph: RevisionGraph, position: Position): readonly (GraphRevision | "base")[] {
  if (position === "base") {
    return [];
  }
  const ids = position === undefined ? graph.heads : position.downRevisions;
  return ids.length === 0 ? ["base"] : ids.flatMap((id) => graph.get(id) ?? []);
}

function describePosition(position: Position): string {
  return typeof position === "object" ? position.revision : "base";
}

/**
 * The revisions that a symbol names: an id or the beginning of one, a label, `head`, `heads`, `label@head`, `-1`
 * (down from the heads), `current`; none for `base`. Throws a RevisionError where it names nothing, or too much.
 */
export function resolveRevisions(
  graph: RevisionGraph,
  symbol: string,
  databaseHeads: readonly string[] = [],
): readonly GraphRevision[] {
  if (symbol === "current") {
    return databaseHeads.map((row) => findRevision(graph, row, undefined));
  }
  return findPositions(graph, symbol).flatMap((position) => {
    if (position === undefined) {
      throw walkedTooFar(symbol);
    }
    return position === "base" ? [] : [position];
  });
}

/** The one revision that a symbol names; undefined for `base`. Throws a RevisionError where there are several. */
export function resolveRevision(
  graph: RevisionGraph,
  symbol: string,
  databaseHeads: readonly string[] = [],
): GraphRevision | undefined {
  if (symbol !== "current") {
    return findOne(graph, symbol);
  }
  const [current, ...others] = resolveRevisions(graph, symbol, databaseHeads);
  if (others.length > 0) {
    throw new MultipleHeadsError(symbol, databaseHeads);
  }
  return current;
}

/** The single head; undefined in an empty graph. Throws where there are several. */
export function requireSingleHead(graph: RevisionGraph): GraphRevision | undefined {
  const multipleHeads =
    "The script directory has multiple heads (due to branching).Please use get_heads(), or merge the branches " +
    "using alembic merge.";
  return inWordsOf({ multipleHeads }, () => findOne(graph, "head"));
}

/** The single base; undefined in an empty graph. Throws where there are several. */
export function requireSingleBase(graph: RevisionGraph): GraphRevision | undefined {
  const [base, ...others] = graph.bases;
  if (others.length > 0) {
    throw new RevisionError(
      "multiple-bases",
      "The script directory has multiple bases. Please use get_bases().",
      { detail: `The bases are ${graph.bases.join(", ")}.` },
    );
  }
  return base === undefined ? undefined : graph.get(base);
}

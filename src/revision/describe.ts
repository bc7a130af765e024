import type { GraphRevision, RevisionGraph } from "./graph";

/** What a line says beside the id; Alembic's commands differ in it. */
export interface DescribeOptions {
  /** Parents and dependencies in front: `a (dep) -> b`. */
  readonly withParents?: boolean;
  readonly withLabels?: boolean;
  readonly withMessage?: boolean;
  /** Marks `(branchpoint)` and `(mergepoint)`. */
  readonly withJunctions?: boolean;
  /** Marks heads that another revision depends on `(effective head)`; true where not given. */
  readonly withEffectiveHeads?: boolean;
  /** Ids that are marked `(current)`. */
  readonly currentRevisions?: ReadonlySet<string>;
}

/** What a line of `heads` says. */
export const headsLine: DescribeOptions = { withLabels: true };

/** What a line of `current` says. */
export const currentLine: DescribeOptions = { withJunctions: true };

/** What a line of `history` says. */
export const historyLine: DescribeOptions = {
  withParents: true,
  withLabels: true,
  withMessage: true,
  withJunctions: true,
};

/** One line about a revision, as `heads`, `current` and `history` print it. */
export function describeRevision(
  _graph: RevisionGraph,
  revision: GraphRevision,
  options: DescribeOptions,
): string {
  const { withParents, withLabels, withMessage, withJunctions, withEffectiveHeads = true } = options;
  const dependencies = revision.dependsOn.length > 0 ? ` (${revision.dependsOn.join(", ")})` : "";
  return (
    (withParents ? `${describeParents(revision)}${dependencies} -> ` : "") +
    revision.revision +
    (withLabels && revision.labels.length > 0 ? ` (${revision.labels.join(", ")})` : "") +
    (revision.isRealHead ? " (head)" : "") +
    (withEffectiveHeads && revision.isHead && !revision.isRealHead ? " (effective head)" : "") +
    (options.currentRevisions?.has(revision.revision) ? " (current)" : "") +
    (withJunctions && revision.isBranchPoint ? " (branchpoint)" : "") +
    (withJunctions && revision.isMergePoint ? " (mergepoint)" : "") +
    (withJunctions && revision.replaces !== undefined
      ? ` (squash of ${String(revision.replaces.length)})`
      : "") +
    (withMessage ? describeMessage(revision) : "")
  );
}

/** Of a Python file, its docstring's first paragraph, and Alembic's comma where it has none. */
function describeMessage({ path, message, doc }: GraphRevision): string {
  if (path.endsWith(".py")) {
    return `, ${doc.split("\n\n", 1)[0] ?? ""}`;
  }
  return message === "" ? "" : `, ${message}`;
}

function describeParents({ downRevisions }: GraphRevision): string {
  const [first] = downRevisions;
  return (downRevisions.length === 1 ? first : downRevisions.join(", ")) || "<base>";
}

/** The text of `-v` and of `show`: several lines, the last one ended, so that printing it leaves an empty line. */
export function describeRevisionVerbose(
  _graph: RevisionGraph,
  revision: GraphRevision,
  options: Pick<DescribeOptions, "currentRevisions"> = {},
): string {
  const marks = [
    revision.isHead ? " (head)" : "",
    revision.isBranchPoint ? " (branchpoint)" : "",
    revision.isMergePoint ? " (mergepoint)" : "",
    options.currentRevisions?.has(revision.revision) ? " (current)" : "",
  ];
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["Also depends on", revision.dependsOn],
    ["Branches into", revision.isBranchPoint ? revision.nextRevisions.toSorted() : []],
    ["Branch names", revision.labels],
    ["Replaces", revision.replaces ?? []],
  ];
  return [
    `Rev: ${revision.revision}${marks.join("")}`,
    `${revision.isMergePoint ? "Merges" : "Parent"}: ${describeParents(revision)}`,
    ...lists
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => `${name}: ${values.join(", ")}`),
    `Path: ${revision.path}`,
    "",
    ...indented(revision),
    "",
  ].join("\n");
}

/** Nothing at all where a Python file has no docstring. */
function indented({ path, doc }: GraphRevision): readonly string[] {
  return path.endsWith(".py") && doc === "" ? [""] : doc.split(/\r\n|[\r\n]/).map((line) => `    ${line}`);
}

/** What a step's line tells. */
export interface DescribedStep {
  readonly kind: "upgrade" | "downgrade" | "stamp";
  /** The revision's, empty for a stamp. */
  readonly message: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** `Running upgrade a -> b, message`, as Alembic's log says it. */
export function describeStep({ kind, message, from, to }: DescribedStep): string {
  const name = kind === "stamp" ? "stamp_revision" : kind;
  return `Running ${name} ${from.join(", ")} -> ${to.join(", ")}${message === "" ? "" : `, ${message}`}`;
}

/** What `branches` prints for a branch point: several lines, its children sorted by id, the last one ended. */
export function describeBranches(graph: RevisionGraph, revision: GraphRevision, verbose = false): string {
  const indent = " ".repeat([...revision.revision].length);
  const options = { withLabels: true, withJunctions: true };
  const children = revision.nextRevisions
    .toSorted()
    .flatMap((id) => graph.get(id) ?? [])
    .map((child) => `${indent} -> ${describeRevision(graph, child, { ...options, withMessage: verbose })}`);
  return [describeEntry(graph, revision, verbose, options), ...children, ""].join("\n");
}

function describeEntry(
  graph: RevisionGraph,
  revision: GraphRevision,
  verbose: boolean,
  options: DescribeOptions,
): string {
  return verbose
    ? describeRevisionVerbose(graph, revision, options)
    : describeRevision(graph, revision, options);
}

import { currentRevisions } from "./current";
import type { GraphRevision, RevisionGraph } from "./graph";
import { walkRevisions } from "./history";
import type { MigrationStep } from "./plan";
import { resolveRevisions } from "./resolve";

/** What a line says beside the id; Alembic's commands differ in it. */
export interface DescribeOptions {
  /** Parents and dependencies in front: `a (dep) -> b`. */
  readonly includeParents?: boolean;
  readonly includeLabels?: boolean;
  readonly includeMessage?: boolean;
  /** Marks `(branchpoint)` and `(mergepoint)`. */
  readonly includeJunctions?: boolean;
  /** Ids that are marked `(current)`. */
  readonly current?: ReadonlySet<string>;
}

const historyLine = {
  includeParents: true,
  includeLabels: true,
  includeMessage: true,
  includeJunctions: true,
};

/** One line about a revision, as `heads`, `current` and `history` print it. */
export function describeRevision(
  _graph: RevisionGraph,
  revision: GraphRevision,
  options: DescribeOptions,
): string {
  const { includeParents, includeLabels, includeMessage, includeJunctions, current } = options;
  const dependencies = revision.dependsOn.length > 0 ? ` (${revision.dependsOn.join(", ")})` : "";
  return [
    includeParents ? `${describeParents(revision)}${dependencies} -> ` : "",
    revision.revision,
    includeLabels && revision.labels.length > 0 ? ` (${revision.labels.join(", ")})` : "",
    revision.isRealHead ? " (head)" : "",
    revision.isHead && !revision.isRealHead ? " (effective head)" : "",
    current?.has(revision.revision) ? " (current)" : "",
    includeJunctions && revision.isBranchPoint ? " (branchpoint)" : "",
    includeJunctions && revision.isMergePoint ? " (mergepoint)" : "",
    includeMessage && revision.message !== "" ? `, ${revision.message}` : "",
  ].join("");
}

function describeParents(revision: GraphRevision): string {
  return revision.downRevisions.join(", ") || "<base>";
}

/** The text of `-v` and of `show`: several lines, the last one ended, so that printing it leaves an empty line. */
export function describeRevisionVerbose(
  _graph: RevisionGraph,
  revision: GraphRevision,
  options: Pick<DescribeOptions, "current"> = {},
): string {
  const marks = [
    revision.isHead ? " (head)" : "",
    revision.isBranchPoint ? " (branchpoint)" : "",
    revision.isMergePoint ? " (mergepoint)" : "",
    options.current?.has(revision.revision) ? " (current)" : "",
  ];
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["Also depends on", revision.dependsOn],
    ["Branches into", revision.isBranchPoint ? revision.nextRevisions.toSorted() : []],
    ["Branch names", revision.labels],
  ];
  return [
    `Rev: ${revision.revision}${marks.join("")}`,
    `${revision.isMergePoint ? "Merges" : "Parent"}: ${describeParents(revision)}`,
    ...lists
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => `${name}: ${values.join(", ")}`),
    `Path: ${revision.path}`,
    "",
    ...revision.doc.split(/\r\n|[\r\n]/).map((line) => `    ${line}`),
    "",
  ].join("\n");
}

/** `Running upgrade a -> b, message`, as the log has it. */
export function describeStep(step: MigrationStep): string {
  const name = step.kind === "stamp" ? "stamp_revision" : step.kind;
  const message = step.kind === "stamp" ? "" : (step.revision?.message ?? "");
  return `Running ${name} ${step.from.join(", ")} -> ${step.to.join(", ")}${message === "" ? "" : `, ${message}`}`;
}

interface Verbosity {
  readonly verbose?: boolean;
}

/** What `heads` prints, one entry per head; with `resolveDependencies` only heads that nothing depends on. */
export function describeHeads(
  graph: RevisionGraph,
  { verbose = false, resolveDependencies = false }: Verbosity & { readonly resolveDependencies?: boolean },
): readonly string[] {
  const ids = resolveDependencies ? graph.realHeads : graph.heads;
  return ids
    .flatMap((id) => graph.get(id) ?? [])
    .map((revision) => describeEntry(graph, revision, verbose, { includeLabels: true }));
}

/** What `current` prints for these version rows, one entry per revision, sorted by id. */
export function describeCurrent(
  graph: RevisionGraph,
  databaseHeads: readonly string[],
  { verbose = false }: Verbosity,
): readonly string[] {
  return currentRevisions(graph, databaseHeads).map(({ revision }) =>
    describeEntry(graph, revision, verbose, { includeJunctions: true }),
  );
}

/** What `history` prints for these revisions, one entry each. */
export function describeHistory(
  graph: RevisionGraph,
  revisions: readonly GraphRevision[],
  { verbose = false, current }: Verbosity & { readonly current?: ReadonlySet<string> },
): readonly string[] {
  const marks = current === undefined ? {} : { current };
  return revisions.map((revision) => describeEntry(graph, revision, verbose, { ...historyLine, ...marks }));
}

/** What `branches` prints: an entry of several lines for each branch point, its children sorted by id. */
export function describeBranches(graph: RevisionGraph, { verbose = false }: Verbosity): readonly string[] {
  return walkRevisions(graph, "base", "heads")
    .filter((revision) => revision.isBranchPoint)
    .map((revision) => {
      const indent = " ".repeat([...revision.revision].length);
      const children = revision.nextRevisions
        .toSorted()
        .flatMap((id) => graph.get(id) ?? [])
        .map((child) => {
          const options = { includeLabels: true, includeJunctions: true, includeMessage: verbose };
          return `${indent} -> ${describeRevision(graph, child, options)}`;
        });
      const entry = describeEntry(graph, revision, verbose, { includeLabels: true, includeJunctions: true });
      return [entry, ...children, ""].join("\n");
    });
}

/** What `show` prints for a symbol, one entry for each revision that it names. */
export function describeShown(
  graph: RevisionGraph,
  symbol: string,
  databaseHeads: readonly string[],
): readonly string[] {
  return resolveRevisions(graph, symbol, databaseHeads).map((revision) =>
    describeRevisionVerbose(graph, revision),
  );
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

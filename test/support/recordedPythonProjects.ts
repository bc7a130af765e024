import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

type WrittenRevision = readonly [
  id: string,
  parents: readonly string[],
  labels: readonly string[],
  dependencies: readonly string[],
  doc: string | null,
];

export type Listing =
  "history" | "historyVerbose" | "heads" | "headsVerbose" | "branches" | "branchesVerbose" | "show";

/** A project of which Alembic's listings are recorded: see test/oracle/README.md. */
export interface RecordedProject extends Readonly<Record<Listing, string>> {
  readonly seed: number;
  readonly files: readonly RevisionText[];
  /** The revision of `show`. */
  readonly shown: string;
}

/** The name and the text of a revision file. */
export interface RevisionText {
  readonly path: string;
  readonly text: string;
}

export const listingNames: readonly Listing[] = [
  "history",
  "historyVerbose",
  "heads",
  "headsVerbose",
  "branches",
  "branchesVerbose",
  "show",
];

interface Recorded {
  readonly projects: readonly (Readonly<Record<Listing, string>> & {
    readonly seed: number;
    readonly revisions: readonly WrittenRevision[];
  })[];
  readonly unordered: readonly {
    readonly seed: number;
    readonly revisions: readonly WrittenRevision[];
    readonly histories: readonly string[];
  }[];
}

function recorded(): Recorded {
  const file = join(__dirname, "..", "oracle", "python", "listings.json.gz");
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Recorded;
}

export function recordedProjects(): readonly RecordedProject[] {
  return recorded().projects.map((project) => ({
    ...project,
    files: filesOf(project.revisions),
    shown: project.revisions[100]?.[0] ?? "",
  }));
}

/** A project whose order of history changes with the hash seed of Python, with all histories that were seen. */
export interface UnorderedProject {
  readonly seed: number;
  readonly files: readonly RevisionText[];
  readonly histories: readonly string[];
}

export function unorderedProjects(): readonly UnorderedProject[] {
  return recorded().unordered.map((project) => ({ ...project, files: filesOf(project.revisions) }));
}

/** Sorted by their names, as files are loaded. */
function filesOf(revisions: readonly WrittenRevision[]): readonly RevisionText[] {
  const files = revisions.map((revision) => ({ path: `${revision[0]}.py`, text: pythonText(revision) }));
  return files.sort((left, right) => (left.path < right.path ? -1 : 1));
}

function pythonText([id, parents, labels, dependencies, doc]: WrittenRevision): string {
  return [
    ...(doc === null ? [] : [`"""${doc}"""`]),
    "from alembic import op",
    "",
    `revision = '${id}'`,
    `down_revision = ${pythonValue(parents)}`,
    `branch_labels = ${pythonValue(labels)}`,
    `depends_on = ${pythonValue(dependencies)}`,
    "",
  ].join("\n");
}

function pythonValue(values: readonly string[]): string {
  const [only] = values.map((value) => `'${value}'`);
  return values.length > 1 ? `(${values.map((value) => `'${value}'`).join(", ")})` : (only ?? "None");
}

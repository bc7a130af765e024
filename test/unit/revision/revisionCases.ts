import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Revision } from "../../../src/revision/revision";

type Names = string | readonly string[] | null;

interface RecordedRevision {
  readonly revision: string;
  readonly down_revision: Names;
  readonly branch_labels: Names;
  readonly depends_on: Names;
}

export interface RecordedError {
  readonly class: string;
  readonly message: string;
}

export interface RecordedCase {
  readonly id: number;
  readonly graph: string;
  readonly op: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output?: unknown;
  readonly error?: RecordedError;
  readonly warnings?: readonly string[];
  readonly stable: boolean;
  readonly upstream_crash?: boolean;
  readonly corrupt_db_state?: boolean;
}

interface RecordedCases {
  readonly graphs: Readonly<Record<string, readonly RecordedRevision[]>>;
  readonly cases: readonly RecordedCase[];
}

/** Cases and graphs that were recorded from Alembic; see test/oracle/README.md. */
export function readRevisionCases(): {
  readonly cases: readonly RecordedCase[];
  readonly graphs: ReadonlyMap<string, readonly Revision[]>;
} {
  const file = process.env["REVISION_CASES"] ?? join(__dirname, "../../oracle/revision-cases.json");
  const { cases, graphs } = JSON.parse(readFileSync(file, "utf8")) as RecordedCases;
  return {
    cases,
    graphs: new Map(Object.entries(graphs).map(([name, list]) => [name, list.map(toRevision)])),
  };
}

function toRevision(recorded: RecordedRevision): Revision {
  return {
    revision: recorded.revision,
    downRevisions: names(recorded.down_revision),
    branchLabels: names(recorded.branch_labels),
    dependsOn: names(recorded.depends_on),
    message: `doc of ${recorded.revision}`,
    doc: `doc of ${recorded.revision}`,
    path: `${recorded.revision}.ts`,
  };
}

/** One name, several, or none, as Alembic writes them. */
export function names(value: unknown): readonly string[] {
  if (value === null || value === undefined) {
    return [];
  }
  return typeof value === "string" ? [value] : (value as readonly string[]);
}

import type { StatusResult } from "../context/commandTable";
import type { GraphRevision } from "../revision/graph";

/**
 * The picture that `status` prints: the revisions, oldest first, each with its state in words, then a summary.
 * Rows that no file knows are named first, since no command can go on from them.
 */
export function describeStatus(revisions: readonly GraphRevision[], status: StatusResult): string {
  const applied = new Set(status.applied);
  const uncertain = new Set(status.uncertain);
  const current = new Set(status.rows);
  const width = Math.max(0, ...revisions.map((revision) => revision.revision.length));
  const lines = revisions.map((revision) => {
    const state = applied.has(revision.revision)
      ? "applied"
      : uncertain.has(revision.revision)
        ? "unknown"
        : "pending";
    const marks = [
      ...(revision.isHead ? ["(head)"] : []),
      ...(current.has(revision.revision) ? ["(current)"] : []),
    ];
    return [state, revision.revision.padEnd(width), revision.message, ...marks].join("  ").trimEnd();
  });
  return [
    `Database: ${status.database.name}`,
    ...status.unknownRows.map((row) => `The database is at ${row}, which no revision here has.`),
    ...lines,
    [
      `${String(status.applied.length)} applied`,
      `${String(status.pending.length)} pending`,
      ...(uncertain.size > 0 ? [`${String(uncertain.size)} unknown`] : []),
    ].join(", "),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

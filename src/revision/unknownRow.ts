import { RevisionError } from "./errors";
import type { RevisionGraph } from "./graph";
import { replacementOf } from "./squash";

/** A row of the version table names no revision of the graph. The message is Alembic's. */
export class UnknownRowError extends RevisionError {
  constructor(
    /** The row. */
    readonly row: string,
    error: RevisionError,
    /** The id of the squashed revision that stands for it. */
    replacedBy: string | undefined,
  ) {
    super(
      error.code,
      error.message,
      replacedBy === undefined
        ? {
            detail: `The database is at ${row}, which no revision here has.`,
            hint: "Its file may be on another Git branch, or deleted: restore it. Or set the version table with `alembic-ts stamp --purge`.",
          }
        : {
            detail: `The database is at ${row}, which was squashed into ${replacedBy}: it has some of the replaced revisions and not all, and their files are no longer all here.`,
            hint: `Check out a commit that has the old files, run \`alembic-ts upgrade ${replacedBy}\` there, then continue here.`,
          },
    );
  }
}

/** Looks at revisions from the rows of a version table: where one of them is what can't be found, the error says so. */
export function fromRows<Result>(graph: RevisionGraph, rows: readonly string[], look: () => Result): Result {
  try {
    return look();
  } catch (error) {
    const row =
      error instanceof RevisionError && error.code === "unknown-revision"
        ? rows.find((candidate) => candidate === error.identifier && graph.get(candidate) === undefined)
        : undefined;
    throw row === undefined
      ? error
      : new UnknownRowError(row, error as RevisionError, replacementOf(graph.squashes, row)?.revision);
  }
}

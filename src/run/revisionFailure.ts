import { DatabaseError } from "../database/databaseError";
import type { CallSite } from "../operations/callSite";
import { OperationError } from "../operations/operationError";
import type { MigrationContext } from "../project/migration";
import { failureHint, serverHintOf } from "./failureHint";
import { MigrationError, type SourceLocation } from "./migrationError";
import { placeInFile } from "./placeInFile";

/** What is told of a revision that failed. */
export interface FailedRevision {
  readonly revision: string;
  /** Its file, which the failure is placed in. */
  readonly path: string;
  readonly mapToSource: (path: string) => void;
  readonly context: Pick<MigrationContext, "direction">;
}

/** Where a call stands in the revision's file; undefined where the call came from elsewhere. */
export function locate(site: CallSite, { path, mapToSource }: FailedRevision): SourceLocation | undefined {
  mapToSource(path);
  return placeInFile(site, path);
}

function placed(error: MigrationError, site: CallSite, run: FailedRevision): MigrationError {
  return new MigrationError(error.code, error.message, {
    ...error,
    cause: error.cause,
    location: locate(site, run),
  });
}

/** For a revision that was told of a failure and went on as if there had been none. */
export function withAdvice(error: Error): Error {
  if (!(error instanceof MigrationError)) {
    return error;
  }
  const advice =
    "The revision continued after this failure, but the transaction was already lost: a `catch` cannot prevent that. To tolerate the failure, call the operation in `await op.try(async () => { … })`.";
  return new MigrationError(error.code, error.message, {
    ...error,
    cause: error,
    hint: error.hint === undefined ? advice : `${error.hint} ${advice}`,
  });
}

/** A failure with the place in the revision's file, the SQL and the server's own words. */
export function revisionFailure(error: unknown, failedAt: CallSite | undefined, run: FailedRevision): Error {
  if (error instanceof MigrationError) {
    return error.location === undefined
      ? placed(error, failedAt ?? { stack: error.stack ?? "" }, run)
      : error;
  }
  if (error instanceof DatabaseError && error.code === "cancelled") {
    return error;
  }
  run.mapToSource(run.path);
  const called = error instanceof OperationError ? error.callSite : undefined;
  const site = failedAt ?? called ?? { stack: error instanceof Error ? (error.stack ?? "") : "" };
  const location = locate(site, run);
  const message = error instanceof Error ? error.message : String(error);
  const common = {
    revision: run.revision,
    location: location ?? { path: run.path, line: 1, column: 1 },
    cause: error,
  };
  const headline = `Revision ${run.revision} failed in ${run.context.direction}(): ${message}`;
  if (error instanceof DatabaseError) {
    return new MigrationError("revision-failed", headline, {
      ...common,
      sql: error.sql,
      sqlState: error.sqlState,
      serverDetail: error.detail,
      serverHint: serverHintOf(error),
      hint: failureHint(error),
    });
  }
  const hint: unknown = error instanceof Error ? Reflect.get(error, "hint") : undefined;
  return new MigrationError("revision-failed", headline, {
    ...common,
    hint: typeof hint === "string" ? hint : undefined,
  });
}

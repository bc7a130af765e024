import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import type { Connection } from "../database/connection";
import type { BatchAlterTable } from "../operations/batch/batch";
import type { CallSite } from "../operations/callSite";
import type { OperationsFactory, OperationTurn } from "../operations/createOperations";
import type { Operation } from "../operations/operation";
import { OperationError } from "../operations/operationError";
import { OperationQueue, type Lane } from "../operations/operationQueue";
import { sql } from "../operations/sqlFragment";
import type { MigrationContext, MigrationFunction } from "../project/migration";
import { requireServer } from "../sql/postgresql/neededServer";
import { renderOperation } from "../sql/renderOperation";
import { createMigrationConnection } from "./migrationConnection";
import { runSqliteBatch } from "./runSqliteBatch";
import type { RevisionRecorder } from "./revisionRecorder";
import { rowsForColumns } from "./rowsForColumns";
import { MigrationError } from "./migrationError";
import { locate, revisionFailure, withAdvice, type FailedRevision } from "./revisionFailure";
import type { MigrationSession } from "./session";
import type { Sendable, StatementSender } from "./statementSender";
import { untilReturned } from "./ownCode";
import { untilWorkIsDone, workInProgress } from "./unfinishedWork";
import type { TypeormRuns } from "./typeorm/typeormRuns";

export interface RevisionRun extends FailedRevision {
  readonly migrate: MigrationFunction;
  readonly context: Omit<MigrationContext, "runTypeormMigration" | "isOffline">;
  readonly onOfflineAsked: (() => void) | undefined;
  readonly isTransactional: boolean;
  /** Runs the classes of adopted TypeORM migrations. */
  readonly typeorm: TypeormRuns;
  /** Undefined where a script is written. */
  readonly database: Connection | undefined;
  readonly createOperations: OperationsFactory;
  readonly record?: RevisionRecorder | undefined;
  readonly signal: AbortSignal;
  /** Told, as a sentence, of what keeps the run waiting. */
  readonly onSilence: (message: string) => void;
  /** Told of operations that are called when the function has ended, and so are not run. */
  readonly onLateCall: (error: Error) => void;
  readonly warn: (message: string) => void;
}

type StatementActions = Pick<
  StatementSender,
  "send" | "sendAhead" | "ask" | "answered" | "savepoint" | "readRows"
>;

/** Of all runs: in a long chain, one for each revision would cost more than the revisions. */
const lanes = new AsyncLocalStorage<Lane>();

/**
 * Runs one `upgrade` or `downgrade`: its operations strictly in the order of the calls. When this resolves, all are
 * sent; a failure that the server has not told of yet is that of whatever next waits for its answers.
 * @throws MigrationError `revision-failed` for whatever the revision or the database threw.
 */
export async function runRevision(
  run: RevisionRun,
  session: MigrationSession,
  sender: StatementActions,
): Promise<void> {
  let lateCall: Error | undefined;
  const queue = new OperationQueue({
    scope: lanes,
    untilIdle: setImmediate,
    onLateCall(error) {
      const failure = revisionFailure(error, undefined, run);
      lateCall ??= failure;
      run.onLateCall(failure);
    },
  });
  const before = workInProgress();
  const calls = createCalls();

  const op = run.createOperations(
    (operation, turn) =>
      calls.placing(turn.callSite, () => {
        run.record?.operation(operation, turn);
        return sendOperation(operation, turn, run, session, sender);
      }),
    queue,
    {
      answered: () => sender.answered(),
      async savepoint(turn) {
        const set = await calls.placing(turn.callSite, () => sender.savepoint(turn));
        return {
          keep: () => set.keep(),
          async takeBack(error) {
            const outcome = await set.takeBack(error);
            calls.forgive();
            return outcome;
          },
        };
      },
    },
  );
  const { revision, path, isTransactional, typeorm, record } = run;
  const recorded = record === undefined ? sender : recordedSender(sender, record);
  const connection = createMigrationConnection(revision, session, queue, recorded, calls);
  const context: MigrationContext = {
    ...run.context,
    get isOffline() {
      run.onOfflineAsked?.();
      return session.isOffline;
    },
    runTypeormMigration: (name, method) => {
      record?.typeorm(name, method);
      return typeorm.run(name, method, { revision, path, isTransactional, queue, send: sender.send });
    },
  };
  const end = await untilReturned(() => run.migrate({ op, sql, connection, context }), {
    signal: run.signal,
    isBusy: () => run.database?.isBusy?.() === true,
    lastCall: () => calls.lastTime,
    onSilence: () => run.onSilence(describeSilence(run, calls.last)),
    neverSettles: () => neverSettles(run, calls.last),
  });
  if (end.kind === "givenUp") {
    queue.abandon(end.error);
    throw end.error;
  }
  if (end.kind === "threw") {
    queue.fail(end.error);
  }
  const hasIgnored = end.kind === "returned" && queue.hasFailed;
  try {
    // Waits for operations that nobody awaited, too.
    await queue.finish();
  } catch (error) {
    const failure = revisionFailure(error, calls.failedAt, run);
    throw hasIgnored || queue.hasGoneOn ? withAdvice(failure) : failure;
  }
  await untilWorkIsDone(before, () => lateCall !== undefined);
  if (lateCall !== undefined) {
    throw lateCall;
  }
}

function recordedSender(
  sender: StatementActions,
  record: RevisionRecorder,
): Pick<StatementActions, "send" | "readRows"> {
  return {
    send(statement, turn, wantsRows) {
      record.connection(statement.text, statement.values);
      return sender.send(statement, turn, wantsRows);
    },
    readRows: (statement, turn, rowsAtOnce) => {
      record.connection(statement.text, statement.values);
      return sender.readRows(statement, turn, rowsAtOnce);
    },
  };
}

/** Sends what an operation consists of, in its turn. */
async function sendOperation(
  operation: Operation,
  turn: OperationTurn,
  run: RevisionRun,
  session: MigrationSession,
  sender: StatementActions,
): Promise<void> {
  if (operation.kind === "batchAlterTable" && run.database?.dialect === "sqlite") {
    await sender.send(sqliteBatch(operation, run.database, session, run.warn), turn);
    return;
  }
  if (run.database?.dialect === "postgresql" && !session.isOffline) {
    requireServer(operation, run.database.serverVersion ?? 0);
  }
  const describe = (error: unknown): Error => revisionFailure(error, turn.callSite, run);
  // What comes behind a revision's own SQL may depend on what that did: a COMMIT, at worst.
  const isOwnSql = operation.kind === "execute";
  const known =
    operation.kind === "bulkInsert"
      ? await rowsForColumns(operation, session, (text, values) => sender.ask(text, values))
      : operation;
  for (const statement of statementsOf(known, session)) {
    await (isOwnSql ? sender.send(statement, turn) : sender.sendAhead(statement, turn, describe));
  }
}

/** @throws OperationError `invalid-argument` for a record that holds what no statement can be made of */
function statementsOf(operation: Operation, session: MigrationSession): ReturnType<typeof renderOperation> {
  try {
    return renderOperation(operation, session.dialect, { offline: session.isOffline });
  } catch (error) {
    if (error instanceof OperationError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperationError(
      "invalid-argument",
      `The arguments of op.${String(operation.kind)} can't be written as SQL: ${reason}`,
      "Look for an argument or an option of another type than the operation takes.",
    );
  }
}

/** The calls of a revision, and which of them failed. */
interface Calls {
  readonly called: (site: CallSite) => void;
  readonly failed: (site: CallSite | undefined) => void;
  /** Does what a call asks for, and keeps the place of the first that fails. */
  readonly placing: <Result>(site: CallSite, act: () => Promise<Result>) => Promise<Result>;
  /** A failure was taken back. */
  readonly forgive: () => void;
  readonly failedAt: CallSite | undefined;
  /** The last that the revision called. */
  readonly last: CallSite | undefined;
  /** When that was, or the revision began. */
  readonly lastTime: number;
}

function createCalls(): Calls {
  let last: CallSite | undefined;
  let lastTime = Date.now();
  let failedAt: CallSite | undefined;
  function called(site: CallSite): void {
    last = site;
    lastTime = Date.now();
  }
  return {
    called,
    failed(site) {
      failedAt ??= site;
    },
    async placing(site, act) {
      called(site);
      try {
        return await act();
      } catch (error) {
        failedAt ??= site;
        throw error;
      }
    },
    forgive() {
      failedAt = undefined;
    },
    get failedAt() {
      return failedAt;
    },
    get last() {
      return last;
    },
    get lastTime() {
      return lastTime;
    },
  };
}

function describeSilence(run: RevisionRun, last: CallSite | undefined): string {
  if (run.typeorm.loading.isOn) {
    return `Waiting for the DataSource, which is still being loaded: revision ${run.revision} runs a TypeORM migration.`;
  }
  const place = last === undefined ? undefined : locate(last, run);
  const where =
    place === undefined
      ? "it has called no operation yet"
      : `the last one was called at ${place.path}:${String(place.line)}:${String(place.column)}`;
  return `Waiting for code of revision ${run.revision}: its ${run.context.direction}() has not returned, and no operation of it is running (${where}).`;
}

function neverSettles(run: RevisionRun, last: CallSite | undefined): MigrationError {
  const place = last === undefined ? undefined : locate(last, run);
  return new MigrationError(
    "revision-failed",
    `Revision ${run.revision} failed in ${run.context.direction}(): it awaits a promise that never settles`,
    {
      revision: run.revision,
      location: place ?? { path: run.path, line: 1, column: 1 },
      hint: `Look ${place === undefined ? "" : "after that operation, the last one called, "}for a promise that is neither resolved nor rejected.`,
    },
  );
}

/**
 * A batch as one step: what it sends depends on the table as it is then, so that a run which goes on behind it could not
 * make its statements again.
 */
function sqliteBatch(
  batch: BatchAlterTable,
  database: Connection,
  session: MigrationSession,
  warn: RevisionRun["warn"],
): Sendable {
  return {
    text: `batchAlterTable ${batch.table} ${JSON.stringify(batch)}`,
    values: [],
    isTransactional: true,
    async perform() {
      await runSqliteBatch(batch, database, ({ text, values }) => session.run(text, values), warn);
      return { rows: [], rowCount: 0 };
    },
  };
}

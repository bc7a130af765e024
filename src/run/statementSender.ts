import type { Connection, StatementResult } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import type { Savepoint, Turn } from "../operations/operationQueue";
import type { TryOutcome } from "../operations/operations";
import { addedEnumValues, mayUseEnumValue, type AddedEnumValue } from "../sql/enumValues";
import { lockLoss } from "../sql/lockLoss";
import type { Statement } from "../sql/renderOperation";
import { transactionEnd } from "../sql/transactionEnd";
import { isEmptyList, typedEmptyLists } from "./emptyLists";
import { dropInvalidIndexes } from "./invalidIndex";
import { MigrationError } from "./migrationError";
import { requireTryable, setSavepoint } from "./savepoint";
import type { MigrationSession } from "./session";
import { StatementDigest } from "./statementDigest";
import type { Direction, LedgerEntry, StepLedger } from "./stepLedger";
import type { RunTransaction } from "./transaction";
import { describeResumption, isReading, isRefusedAsDone, isSessionSetting } from "./unfinishedStep";

export interface SenderOptions {
  readonly revision: string;
  readonly direction: Direction;
  /** False where the file says `export const transaction = false`. */
  readonly isTransactional: boolean;
  readonly session: MigrationSession;
  readonly connection: Connection | undefined;
  readonly transaction: RunTransaction;
  readonly ledger: StepLedger;
  readonly signal: AbortSignal;
  readonly log: (message: string) => void;
  /** What a reader of the run or of its script is told of the transaction. */
  readonly note: (message: string) => void;
}

/** A statement; or what stands for one, and is done by more than sending its text. */
export interface Sendable extends Statement {
  /** Does it, in the transaction that is open then; its text only tells it from others. */
  readonly perform?: () => Promise<StatementResult>;
}

/**
 * Sends one statement of a revision, inside or outside the transaction as its turn says.
 * @param wantsRows whether the revision looks at the rows, which a resumed run can't make up
 */
export type SendStatement = (
  statement: Sendable,
  turn: Turn,
  wantsRows?: boolean,
) => Promise<StatementResult>;

export interface StatementSender {
  readonly send: SendStatement;
  /**
   * As `send`, but may resolve as soon as the statement is on its way.
   * @param describe makes of its failure what the user is told of it
   */
  sendAhead(statement: Sendable, turn: Turn, describe: (error: unknown) => unknown): Promise<void>;
  /**
   * Resolves when all that was sent has worked.
   * @throws the first failure
   */
  answered(): Promise<void>;
  /**
   * Sets a savepoint for what follows.
   * @throws OperationError `not-supported` where there can be none
   */
  savepoint(turn: Turn): Promise<Savepoint<TryOutcome>>;
  /** Runs a query of our own, which only reads and is no statement of the revision, behind all that was sent. */
  ask(text: string, values: readonly unknown[]): Promise<StatementResult>;
  /**
   * To be called when the revision's function has ended.
   * @throws MigrationError `edited-since` when it ended before the place at which the earlier run was cut off: then
   * what came behind that place, now and then, are not the same statements.
   */
  finish(): void;
  /** The enum values that the revision has added and not committed: no other revision can use them yet. */
  readonly uncommittedEnumValues: readonly AddedEnumValue[];
}

/**
 * Makes the sender of one revision. Inside the transaction by default; outside it the ledger records each
 * statement, and where an earlier run was cut off, what it is known to have done is passed over.
 */
export function createStatementSender(options: SenderOptions): StatementSender {
  const { session, transaction, ledger, log } = options;
  const earlier = ledger.entries.find(
    (entry) => entry.revision === options.revision && entry.direction === options.direction,
  );
  const before = new StatementDigest();
  let position = 0;
  /** Of the statements that are done and in no entry of the ledger yet. */
  let rowCounts: number[] = [];
  let newEnumValues: readonly AddedEnumValue[] = [];
  /** Savepoints that the revision's own SQL has set: a commit would end them. */
  let savepoints = 0;

  async function record(text: string, state: LedgerEntry["state"], prefixDigest: string): Promise<void> {
    const { revision, direction } = options;
    const counts = rowCounts;
    await ledger.record({
      revision,
      direction,
      position,
      state,
      prefixDigest,
      statement: text,
      rowCounts: counts,
    });
    rowCounts = [];
  }

  async function commitEarly<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await transaction.commitEarly(work);
    newEnumValues = [];
    return result;
  }

  /** @param isTyped false where another statement may be sent before it: the server can't be asked first */
  function perform({ text, values, perform: own }: Sendable, isTyped = true): Promise<StatementResult> {
    if (own !== undefined) {
      return own();
    }
    return isTyped && session.dialect === "postgresql" && values.some(isEmptyList)
      ? runTyped(text, values)
      : session.run(text, values);
  }

  async function runTyped(text: string, values: readonly unknown[]): Promise<StatementResult> {
    const { connection } = options;
    return session.run(
      text,
      connection === undefined ? values : await typedEmptyLists(connection, text, values),
    );
  }

  async function sendOutside(statement: Sendable, digest: string): Promise<StatementResult> {
    const { text, values, isTransactional } = statement;
    if (isTransactional) {
      if (transaction.isOpen) {
        await commitEarly(() => record(text, "pending", digest));
      }
      return runAlone(statement, digest);
    }
    if (transaction.isOpen || ledger.isKept) {
      await commitEarly(() => record(text, "started", digest));
    }
    const result = await runRefusable(text, values, digest);
    transaction.noteStatementOutside();
    rowCounts.push(result.rowCount);
    await record(text, "finished", digest);
    return result;
  }

  /** In a transaction of its own, its ledger row with it: done exactly when it is recorded as done. */
  async function runAlone(statement: Sendable, digest: string): Promise<StatementResult> {
    try {
      return await commitEarly(async () => {
        const result = await perform(statement);
        rowCounts.push(result.rowCount);
        await record(statement.text, "finished", digest);
        return result;
      });
    } catch (error) {
      // Whoever goes on after the failure does so in a transaction that works.
      await transaction.rollback();
      throw error;
    }
  }

  /** A statement that the server answered with a failure is not done; of one without an answer nothing is known. */
  async function runRefusable(
    text: string,
    values: readonly unknown[],
    digest: string,
  ): Promise<StatementResult> {
    try {
      return await session.run(text, values);
    } catch (error) {
      if (error instanceof DatabaseError && error.code !== "connection-lost") {
        await record(text, "pending", digest).catch(() => undefined);
      }
      throw error;
    }
  }

  async function resendUncertain(statement: Sendable, digest: string): Promise<StatementResult> {
    try {
      return await sendOutside(statement, digest);
    } catch (error) {
      if (error instanceof DatabaseError && isRefusedAsDone(statement.text, error.sqlState)) {
        log(`Statement ${String(position)} of ${options.revision} turned out to be done: ${error.message}`);
        rowCounts.push(0);
        await record(statement.text, "finished", digest);
        return { rows: [], rowCount: 0 };
      }
      throw error;
    }
  }

  /** What the revision is told of a statement that an earlier run has done. */
  function passOver(
    statement: Statement,
    entry: LedgerEntry,
    wantsRows: boolean,
  ): Promise<StatementResult> | StatementResult {
    if (isReading(statement.text) || isSessionSetting(statement.text)) {
      return session.run(statement.text, statement.values);
    }
    if (wantsRows) {
      throw cannotResume(
        entry,
        `its statement ${String(position)} is done, and the rows that it returned are not known any more`,
        statement.text,
      );
    }
    return { rows: [], rowCount: entry.rowCounts[position - 1] ?? 0 };
  }

  /** Counts a statement that is new and belongs into the transaction; any other is left as it is. */
  function takesInside(statement: Sendable, turn: Turn): boolean {
    const isNew = earlier === undefined || position >= earlier.position;
    if (!isNew || !isInside(statement, turn) || needsCommit(statement)) {
      return false;
    }
    refuseWhenCancelled(options.signal);
    position += 1;
    before.add(statement.text);
    followInside(statement);
    return true;
  }

  function followInside({ text }: Sendable): void {
    newEnumValues = [...newEnumValues, ...addedEnumValues(text)];
    const [, verb] = /^\s*(SAVEPOINT|RELEASE)\b/i.exec(text) ?? [];
    if (verb !== undefined) {
      savepoints += verb.toUpperCase() === "SAVEPOINT" ? 1 : -1;
    }
  }

  /** Whether it may use an enum value which the server takes only when what added it is committed. */
  function needsCommit({ text, values }: Sendable): boolean {
    return savepoints === 0 && mayUseEnumValue(text, values, newEnumValues);
  }

  async function sendAfterCommit(statement: Sendable, digest: string): Promise<StatementResult> {
    options.note(
      `Revision ${options.revision} is committed up to here: what follows may use ${describeEnumValues(newEnumValues)}, and PostgreSQL takes a new value only after the commit of what added it.`,
    );
    await commitEarly(() => record(statement.text, "pending", digest));
    return sendInside(statement);
  }

  async function sendAhead(
    statement: Sendable,
    turn: Turn,
    describe: (error: unknown) => unknown,
  ): Promise<void> {
    refuseWhatEndsTheRun(statement, session.dialect);
    requireTryable(statement.text, isInside(statement, turn), turn);
    if (!takesInside(statement, turn)) {
      await send(statement, turn);
      return;
    }
    const note = countRows();
    await transaction.ahead(async () => {
      try {
        note(await perform(statement, false));
      } catch (error) {
        throw describe(error);
      }
    });
  }

  async function send(statement: Sendable, turn: Turn, wantsRows = false): Promise<StatementResult> {
    refuseWhatEndsTheRun(statement, session.dialect);
    requireTryable(statement.text, isInside(statement, turn), turn);
    if (takesInside(statement, turn)) {
      return sendInside(statement);
    }
    refuseWhenCancelled(options.signal);
    position += 1;
    const digest = before.value();
    before.add(statement.text);
    if (earlier === undefined || position > earlier.position) {
      return isInside(statement, turn) ? sendAfterCommit(statement, digest) : sendOutside(statement, digest);
    }
    if (position < earlier.position) {
      return passOver(statement, earlier, wantsRows);
    }
    requireUnedited(earlier, digest, statement.text);
    log(describeResumption(earlier));
    if (earlier.state === "finished") {
      return passOver(statement, earlier, wantsRows);
    }
    await clearLeftover(options, earlier);
    if (earlier.state === "started") {
      return resendUncertain(statement, digest);
    }
    if (!isInside(statement, turn)) {
      return sendOutside(statement, digest);
    }
    followInside(statement);
    return sendInside(statement);
  }

  function isInside({ isTransactional }: Pick<Sendable, "isTransactional">, turn: Turn): boolean {
    return (turn.isInTransaction ?? (options.isTransactional && !turn.autocommit)) && isTransactional;
  }

  async function sendInside(statement: Sendable): Promise<StatementResult> {
    const note = countRows();
    const result = await transaction.inside(() => perform(statement));
    note(result);
    return result;
  }

  /** Keeps a place among the counts, also for a statement that fails and is taken back. */
  function countRows(): (result: StatementResult) => void {
    const counts = rowCounts;
    const place = counts.push(0) - 1;
    return ({ rowCount }) => {
      counts[place] = rowCount;
    };
  }

  return {
    send,
    sendAhead,
    answered: () => transaction.answered(),
    savepoint: (turn) =>
      setSavepoint(
        {
          session,
          transaction,
          send: (text) => send({ text, values: [], isTransactional: true }, turn),
          signal: options.signal,
          note: options.note,
        },
        isInside({ isTransactional: true }, turn),
      ),
    async ask(text, values) {
      await transaction.answered();
      return session.run(text, values);
    },
    get uncommittedEnumValues() {
      return newEnumValues;
    },
    finish() {
      if (earlier !== undefined && position < earlier.position) {
        throw cannotResume(
          earlier,
          `it now ends behind its statement ${String(position)}`,
          earlier.statement,
        );
      }
    },
  };
}

/** The values as a sentence names them: `the value 'c' of the enum st`. */
export function describeEnumValues(values: readonly AddedEnumValue[]): string {
  const named = values.flatMap(({ type, value }) => (value === undefined ? [] : [`'${value}' of ${type}`]));
  return named.length === 0 ? "a new enum value" : `the new enum value ${[...new Set(named)].join(", ")}`;
}

/**
 * Before it is sent: what came before it would be committed without a version row, or be gone and recorded; or the server
 * would not keep others out any more while it is still busy for a run that was killed.
 */
function refuseWhatEndsTheRun({ text }: Sendable, dialect: Connection["dialect"]): void {
  const end = transactionEnd(text, dialect);
  if (end !== undefined) {
    throw new DatabaseError(
      "transaction-ended",
      `${end} would end the transaction of the run, so it was not sent.`,
      {
        sql: text,
        hint: "Take COMMIT and ROLLBACK out of the revision; `op.autocommitBlock` and `export const transaction = false` run statements outside the transaction.",
      },
    );
  }
  const loss = dialect === "postgresql" ? lockLoss(text) : undefined;
  if (loss !== undefined) {
    throw new DatabaseError(
      "lock-lost",
      `${loss} would free the lock that keeps other runs out, so it was not sent.`,
      {
        sql: text,
        hint: "Free locks of your own with pg_advisory_unlock(key); DISCARD TEMP, DISCARD PLANS, DISCARD SEQUENCES and RESET ALL do the rest.",
      },
    );
  }
}

function refuseWhenCancelled(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new DatabaseError("cancelled", "Cancelled; what was not committed is rolled back.");
  }
}

/** A statement that was refused may be edited: that is how it gets mended. What is done may not. */
function requireUnedited(entry: LedgerEntry, prefixDigest: string, statement: string): void {
  const isSame =
    entry.prefixDigest === prefixDigest && (entry.state === "pending" || entry.statement === statement);
  if (!isSame) {
    throw cannotResume(
      entry,
      "its statements up to that place are no longer the same: the file has been edited since, or they depend on rows that have changed",
      entry.statement,
    );
  }
}

function cannotResume(entry: LedgerEntry, reason: string, sql: string): MigrationError {
  return new MigrationError(
    "edited-since",
    `Revision ${entry.revision} was interrupted at statement ${String(entry.position)} and cannot be resumed: ${reason}.`,
    {
      revision: entry.revision,
      sql,
      hint: "Restore the file as it was, or finish the revision by hand and stamp it.",
    },
  );
}

async function clearLeftover(options: SenderOptions, entry: LedgerEntry): Promise<void> {
  if (options.connection !== undefined) {
    for (const dropped of await dropInvalidIndexes(options.connection, entry.statement)) {
      options.log(`Dropped the invalid index ${dropped} that the interrupted build left behind.`);
    }
  }
}

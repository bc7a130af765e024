import type { Connection, StatementResult } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import type { Savepoint, Turn } from "../operations/operationQueue";
import type { TryOutcome } from "../operations/operations";
import type { AddedEnumValue } from "../sql/enumValues";
import type { Statement } from "../sql/renderOperation";
import { isEmptyList, typedEmptyLists } from "./emptyLists";
import { dropInvalidIndexes } from "./invalidIndex";
import { refuseWhatEndsTheRun, refuseWhenCancelled } from "./refusedStatements";
import { openRowReader, type RowReader } from "./rowReader";
import { RevisionProgress } from "./revisionProgress";
import { requireTryable, setSavepoint } from "./savepoint";
import type { ObserveStatement } from "./statementObserver";
import type { MigrationSession } from "./session";
import type { Direction, LedgerEntry, StepLedger } from "./stepLedger";
import type { RunTransaction } from "./transaction";
import { describeEnumValues, UncommittedEnumValues } from "./uncommittedEnumValues";
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
  /** Through which each statement of the revision is sent; absent where nobody looks on. */
  readonly observe?: ObserveStatement | undefined;
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

/**
 * Sends the statements of one revision: inside the transaction by default. Outside it the ledger records each, and where an
 * earlier run was cut off, what it is known to have done is passed over.
 */
export class StatementSender {
  private readonly progress: RevisionProgress;
  private readonly enumValues = new UncommittedEnumValues();

  constructor(private readonly options: SenderOptions) {
    this.progress = new RevisionProgress(options.ledger, options.revision, options.direction);
  }

  /** The enum values that the revision has added and not committed: no other revision can use them yet. */
  get uncommittedEnumValues(): readonly AddedEnumValue[] {
    return this.enumValues.added;
  }

  readonly send: SendStatement = async (statement, turn, wantsRows = false) => {
    this.requireSendable(statement, turn);
    const { progress, options } = this;
    if (this.takesInside(statement, turn)) {
      return this.sendInside(statement, turn);
    }
    refuseWhenCancelled(options.signal);
    const place = progress.nextPlace;
    const digest = progress.digest();
    progress.count(statement.text);
    const { earlier } = progress;
    if (place === "new" || earlier === undefined) {
      return this.isInside(statement, turn)
        ? this.sendAfterCommit(statement, turn, digest)
        : this.sendOutside(statement, turn, digest);
    }
    return place === "done"
      ? this.passOver(statement, earlier, wantsRows)
      : this.takeUp(statement, turn, { earlier, digest, wantsRows });
  };

  /**
   * As `send`, but may resolve as soon as the statement is on its way.
   * @param describe makes of its failure what the user is told of it
   */
  async sendAhead(statement: Sendable, turn: Turn, describe: (error: unknown) => unknown): Promise<void> {
    this.requireSendable(statement, turn);
    if (!this.takesInside(statement, turn)) {
      await this.send(statement, turn);
      return;
    }
    const perform = this.awaitOutcome(turn, () => this.perform(statement, turn, false));
    await this.options.transaction.ahead(async () => {
      try {
        await perform();
      } catch (error) {
        throw describe(error);
      }
    });
  }

  /**
   * Resolves when all that was sent has worked.
   * @throws the first failure
   */
  answered(): Promise<void> {
    return this.options.transaction.answered();
  }

  /**
   * Sets a savepoint for what follows.
   * @throws OperationError `not-supported` where there can be none
   */
  savepoint(turn: Turn): Promise<Savepoint<TryOutcome>> {
    const { session, transaction, signal, note } = this.options;
    const send = (text: string): Promise<StatementResult> =>
      this.send({ text, values: [], isTransactional: true }, turn);
    const isInside = this.isInside({ isTransactional: true }, turn);
    const takeBackEnumValues = this.enumValues.mark();
    const onTakeBack = (): void => {
      this.progress.takeBack();
      takeBackEnumValues();
    };
    return setSavepoint({ session, transaction, send, signal, onTakeBack, note }, isInside);
  }

  /** Runs a query of our own, which only reads and is no statement of the revision, behind all that was sent. */
  async ask(text: string, values: readonly unknown[]): Promise<StatementResult> {
    await this.answered();
    return this.options.session.run(text, values);
  }

  /**
   * To be called when the revision's function has ended.
   * @throws MigrationError `edited-since` when it ended before the place at which an earlier run was cut off
   */
  finish(): void {
    this.progress.finish();
  }

  /**
   * Begins to read the rows of a query, behind all that was sent. Nothing of it is a statement of the revision's, since
   * reading changes nothing: a run that is taken up reads them again.
   * @throws what `openRowReader` throws
   */
  async readRows(statement: Statement, turn: Turn, rowsAtOnce: number): Promise<RowReader> {
    const { session, transaction, connection, signal } = this.options;
    const { text, values } = statement;
    const inside = this.isInside(statement, turn);
    const typed =
      connection !== undefined && values.some(isEmptyList)
        ? await typedEmptyLists(connection, text, values)
        : values;
    const run = async (part: string, partValues?: readonly unknown[]): Promise<StatementResult> => {
      refuseWhenCancelled(signal);
      if (inside) {
        return transaction.inside(() => session.run(part, partValues));
      }
      await transaction.answered();
      return session.run(part, partValues);
    };
    return openRowReader(
      { ...statement, values: typed },
      { session, run, outlivesTransaction: !inside, rowsAtOnce },
    );
  }

  private requireSendable(statement: Sendable, turn: Turn): void {
    refuseWhatEndsTheRun(statement.text, this.options.session.dialect);
    requireTryable(statement.text, this.isInside(statement, turn), turn);
  }

  private isInside({ isTransactional }: Pick<Sendable, "isTransactional">, turn: Turn): boolean {
    return (turn.isInTransaction ?? (this.options.isTransactional && !turn.autocommit)) && isTransactional;
  }

  /** Counts a statement that is new and belongs into the transaction; any other is left as it is. */
  private takesInside(statement: Sendable, turn: Turn): boolean {
    if (
      this.progress.nextPlace !== "new" ||
      !this.isInside(statement, turn) ||
      this.enumValues.needCommitBefore(statement)
    ) {
      return false;
    }
    refuseWhenCancelled(this.options.signal);
    this.progress.count(statement.text);
    this.enumValues.follow(statement.text);
    return true;
  }

  private sendInside(statement: Sendable, turn: Turn): Promise<StatementResult> {
    return this.options.transaction.inside(this.awaitOutcome(turn, () => this.perform(statement, turn)));
  }

  /** Keeps a place for what comes of a statement that was counted. */
  private awaitOutcome(
    { isTried }: Turn,
    perform: () => Promise<StatementResult>,
  ): () => Promise<StatementResult> {
    const { progress } = this;
    const note = progress.awaitRows();
    const mark = isTried === true ? progress.mark() : undefined;
    return async () => {
      try {
        const result = await perform();
        note(result);
        return result;
      } catch (error) {
        if (mark !== undefined) {
          progress.noteRefused(mark, error);
        }
        throw error;
      }
    };
  }

  private async sendAfterCommit(statement: Sendable, turn: Turn, digest: string): Promise<StatementResult> {
    const { note, revision } = this.options;
    note(
      `Revision ${revision} is committed up to here: what follows may use ${describeEnumValues(this.enumValues.added)}, and PostgreSQL accepts a new value only after the transaction that added it is committed.`,
    );
    await this.commitEarly(() => this.progress.record(statement.text, "pending", digest));
    return this.sendInside(statement, turn);
  }

  private async sendOutside(statement: Sendable, turn: Turn, digest: string): Promise<StatementResult> {
    const { progress } = this;
    const { ledger, transaction } = this.options;
    const { text, isTransactional } = statement;
    if (isTransactional) {
      if (transaction.isOpen) {
        await this.commitEarly(() => progress.record(text, "pending", digest));
      }
      return this.runAlone(statement, turn, digest);
    }
    if (transaction.isOpen || ledger.isKept) {
      await this.commitEarly(() => progress.record(text, "started", digest));
    }
    const result = await this.runRefusable(statement, turn, digest);
    transaction.noteStatementOutside();
    progress.noteRows(result.rowCount);
    await progress.record(text, "finished", digest);
    return result;
  }

  /** In a transaction of its own, its ledger row with it: done exactly when it is recorded as done. */
  private async runAlone(statement: Sendable, turn: Turn, digest: string): Promise<StatementResult> {
    try {
      return await this.commitEarly(async () => {
        const result = await this.perform(statement, turn);
        this.progress.noteRows(result.rowCount);
        await this.progress.record(statement.text, "finished", digest);
        return result;
      });
    } catch (error) {
      // Whoever goes on after the failure does so in a transaction that works.
      await this.options.transaction.rollback();
      throw error;
    }
  }

  /** A statement that the server answered with a failure is not done; of one without an answer nothing is known. */
  private async runRefusable(statement: Sendable, turn: Turn, digest: string): Promise<StatementResult> {
    const { text, values, parsers } = statement;
    try {
      return await this.observed(statement, turn, false, () =>
        this.options.session.run(text, values, parsers),
      );
    } catch (error) {
      if (error instanceof DatabaseError && error.code !== "connection-lost") {
        await this.progress.record(text, "pending", digest).catch(() => undefined);
      }
      throw error;
    }
  }

  private async commitEarly<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await this.options.transaction.commitEarly(work);
    this.enumValues.noteCommit();
    return result;
  }

  /** A statement that an earlier run has done: only what reads, or sets something of the session, is run again. */
  private passOver(
    { text, values, parsers }: Statement,
    earlier: LedgerEntry,
    wantsRows: boolean,
  ): Promise<StatementResult> | StatementResult {
    this.progress.requireTaken(earlier, text);
    return isReading(text) || isSessionSetting(text)
      ? this.options.session.run(text, values, parsers)
      : this.progress.resultOfDone(earlier, text, wantsRows);
  }

  /** The statement at which an earlier run was cut off. */
  private async takeUp(
    statement: Sendable,
    turn: Turn,
    { earlier, digest, wantsRows }: CutOff,
  ): Promise<StatementResult> {
    const { connection, log } = this.options;
    this.progress.requireUnedited(earlier, digest, statement.text);
    log(describeResumption(earlier));
    if (earlier.state === "finished") {
      return this.passOver(statement, earlier, wantsRows);
    }
    const leftovers = connection === undefined ? [] : await dropInvalidIndexes(connection, earlier.statement);
    for (const dropped of leftovers) {
      log(`Dropped the invalid index ${dropped} that the interrupted build left behind.`);
    }
    if (earlier.state === "started") {
      return this.resendUncertain(statement, turn, digest);
    }
    if (!this.isInside(statement, turn)) {
      return this.sendOutside(statement, turn, digest);
    }
    this.enumValues.follow(statement.text);
    return this.sendInside(statement, turn);
  }

  private async resendUncertain(statement: Sendable, turn: Turn, digest: string): Promise<StatementResult> {
    const { progress } = this;
    try {
      return await this.sendOutside(statement, turn, digest);
    } catch (error) {
      if (error instanceof DatabaseError && isRefusedAsDone(statement.text, error.sqlState)) {
        const place = `Statement ${String(progress.position)} of ${progress.revision}`;
        this.options.log(`${place} had already been done: ${error.message}`);
        progress.noteRows(0);
        await progress.record(statement.text, "finished", digest);
        return { rows: [], rowCount: 0 };
      }
      throw error;
    }
  }

  /** @param isTyped false where another statement may be sent before it: the server can't be asked first */
  private async perform(statement: Sendable, turn: Turn, isTyped = true): Promise<StatementResult> {
    const { text, values, parsers, perform: own } = statement;
    const { session, connection } = this.options;
    if (own !== undefined) {
      return own();
    }
    const needsTypes =
      isTyped && connection !== undefined && session.dialect === "postgresql" && values.some(isEmptyList);
    const sent = needsTypes ? await typedEmptyLists(connection, text, values) : values;
    return this.observed(statement, turn, true, () => session.run(text, sent, parsers));
  }

  private observed(
    { text }: Sendable,
    { callSite, isTried }: Turn,
    isInTransaction: boolean,
    send: () => Promise<StatementResult>,
  ): Promise<StatementResult> {
    const { observe, revision } = this.options;
    return observe === undefined
      ? send()
      : observe({ revision, text, callSite, isInTransaction, isTried: isTried === true }, send);
  }
}

/** What is known of the place at which an earlier run was cut off. */
interface CutOff {
  readonly earlier: LedgerEntry;
  /** The mark of the statements before it, as they are now. */
  readonly digest: string;
  readonly wantsRows: boolean;
}

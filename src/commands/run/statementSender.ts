import { createHash } from "node:crypto";
import type { Connection, StatementResult } from "../../database/connection";
import { DatabaseError } from "../../database/databaseError";
import type { Turn } from "../../operations/operationQueue";
import type { Statement } from "../../sql/renderOperation";
import { dropInvalidIndex } from "./invalidIndex";
import { MigrationError } from "./migrationError";
import type { MigrationSession } from "./session";
import type { Direction, LedgerEntry, StepLedger } from "./stepLedger";
import type { RunTransaction } from "./transaction";

export interface SenderOptions {
  readonly revision: string;
  readonly direction: Direction;
  /** False where the file says `export const transaction = false`. */
  readonly isTransactional: boolean;
  readonly session: MigrationSession;
  readonly connection: Connection | undefined;
  readonly transaction: RunTransaction;
  readonly ledger: StepLedger;
  readonly log: (message: string) => void;
}

/** Sends one statement of a revision, inside or outside the transaction as its turn says. */
export type SendStatement = (statement: Statement, turn: Turn) => Promise<StatementResult>;

const nothing: StatementResult = { rows: [], rowCount: 0 };

/** States in which a statement whose end is not known turns out to have been done: its object is there, or gone. */
const alreadyDoneStates = new Set(["42P07", "42710", "42P04", "42704", "3D000", "42P01"]);

/**
 * Makes the sender of one revision. Inside the transaction by default; outside it the ledger records each
 * statement, and where an earlier run was cut off, what it is known to have done is passed over.
 */
export function createStatementSender(options: SenderOptions): SendStatement {
  const { session, transaction, ledger, log } = options;
  const earlier = matchingEntry(ledger.entry, options);
  const prefix = createHash("sha256");
  let position = 0;

  const describe = (text: string, state: LedgerEntry["state"], prefixDigest: string): LedgerEntry => ({
    revision: options.revision,
    direction: options.direction,
    position,
    state,
    prefixDigest,
    statement: text,
  });

  async function sendOutside(
    { text, values, isTransactional }: Statement,
    digest: string,
  ): Promise<StatementResult> {
    if (isTransactional) {
      if (transaction.isOpen) {
        await transaction.commitEarly(() => ledger.record(describe(text, "pending", digest)));
      }
      // In a transaction of its own, its ledger row with it: done exactly when it is recorded as done.
      return transaction.commitEarly(async () => {
        const result = await session.run(text, values);
        await ledger.record(describe(text, "finished", digest));
        return result;
      });
    }
    if (transaction.isOpen || ledger.isKept) {
      await transaction.commitEarly(() => ledger.record(describe(text, "started", digest)));
    }
    try {
      const result = await session.run(text, values);
      transaction.noteStatementOutside();
      await ledger.record(describe(text, "finished", digest));
      return result;
    } catch (error) {
      if (error instanceof DatabaseError && error.code !== "connection-lost") {
        await ledger.record(describe(text, "pending", digest)).catch(() => undefined);
      }
      throw error;
    }
  }

  async function resendUncertain(statement: Statement, digest: string): Promise<StatementResult> {
    try {
      return await sendOutside(statement, digest);
    } catch (error) {
      if (error instanceof DatabaseError && alreadyDoneStates.has(error.sqlState ?? "")) {
        log(`Statement ${String(position)} of ${options.revision} turned out to be done: ${error.message}`);
        await ledger.record(describe(statement.text, "finished", digest));
        return nothing;
      }
      throw error;
    }
  }

  return async (statement, turn) => {
    position += 1;
    const digest = prefix.copy().digest("hex");
    prefix.update(`${statement.text}\u0000`);
    if (earlier !== undefined && position <= earlier.position) {
      if (position < earlier.position) {
        return nothing;
      }
      requireUnedited(earlier, digest, statement.text);
      if (earlier.state === "finished") {
        log(
          `Revision ${options.revision} was cut off in an earlier run behind its statement ${String(position)}, which is done: ${oneLine(statement.text)}. Going on behind it.`,
        );
        return nothing;
      }
      log(
        `Revision ${options.revision} was cut off in an earlier run before or at its statement ${String(position)}: ${oneLine(earlier.statement)}. Everything before it is done; going on with it.`,
      );
      await clearLeftover(options, earlier);
      return earlier.state === "started"
        ? resendUncertain(statement, digest)
        : sendNow(statement, turn, digest);
    }
    return sendNow(statement, turn, digest);
  };

  function sendNow(statement: Statement, turn: Turn, digest: string): Promise<StatementResult> {
    const isOutside = turn.autocommit || !options.isTransactional || !statement.isTransactional;
    return isOutside
      ? sendOutside(statement, digest)
      : transaction.inside(() => session.run(statement.text, statement.values));
  }
}

function matchingEntry(entry: LedgerEntry | undefined, options: SenderOptions): LedgerEntry | undefined {
  return entry?.revision === options.revision && entry.direction === options.direction ? entry : undefined;
}

/** A statement that was refused may be edited: that is how it gets mended. What is done may not. */
function requireUnedited(entry: LedgerEntry, prefixDigest: string, statement: string): void {
  const isSame =
    entry.prefixDigest === prefixDigest && (entry.state === "pending" || entry.statement === statement);
  if (!isSame) {
    throw new MigrationError(
      "edited-since",
      `Revision ${entry.revision} was cut off at its statement ${String(entry.position)}, and its file has been edited before that place since.`,
      {
        revision: entry.revision,
        sql: entry.statement,
        hint: "Restore the file as it was, or finish the revision by hand and stamp it.",
      },
    );
  }
}

async function clearLeftover(options: SenderOptions, entry: LedgerEntry): Promise<void> {
  if (options.connection !== undefined) {
    const dropped = await dropInvalidIndex(options.connection, entry.statement);
    if (dropped !== undefined) {
      options.log(`Dropped the invalid index ${dropped} that the interrupted build left behind.`);
    }
  }
}

function oneLine(statement: string): string {
  const text = statement.replace(/\s+/g, " ").trim();
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

import type { StatementResult } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { MigrationError } from "./migrationError";
import { StatementDigest } from "./statementDigest";
import type { Direction, LedgerEntry, RefusedStatement, StepLedger } from "./stepLedger";
import { givesNoRows } from "./unfinishedStep";

/**
 * Where a statement stands beside the place at which an earlier run of the revision was cut off: `done` before it, `cut-off`
 * at it, `new` behind it or where no earlier run was.
 */
export type Place = "done" | "cut-off" | "new";

/** Where a revision stood when it had sent a statement of an `op.try`. */
export interface ProgressMark {
  readonly position: number;
  readonly digest: StatementDigest;
  readonly rowCounts: number;
}

/** How far a revision has come, and what the ledger is told of that. */
export class RevisionProgress {
  /** Where an earlier run was cut off; undefined where none was. */
  readonly earlier: LedgerEntry | undefined;
  /** How many statements have been counted: the place of the last one. */
  position = 0;
  private before = new StatementDigest();
  /** Of the statements that are done and in no entry of the ledger yet. */
  private rowCounts: number[] = [];
  /** The first statement of the running `op.try` that the database refused. */
  private refused: { readonly mark: ProgressMark; readonly error: DatabaseError } | undefined;
  /** Of blocks that were taken back, and in no entry of the ledger yet. */
  private refusals: RefusedStatement[] = [];

  constructor(
    private readonly ledger: StepLedger,
    readonly revision: string,
    private readonly direction: Direction,
  ) {
    this.earlier = ledger.entries.find(
      (entry) => entry.revision === revision && entry.direction === direction,
    );
  }

  /** The place of the statement that comes next. */
  get nextPlace(): Place {
    const { earlier, position } = this;
    if (earlier === undefined || position >= earlier.position) {
      return "new";
    }
    return position + 1 === earlier.position ? "cut-off" : "done";
  }

  /** The mark of all statements that are counted. */
  digest(): string {
    return this.before.value();
  }

  /** Counts a statement. */
  count(text: string): void {
    this.position += 1;
    this.before.add(text);
  }

  /** Notes how many rows a statement touched that is done. */
  noteRows(rowCount: number): void {
    this.rowCounts.push(rowCount);
  }

  /** Keeps a place among the row counts, also for a statement that fails and is taken back. */
  awaitRows(): (result: StatementResult) => void {
    const counts = this.rowCounts;
    const place = counts.push(0) - 1;
    return ({ rowCount }) => {
      counts[place] = rowCount;
    };
  }

  /** Where the revision is now: behind a statement whose place among the row counts is kept. */
  mark(): ProgressMark {
    return { position: this.position, digest: this.before.copy(), rowCounts: this.rowCounts.length };
  }

  /** Notes that the database refused the statement behind which a mark was made. */
  noteRefused(mark: ProgressMark, error: unknown): void {
    if (error instanceof DatabaseError) {
      this.refused ??= { mark, error };
    }
  }

  /**
   * An `op.try` is taken back, when all that was sent is answered: what was sent behind the statement that was refused counts no
   * more, since how much that was depends on how soon the server answered.
   */
  takeBack(): void {
    if (this.refused === undefined) {
      return;
    }
    const { mark, error } = this.refused;
    this.position = mark.position;
    this.before = mark.digest;
    this.rowCounts.length = mark.rowCounts;
    this.refusals.push({ position: mark.position, message: error.message, sqlState: error.sqlState });
    this.refused = undefined;
  }

  /** Records in the ledger where the revision is. */
  async record(statement: string, state: LedgerEntry["state"], prefixDigest: string): Promise<void> {
    const { revision, direction, position, rowCounts, refusals } = this;
    const entry = { revision, direction, position, state, prefixDigest, statement, rowCounts, refusals };
    await this.ledger.record(entry);
    this.rowCounts = [];
    this.refusals = [];
  }

  /**
   * A statement that was refused may be edited: that is how it gets mended. What is done may not.
   * @throws MigrationError `edited-since`
   */
  requireUnedited(entry: LedgerEntry, prefixDigest: string, statement: string): void {
    const isSame =
      entry.prefixDigest === prefixDigest && (entry.state === "pending" || entry.statement === statement);
    if (!isSame) {
      throw cannotResume(
        entry,
        "its statements up to there are no longer the same: the file has been edited since, or they depend on rows that have changed",
        entry.statement,
      );
    }
  }

  /**
   * To be called for a statement that an earlier run has passed.
   * @throws DatabaseError as then, where the database refused it and its `op.try` was taken back
   */
  requireTaken(entry: LedgerEntry, sql: string): void {
    const refusal = entry.refusals.find(({ position }) => position === this.position);
    if (refusal !== undefined) {
      const { message, sqlState } = refusal;
      throw new DatabaseError("statement-failed", message, { sql, sqlState });
    }
  }

  /**
   * What the revision is told of the last statement, which an earlier run has done and which is not run again.
   * @throws MigrationError `edited-since` where it wants the rows, and there may have been some
   */
  resultOfDone(entry: LedgerEntry, statement: string, wantsRows: boolean): StatementResult {
    if (wantsRows && !givesNoRows(statement)) {
      throw cannotResume(
        entry,
        `its statement ${String(this.position)} is done, and the rows that it returned are no longer known`,
        statement,
      );
    }
    return { rows: [], rowCount: entry.rowCounts[this.position - 1] ?? 0 };
  }

  /**
   * To be called when the revision's function has ended.
   * @throws MigrationError `edited-since` when it ended before the place at which the earlier run was cut off: then
   * what came behind that place, now and then, are not the same statements.
   */
  finish(): void {
    const { earlier, position } = this;
    if (earlier !== undefined && position < earlier.position) {
      throw cannotResume(earlier, `it now ends after its statement ${String(position)}`, earlier.statement);
    }
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

import type { StatementResult } from "../database/connection";
import type { CallSite } from "../operations/callSite";

/** A statement of a revision that is about to be sent. */
export interface ObservedStatement {
  readonly revision: string;
  /** One or more statements, as they are sent. */
  readonly text: string;
  readonly callSite: CallSite | undefined;
  /** False: PostgreSQL refuses it in a transaction, so that it runs without one. */
  readonly isInTransaction: boolean;
  /** Inside an `op.try`: a savepoint is set. */
  readonly isTried: boolean;
}

/** Sends a statement, and may look at the database before and after; what it rejects with fails the statement. */
export type ObserveStatement = (
  statement: ObservedStatement,
  send: () => Promise<StatementResult>,
) => Promise<StatementResult>;

import type { CommandContext } from "../../context/commandContext";
import type { Connection, StatementResult } from "../../database/connection";
import type { OperationQueue } from "../../operations/operationQueue";
import type { MigrationSession } from "../session";
import type { SendStatement } from "../statementSender";

export interface TypeormRunsOptions {
  readonly context: CommandContext;
  readonly session: MigrationSession;
  /** Undefined where a script is written. */
  readonly connection: Connection | undefined;
  /** Runs a statement inside the run's transaction that is none of the revision's own. */
  readonly runInside: (text: string, values?: readonly unknown[]) => Promise<StatementResult>;
  /** As `runInside`, but may resolve as soon as the statement is on its way. */
  readonly runAhead: (text: string, values?: readonly unknown[]) => Promise<void>;
}

/** The revision that a TypeORM migration runs in. */
export interface TypeormRevision {
  readonly revision: string;
  readonly path: string;
  readonly isTransactional: boolean;
  readonly queue: OperationQueue;
  readonly send: SendStatement;
}

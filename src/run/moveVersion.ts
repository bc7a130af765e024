import { DatabaseError } from "../database/databaseError";
import { sendAll } from "../database/sendAll";
import {
  applyGuardedRowChange,
  applyRowChange,
  rowChangeSql,
  type RowChange,
} from "../database/versionTable";
import type { VersionApplyEvent } from "../project/alembicConfig";
import type { MigrationStep } from "../revision/plan";
import type { CommandContext } from "../context/commandContext";
import { versionTableOf } from "../context/versionTableOf";
import { serverHintOf } from "./failureHint";
import { directConnection } from "./migrationConnection";
import { MigrationError } from "./migrationError";
import { summariseStep, type PlanRun } from "./planRun";
import type { StepLedger } from "./stepLedger";
import type { RunTransaction } from "./transaction";

/** The end of a step: which, and what it is recorded in. */
export interface StepEnd {
  readonly step: MigrationStep;
  /** No other step comes behind it. */
  readonly isLast: boolean;
  readonly transaction: RunTransaction;
  readonly ledger: StepLedger;
  /** Why the step is committed though others share its transaction, as a sentence; undefined where nothing asks for it. */
  readonly commitsBecause: string | undefined;
}

/** A step that has been sent, and that the server has yet to answer. */
export interface UnansweredStep {
  readonly answered: Promise<void>;
}

/**
 * Changes the version table and, where a step has a transaction of its own, commits.
 * @returns what the step still waits for; undefined where it is done
 * @throws DatabaseError `version-table-drift`; MigrationError
 */
export async function moveVersion(
  context: CommandContext,
  run: PlanRun,
  { step, isLast, transaction, ledger, commitsBecause }: StepEnd,
): Promise<UnansweredStep | undefined> {
  const { onVersionApply } = context.config.hooks;
  // What a revision committed early must not stand there without its version row when a later one fails.
  const isCommittedAnyway = context.config.transactionPerMigration || transaction.hasCommittedEarly;
  const isCommitted = isCommittedAnyway || commitsBecause !== undefined;
  if (commitsBecause !== undefined && !isCommittedAnyway && !isLast) {
    note(context, run.session, commitsBecause);
  }
  const table = run.versionTable ?? versionTableOf(context.config);
  const change = (isGuarded: boolean, rowChange: RowChange): Promise<unknown> => {
    if (run.connection === undefined) {
      return run.session.run(rowChangeSql(table, rowChange));
    }
    return (isGuarded ? applyGuardedRowChange : applyRowChange)(run.connection, table, rowChange);
  };
  const move = (isGuarded = false): Promise<void> =>
    sendAll(run.connection, [
      ...step.rowChanges.map((rowChange) => () => change(isGuarded, rowChange)),
      // Who stamps says where the database is: what was left half applied is then finished by hand, or given up.
      () => ledger.clear(step.kind === "stamp" ? undefined : step.revision?.revision),
    ]);
  if (onVersionApply !== undefined) {
    await transaction.inside(() => move());
    await callVersionHook(context, versionApplyEvent(run, step));
  } else if (isCommitted && !isLast && transaction.commitsTogether) {
    await commit(() => transaction.commitTogether(() => move(true)), step, transaction);
    return undefined;
  } else if (isCommitted || isLast) {
    await transaction.inside(() => move());
  } else {
    const answered = transaction.answered();
    answered.catch(() => undefined);
    await transaction.ahead(() => move());
    return { answered };
  }
  if (isCommitted) {
    await commit(() => (isLast ? transaction.commit() : transaction.commitAndGoOn()), step, transaction);
  }
  return undefined;
}

/** Tells the reader of a run in its log, and that of a script in the script. */
export function note(context: CommandContext, session: PlanRun["session"], message: string): void {
  if (session.isOffline) {
    session.comment(message);
  } else {
    context.report({ kind: "log", level: "info", message });
  }
}

/**
 * Deferred constraints are checked by COMMIT, and a connection may end before it answers.
 * @throws MigrationError `revision-failed`
 */
export async function commit(
  end: () => Promise<void>,
  step: MigrationStep | undefined,
  transaction: RunTransaction,
): Promise<void> {
  try {
    await end();
  } catch (error) {
    if (!(error instanceof DatabaseError) || error === transaction.failureAhead?.error) {
      throw error;
    }
    const revision = step?.revision?.revision ?? "base";
    const isUnanswered = error.code === "connection-lost";
    throw new MigrationError(
      "revision-failed",
      isUnanswered
        ? `The connection was lost while ${revision} was being committed, so it may or may not be in the database: ${error.message}`
        : `COMMIT failed after revision ${revision}: ${error.message}`,
      {
        revision,
        sql: error.sql,
        sqlState: error.sqlState,
        serverDetail: error.detail,
        serverHint: serverHintOf(error),
        hint: isUnanswered
          ? "When the server can be reached again, run `current` to see where the database is; then run the command again."
          : "Correct the revision, and run the command again.",
        cause: error,
      },
    );
  }
}

async function callVersionHook(context: CommandContext, event: VersionApplyEvent): Promise<void> {
  try {
    await context.config.hooks.onVersionApply?.(event);
  } catch (error) {
    throw new MigrationError(
      "hook-failed",
      `The config's onVersionApply failed after ${String(event.revision)}: ${error instanceof Error ? error.message : String(error)}`,
      { revision: event.revision ?? "base", hint: `It is in ${context.config.configPath}.`, cause: error },
    );
  }
}

/** What the project's hook is told of a step, before the step is committed. */
function versionApplyEvent(run: PlanRun, step: MigrationStep): VersionApplyEvent {
  const { connection } = run;
  const summary = summariseStep(step);
  return {
    direction: step.kind,
    revision: summary.revision,
    message: summary.message,
    from: step.from,
    to: step.to,
    heads: step.headsAfter,
    connection:
      connection === undefined
        ? undefined
        : directConnection((text, values) => connection.run(text, values), run.session),
  };
}

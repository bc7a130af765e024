import { performance } from "node:perf_hooks";
import type { Connection } from "../../database/connection";
import { DatabaseError } from "../../database/databaseError";
import {
  applyRowChange,
  createVersionTableSql,
  rowChangeSql,
  type VersionTable,
} from "../../database/versionTable";
import type { VersionApplyEvent } from "../../project/alembicConfig";
import { operationsFactory, type OperationsFactory } from "../../operations/createOperations";
import type { MigrationContext } from "../../project/migration";
import type { MigrationPlan, MigrationStep } from "../../revision/plan";
import type { CommandContext } from "../commandContext";
import type { StepSummary } from "../events";
import { versionTableOf } from "../versionTableOf";
import { withState } from "./failureState";
import { directConnection } from "./migrationConnection";
import { MigrationError } from "./migrationError";
import { readRevisionModule, type RevisionModule } from "./revisionModule";
import { runRevision } from "./runRevision";
import type { MigrationSession } from "./session";
import { createStatementSender } from "./statementSender";
import { createTypeormRuns, type TypeormRuns } from "./typeorm/typeormRuns";
import { openStepLedger, type LedgerEntry, type StepLedger } from "./stepLedger";
import { createRunTransaction, type RunTransaction } from "./transaction";

export interface PlanRun {
  readonly plan: MigrationPlan;
  readonly session: MigrationSession;
  /** The database behind a live session; undefined where a script is written. */
  readonly connection: Connection | undefined;
  readonly hasVersionTable: boolean;
  /** Where the version table is, if that is known better than by the config. */
  readonly versionTable?: VersionTable;
  readonly tag: string | undefined;
}

/** A step as it may leave the engine: plain data, no graph. */
export function summariseStep(step: MigrationStep): StepSummary {
  return {
    kind: step.kind,
    revision: step.revision?.revision,
    message: step.kind === "stamp" ? "" : (step.revision?.message ?? ""),
    path: step.revision?.path ?? "",
    from: step.from,
    to: step.to,
  };
}

/**
 * Runs the steps of a plan, each with its change of the version table in the same transaction: one for the whole
 * run, or one for each step where the config says `transactionPerMigration`. All revision files are loaded before
 * the first statement, so that one with a syntax error changes nothing.
 * @throws MigrationError, DatabaseError, LoadError; what is then in the database is in the error's `state`.
 */
export async function runPlan(context: CommandContext, run: PlanRun): Promise<readonly StepSummary[]> {
  const modules = await loadModules(context, run.plan);
  const table = run.versionTable ?? versionTableOf(context.config);
  const transaction = createRunTransaction(run.session, run.connection);
  const createOperations = operationsFactory({
    dialect: run.session.dialect,
    namingConvention: context.config.namingConvention,
    customOperations: context.config.customOperations,
  });
  const typeorm = createTypeormRuns({
    context,
    session: run.session,
    connection: run.connection,
    runInside: (text, values) => transaction.inside(() => run.session.run(text, values)),
  });
  const ledger = await openStepLedger(run.session, run.connection, table);
  warnOfLeftovers(context, run.plan, ledger.entries);
  let running: MigrationStep | undefined;
  try {
    const isEmptyScript = run.connection === undefined && run.plan.steps.length === 0;
    if (!run.hasVersionTable && !isEmptyScript) {
      await transaction.inside(() => run.session.run(createVersionTableSql(table)));
    }
    for (const [index, step] of run.plan.steps.entries()) {
      refuseWhenCancelled(context.signal);
      running = step;
      await runStep(context, run, { step, index, modules, createOperations, transaction, ledger, typeorm });
    }
    await commit(transaction.commit, running);
    return run.plan.steps.map(summariseStep);
  } catch (error) {
    const isPartlyApplied = running !== undefined && transaction.hasCommittedEarly;
    await transaction.rollback();
    // A cancelled statement fails like any other: only the signal tells that it was wanted.
    refuseWhenCancelled(context.signal);
    throw await withState(error, run.connection, table, isPartlyApplied ? running : undefined);
  }
}

/** A revision that an earlier run left half applied is finished by running it again, not by going elsewhere. */
function warnOfLeftovers(
  context: CommandContext,
  plan: MigrationPlan,
  entries: readonly LedgerEntry[],
): void {
  const isTakenUp = ({ revision, direction }: LedgerEntry): boolean =>
    plan.steps.some((step) => step.revision?.revision === revision && step.kind === direction);
  for (const entry of entries.filter((candidate) => !isTakenUp(candidate))) {
    context.report({
      kind: "log",
      level: "warning",
      message: `Revision ${entry.revision} is half applied: an earlier ${entry.direction} was cut off at its statement ${String(entry.position)}, and this run does not take it up.`,
    });
  }
}

async function loadModules(
  context: CommandContext,
  plan: MigrationPlan,
): Promise<ReadonlyMap<string, RevisionModule>> {
  const modules = new Map<string, RevisionModule>();
  for (const step of plan.steps) {
    const revision = step.revision;
    if (step.kind !== "stamp" && revision !== undefined) {
      modules.set(
        revision.revision,
        await readRevisionModule(revision.path, revision.revision, context.loadRevisionModule),
      );
    }
  }
  return modules;
}

interface StepRun {
  readonly step: MigrationStep;
  readonly index: number;
  readonly modules: ReadonlyMap<string, RevisionModule>;
  readonly createOperations: OperationsFactory;
  readonly transaction: RunTransaction;
  readonly ledger: StepLedger;
  readonly typeorm: TypeormRuns;
}

async function runStep(
  context: CommandContext,
  run: PlanRun,
  { step, index, modules, createOperations, transaction, ledger, typeorm }: StepRun,
): Promise<void> {
  const summary = summariseStep(step);
  const progress = { step: summary, index, total: run.plan.steps.length };
  const startedAt = performance.now();
  context.report({ kind: "stepStarted", ...progress });
  transaction.startRevision();
  run.session.comment(stepComment(summary));
  const module = step.revision === undefined ? undefined : modules.get(step.revision.revision);
  if (module !== undefined && step.revision !== undefined && step.kind !== "stamp") {
    const sender = createStatementSender({
      revision: step.revision.revision,
      direction: step.kind,
      isTransactional: module.isTransactional,
      session: run.session,
      connection: run.connection,
      transaction,
      ledger,
      signal: context.signal,
      log: (message) => context.report({ kind: "log", level: "warning", message }),
    });
    await runRevision(
      {
        revision: step.revision.revision,
        path: step.revision.path,
        migrate: module[step.kind],
        mapToSource: context.mapRevisionToSource,
        isTransactional: module.isTransactional,
        typeorm,
        context: migrationContext(context, run, step.kind, step.revision.revision),
        database: run.connection,
        createOperations,
      },
      run.session,
      sender.send,
    );
    sender.finish();
  }
  await transaction.inside(async () => {
    await applyRowChanges(run, step, run.versionTable ?? versionTableOf(context.config));
    // Who stamps says where the database is: what was left half applied is then finished by hand, or given up.
    await ledger.clear(step.kind === "stamp" ? undefined : step.revision?.revision);
  });
  await callVersionHook(context, versionApplyEvent(run, step, summary));
  // What a revision committed early must not stand there without its version row when a later one fails.
  if (context.config.transactionPerMigration || transaction.hasCommittedEarly) {
    const isLast = index === run.plan.steps.length - 1;
    await commit(isLast ? transaction.commit : transaction.commitAndGoOn, step);
  }
  context.report({ kind: "stepFinished", ...progress, milliseconds: performance.now() - startedAt });
}

/** Deferred constraints are checked by COMMIT, and a connection may end before it answers. */
async function commit(end: () => Promise<void>, step: MigrationStep | undefined): Promise<void> {
  try {
    await end();
  } catch (error) {
    if (!(error instanceof DatabaseError)) {
      throw error;
    }
    const revision = step?.revision?.revision ?? "base";
    const isUnanswered = error.code === "connection-lost";
    throw new MigrationError(
      "revision-failed",
      isUnanswered
        ? `The connection was lost while ${revision} was being committed, so it may be in the database or not: ${error.message}`
        : `COMMIT failed behind revision ${revision}: ${error.message}`,
      {
        revision,
        sql: error.sql,
        sqlState: error.sqlState,
        serverDetail: error.detail,
        serverHint: error.hint,
        hint: isUnanswered
          ? "`current` tells when the server answers again; then run the command again."
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
function versionApplyEvent(run: PlanRun, step: MigrationStep, summary: StepSummary): VersionApplyEvent {
  const { connection } = run;
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

async function applyRowChanges(run: PlanRun, step: MigrationStep, table: VersionTable): Promise<void> {
  for (const change of step.rowChanges) {
    if (run.connection === undefined) {
      await run.session.run(rowChangeSql(table, change));
    } else {
      await applyRowChange(run.connection, table, change);
    }
  }
}

function stepComment(step: StepSummary): string {
  return `Running ${step.kind === "stamp" ? "stamp_revision" : step.kind} ${step.from.join(", ")} -> ${step.to.join(", ")}`;
}

function migrationContext(
  context: CommandContext,
  run: PlanRun,
  direction: "upgrade" | "downgrade",
  revision: string,
): Omit<MigrationContext, "runTypeormMigration"> {
  return {
    dialect: run.session.dialect,
    isOffline: run.session.isOffline,
    direction,
    revision,
    xArguments: context.xArguments,
    tag: run.tag,
    config: context.config,
    log: (message) => context.report({ kind: "log", level: "info", message }),
  };
}

function refuseWhenCancelled(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new DatabaseError("cancelled", "Cancelled; what was not committed is rolled back.");
  }
}

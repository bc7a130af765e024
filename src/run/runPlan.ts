import { performance } from "node:perf_hooks";
import { DatabaseError } from "../database/databaseError";
import { createVersionTableSql } from "../database/versionTable";
import { operationsFactory, type OperationsFactory } from "../operations/createOperations";
import type { MigrationContext } from "../project/migration";
import type { MigrationPlan, MigrationStep } from "../revision/plan";
import type { CommandContext } from "../context/commandContext";
import type { CommandEvent, StepSummary } from "../context/events";
import { versionTableOf } from "../context/versionTableOf";
import { withState } from "./failureState";
import { MigrationError } from "./migrationError";
import { createLateCalls, type LateCalls } from "./lateCalls";
import { commit, moveVersion, note } from "./moveVersion";
import { summariseStep, type PlanRun, type RunInside } from "./planRun";
import { readRevisionModule, type RevisionModule } from "./revisionModule";
import { runRevision } from "./runRevision";
import { createStatementSender, describeEnumValues } from "./statementSender";
import { openStepLedger, type LedgerEntry, type StepLedger } from "./stepLedger";
import { createRunTransaction, type RunTransaction } from "./transaction";
import { createTypeormRuns, type TypeormRuns } from "./typeorm/typeormRuns";

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
  const runInside: RunInside = (text, values) => transaction.inside(() => run.session.run(text, values));
  const typeorm = createTypeormRuns({
    context,
    session: run.session,
    connection: run.connection,
    runInside,
    runAhead: (text, values) => transaction.ahead(() => run.session.run(text, values)),
  });
  const lateCalls = createLateCalls(context);
  const ledger = await openStepLedger(run.session, run.connection, table);
  warnOfLeftovers(context, run.plan, ledger.entries);
  let running: MigrationStep | undefined;
  try {
    const isEmptyScript = run.connection === undefined && run.plan.steps.length === 0;
    if (!run.hasVersionTable && !isEmptyScript) {
      await runInside(createVersionTableSql(table));
    }
    await run.beforeSteps?.(runInside);
    for (const [index, step] of run.plan.steps.entries()) {
      refuseWhenCancelled(context.signal);
      running = step;
      await runStep(context, run, {
        step,
        index,
        modules,
        createOperations,
        transaction,
        ledger,
        typeorm,
        lateCalls,
      });
    }
    lateCalls.refuse();
    await commit(transaction.commit, running, transaction);
    return run.plan.steps.map(summariseStep);
  } catch (error) {
    const isPartlyApplied = running !== undefined && transaction.hasCommittedEarly;
    await transaction.rollback();
    // A cancelled statement fails like any other: only the signal tells that it was wanted.
    refuseWhenCancelled(context.signal);
    const ahead = transaction.failureAhead?.error;
    // What came first counts, with what has been added to it.
    const isOfAhead = error instanceof MigrationError && error.cause === ahead;
    const cause = ahead === undefined || isOfAhead ? error : ahead;
    throw await withState(cause, run.connection, table, isPartlyApplied ? running : undefined);
  } finally {
    lateCalls.end();
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
      message: `Revision ${entry.revision} is half applied: an earlier ${entry.direction} was interrupted at statement ${String(entry.position)}, and this run does not resume it.`,
    });
  }
}

async function loadModules(
  context: CommandContext,
  plan: MigrationPlan,
): Promise<ReadonlyMap<string, RevisionModule>> {
  const modules = new Map<string, RevisionModule>();
  for (const { kind, revision } of plan.steps) {
    if (kind !== "stamp" && revision !== undefined) {
      const { path, revision: id } = revision;
      modules.set(id, await readRevisionModule(path, id, context.loadRevisionModule));
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
  readonly lateCalls: LateCalls;
}

async function runStep(
  context: CommandContext,
  run: PlanRun,
  { step, index, modules, createOperations, transaction, ledger, typeorm, lateCalls }: StepRun,
): Promise<void> {
  const summary = summariseStep(step);
  const progress = { step: summary, index, total: run.plan.steps.length };
  const startedAt = performance.now();
  context.report({ kind: "stepStarted", ...progress });
  transaction.startRevision();
  run.session.comment(stepComment(summary));
  let commitsBecause: string | undefined;
  const warn = (message: string): void => context.report({ kind: "log", level: "warning", message });
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
      log: warn,
      note: (message) => note(context, run.session, message),
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
        signal: context.signal,
        onSilence: (message) => context.report({ kind: "log", level: "warning", message }),
        onLateCall: lateCalls.note,
        warn,
      },
      run.session,
      sender,
    );
    sender.finish();
    const values = sender.uncommittedEnumValues;
    if (values.length > 0) {
      commitsBecause = `The transaction ends after revision ${step.revision.revision}: PostgreSQL takes ${describeEnumValues(values)} only after the commit of what added it.`;
    }
  }
  lateCalls.refuse();
  const isLast = index === run.plan.steps.length - 1;
  const unanswered = await moveVersion(context, run, { step, isLast, transaction, ledger, commitsBecause });
  const finished = (): CommandEvent => ({
    kind: "stepFinished",
    ...progress,
    milliseconds: performance.now() - startedAt,
  });
  if (unanswered === undefined || run.gate === undefined) {
    await unanswered?.answered;
    context.report(finished());
  } else {
    run.gate.endStep(unanswered.answered, finished);
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

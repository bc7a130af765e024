import { performance } from "node:perf_hooks";
import { makeVersionTable, type VersionTable } from "../database/versionTable";
import { operationsFactory, type OperationsFactory } from "../operations/createOperations";
import type { MigrationPlan, MigrationStep } from "../revision/plan";
import type { CommandContext } from "../context/commandContext";
import type { CommandEvent, StepSummary } from "../context/events";
import { versionTableOf } from "../context/versionTableOf";
import { withState } from "./failureState";
import { closed, closedFunction, type ClosedRevision } from "./closedRun";
import { MigrationError } from "./migrationError";
import { createLateCalls, type LateCalls } from "./lateCalls";
import { commit, moveVersion, note } from "./moveVersion";
import { summariseStep, type PlanRun, type RunInside } from "./planRun";
import { refuseWhenCancelled } from "./refusedStatements";
import { readRevisionModule, type RevisionModule } from "./revisionModule";
import { runRevision, type RevisionRun } from "./runRevision";
import { StatementSender } from "./statementSender";
import { describeEnumValues } from "./uncommittedEnumValues";
import { openStepLedger, type LedgerEntry, type StepLedger } from "./stepLedger";
import { RunTransaction } from "./transaction";
import { createTypeormRuns, type TypeormRuns } from "./typeorm/typeormRuns";

/**
 * Runs the steps of a plan, each with its change of the version table in the same transaction: one for the whole
 * run, or one for each step where the config says `transactionPerMigration`. All revision files are loaded before
 * the first statement, so that one with a syntax error changes nothing.
 * @throws MigrationError, DatabaseError, LoadError; what is then in the database is in the error's `state`.
 */
export async function runPlan(context: CommandContext, run: PlanRun): Promise<readonly StepSummary[]> {
  const modules = await loadModules(context, run);
  const table = run.versionTable ?? versionTableOf(context.config);
  const ledger = await openStepLedger(run.session, run.connection, table);
  warnOfLeftovers(context, run.plan, ledger.entries);
  const tools = createTools(context, run, { modules, ledger });
  const { transaction, lateCalls } = tools;
  let running: MigrationStep | undefined;
  try {
    await prepareDatabase(run, table, tools.runInside);
    for (const [index, step] of run.plan.steps.entries()) {
      refuseWhenCancelled(context.signal);
      running = step;
      await runStep(context, run, { ...tools, step, index });
    }
    lateCalls.refuse();
    await commit(() => transaction.commit(), running, transaction);
    return run.plan.steps.map(summariseStep);
  } catch (error) {
    const isPartlyApplied = running !== undefined && transaction.hasCommittedEarly;
    await transaction.rollback();
    // A cancelled statement fails like any other: only the signal tells that it was wanted.
    refuseWhenCancelled(context.signal);
    const cause = firstFailure(error, transaction);
    throw await withState(cause, run.connection, table, {
      isAnything: isPartlyApplied || transaction.hasCommitted,
      partOf: isPartlyApplied ? running : undefined,
    });
  } finally {
    lateCalls.end();
  }
}

/** What all steps of a run share. */
interface RunTools {
  readonly modules: ReadonlyMap<string, RevisionModule>;
  readonly createOperations: OperationsFactory;
  readonly transaction: RunTransaction;
  readonly ledger: StepLedger;
  readonly typeorm: TypeormRuns;
  readonly lateCalls: LateCalls;
  readonly runInside: RunInside;
}

function createTools(
  context: CommandContext,
  run: PlanRun,
  given: Pick<RunTools, "modules" | "ledger">,
): RunTools {
  const { session, connection } = run;
  const transaction = new RunTransaction(session, connection);
  const runInside: RunInside = (text, values) => transaction.inside(() => session.run(text, values));
  return {
    ...given,
    transaction,
    runInside,
    createOperations: operationsFactory({
      dialect: session.dialect,
      namingConvention: context.config.namingConvention,
      customOperations: context.config.customOperations,
    }),
    typeorm: createTypeormRuns({
      context,
      session,
      connection,
      runInside,
      runAhead: (text, values) => transaction.ahead(() => session.run(text, values)),
    }),
    lateCalls: createLateCalls(context),
  };
}

async function prepareDatabase(run: PlanRun, table: VersionTable, runInside: RunInside): Promise<void> {
  const isEmptyScript = run.connection === undefined && run.plan.steps.length === 0;
  if (!run.hasVersionTable && !isEmptyScript) {
    await makeVersionTable(runInside, table);
  }
  await run.beforeSteps?.(runInside);
}

/** What came first counts, with what has been added to it. */
function firstFailure(error: unknown, { failureAhead }: RunTransaction): unknown {
  const isOfAhead = error instanceof MigrationError && error.cause === failureAhead?.error;
  return failureAhead === undefined || isOfAhead ? error : failureAhead.error;
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
  run: PlanRun,
): Promise<ReadonlyMap<string, RevisionModule>> {
  const modules = new Map<string, RevisionModule>();
  for (const { kind, revision } of run.plan.steps) {
    if (kind !== "stamp" && revision !== undefined) {
      const { path, revision: id } = revision;
      const read = (): Promise<RevisionModule> => readRevisionModule(path, id, context.loadRevisionModule);
      const held = heldRevision(context, run, id);
      modules.set(id, await (held === undefined ? read() : closed(held, read)));
    }
  }
  return modules;
}

/** Why the revisions of a run may connect to nothing; undefined where they may, as in a TypeORM of their own. */
function heldRevision(
  { isScratch, agent }: CommandContext,
  { connection }: PlanRun,
  revision: string,
): ClosedRevision | undefined {
  const because = isScratch === true ? "scratch" : connection === undefined ? "script" : undefined;
  return because === undefined ? undefined : { revision, because, agent };
}

interface StepRun extends RunTools {
  readonly step: MigrationStep;
  readonly index: number;
}

async function runStep(context: CommandContext, run: PlanRun, stepRun: StepRun): Promise<void> {
  const { step, index, transaction, ledger, lateCalls } = stepRun;
  const summary = summariseStep(step);
  const progress = { step: summary, index, total: run.plan.steps.length };
  const startedAt = performance.now();
  context.report({ kind: "stepStarted", ...progress });
  transaction.startRevision();
  run.session.comment(stepComment(summary));
  const commitsBecause = await migrateStep(context, run, stepRun);
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

/**
 * Runs the step's revision, where it has one that is not only stamped.
 * @returns why what it did has to be committed at once, as a sentence; undefined where nothing asks for it
 */
async function migrateStep(
  context: CommandContext,
  run: PlanRun,
  { step, modules, createOperations, transaction, ledger, typeorm, lateCalls }: StepRun,
): Promise<string | undefined> {
  const module = step.revision === undefined ? undefined : modules.get(step.revision.revision);
  if (module === undefined || step.revision === undefined || step.kind === "stamp") {
    return undefined;
  }
  const { session, connection } = run;
  const { signal } = context;
  const { revision, path } = step.revision;
  const { isTransactional, [step.kind]: migrate } = module;
  const held = heldRevision(context, run, revision);
  const warn = (message: string): void => context.report({ kind: "log", level: "warning", message });
  const sender = new StatementSender({
    revision,
    direction: step.kind,
    isTransactional,
    session,
    connection,
    transaction,
    ledger,
    signal,
    log: warn,
    note: (message) => note(context, session, message),
    observe: run.observe,
  });
  await runRevision(
    {
      revision,
      path,
      migrate: held === undefined ? migrate : closedFunction(migrate, held),
      mapToSource: context.mapRevisionToSource,
      isTransactional,
      typeorm,
      context: migrationContext(context, run, step.kind, revision),
      onOfflineAsked: run.onOfflineAsked,
      database: connection,
      createOperations,
      record: run.record,
      signal,
      onSilence: warn,
      onLateCall: lateCalls.note,
      warn,
    },
    session,
    sender,
  );
  sender.finish();
  const values = sender.uncommittedEnumValues;
  return values.length === 0
    ? undefined
    : `The transaction ends after revision ${revision}: PostgreSQL accepts ${describeEnumValues(values)} only after the transaction that added it is committed.`;
}

function stepComment(step: StepSummary): string {
  return `Running ${step.kind === "stamp" ? "stamp_revision" : step.kind} ${step.from.join(", ")} -> ${step.to.join(", ")}`;
}

function migrationContext(
  context: CommandContext,
  run: PlanRun,
  direction: "upgrade" | "downgrade",
  revision: string,
): RevisionRun["context"] {
  return {
    dialect: run.session.dialect,
    direction,
    revision,
    xArguments: context.xArguments,
    tag: run.tag,
    config: context.config,
    log: (message) => context.report({ kind: "log", level: "info", message }),
  };
}

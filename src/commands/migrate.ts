import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { describeHolder } from "../database/advisoryLock";
import {
  locateVersionTable,
  readVersionRows,
  versionTableExists,
  type VersionTable,
} from "../database/versionTable";
import { requireReadable } from "../project/normaliseConfig";
import type { RevisionGraph } from "../revision/graph";
import type { MigrationPlan } from "../revision/plan";
import { graphFor } from "../revision/oldFiles";
import { planDowngrade } from "../revision/planDowngrade";
import { planUpgrade } from "../revision/planUpgrade";
import { resolveRevisions } from "../revision/resolve";
import { parseRange } from "../revision/symbols";
import { fromRows } from "../revision/unknownRow";
import {
  withDatabase,
  type Command,
  type CommandContext,
  type OpenedDatabase,
} from "../context/commandContext";
import { backUpDatabase } from "./backup";
import { CommandError } from "../context/commandError";
import type { ConfirmedPlan, MigrationRunResult, UpgradeOptions } from "../context/commandTable";
import { approve, givePlan, type MadePlan } from "./plan/approval";
import { describePlan, identifyPlan, requireConfirmed } from "./plan/confirmedPlan";
import { requireOneDatabase } from "../context/namedDatabases";
import { readSoundGraph } from "../context/readGraph";
import { cancelOnAbort } from "../run/cancelOnAbort";
import { retryWhenBlocked } from "../run/retryWhenBlocked";
import type { PlanRun, RunInside } from "../run/planRun";
import { requireOneTool } from "../run/requireOneTool";
import { createReportGate } from "../run/reportGate";
import { runPlan } from "../run/runPlan";
import { liveSession, scriptSession } from "../run/session";
import { watchLockWaits } from "../run/watchLockWaits";
import { versionTableOf } from "../context/versionTableOf";

/** How long a run waits for another one to end. */
const lockWaitMilliseconds = 10 * 60_000;

/** Makes the plan of a run from the rows that the database has at that moment. */
export type MakePlan = (databaseHeads: readonly string[]) => MigrationPlan;

/** Alembic's `upgrade`. */
export const upgrade: Command<"upgrade"> = (context, options) => migrate(context, options, "upgrade");

/**
 * Alembic's `downgrade`. With `sql` and no range the database is asked where it stands, which Alembic can't.
 */
export const downgrade: Command<"downgrade"> = (context, options) => migrate(context, options, "downgrade");

async function migrate(
  context: CommandContext,
  options: UpgradeOptions,
  direction: "upgrade" | "downgrade",
): Promise<MigrationRunResult> {
  const graph = await readSoundGraph(context);
  const range = parseRange(options.target);
  const planTo =
    (target: string): MakePlan =>
    (databaseHeads) => {
      const known = graphFor(graph, databaseHeads, target);
      const plan = fromRows(known, databaseHeads, () =>
        (direction === "upgrade" ? planUpgrade : planDowngrade)(known, { databaseHeads, target }),
      );
      requireOneTool(plan, direction);
      return plan;
    };
  if (options.sql === true) {
    const start = await scriptStart(context, graph, range, direction);
    return writeScript(context, planTo(range?.to ?? options.target)(start), start, options.tag);
  }
  if (range !== undefined) {
    throw new CommandError("range-needs-sql", "Range revision not allowed", "Use a range only with --sql.");
  }
  return runLive(context, planTo(options.target), {
    ...options,
    danger: direction === "downgrade" ? () => "reverts revisions" : undefined,
    backup: direction === "upgrade" && (options.backup ?? context.config.backup),
  });
}

/** The rows that a script assumes: its range's, or those of the database for a downgrade, or none. */
async function scriptStart(
  context: CommandContext,
  graph: RevisionGraph,
  range: { readonly from: string | undefined } | undefined,
  direction: "upgrade" | "downgrade",
): Promise<readonly string[]> {
  if (range?.from !== undefined) {
    // A preview of a merge begins at several heads: `a,b:c`.
    return range.from
      .split(",")
      .flatMap((symbol) => resolveRevisions(graphFor(graph, [], symbol), symbol))
      .map((revision) => revision.revision);
  }
  return range === undefined && direction === "downgrade" ? askWhereItStands(context) : [];
}

async function askWhereItStands(context: CommandContext): Promise<readonly string[]> {
  requireOneDatabase(context, "read");
  try {
    return await withDatabase(context, ({ database }) =>
      readVersionRows(database.connection, versionTableOf(context.config)),
    );
  } catch (error) {
    if (!(error instanceof DatabaseError)) {
      throw error;
    }
    throw new CommandError(
      "sql-needs-range",
      `downgrade with --sql requires <fromrev>:<torev>, or a reachable database to read the current revision from. ${error.message}`,
      "Write the range, for example head:-1, or name a database that answers.",
    );
  }
}

/** Gives the SQL of a plan, as a live run would send it. */
export async function writeScript(
  context: CommandContext,
  plan: MigrationPlan,
  start: readonly string[],
  tag: string | undefined,
): Promise<MigrationRunResult> {
  warnOf(context, plan);
  const session = scriptSession(await context.scriptDialect());
  await runPlan(context, { plan, session, connection: undefined, hasVersionTable: start.length > 0, tag });
  return { kind: "sql", text: session.text() };
}

/**
 * Takes the lock, reads the rows, makes the plan and runs it, so that of two runs at once the second finds
 * nothing left to do.
 */
interface LiveOptions {
  readonly plan?: boolean | "approval";
  readonly approved?: string;
  /** Why the run needs a person's approval whatever is lost, as the predicate of a sentence. */
  readonly danger?: ((plan: MigrationPlan, rows: readonly string[]) => string | undefined) | undefined;
  readonly tag?: string;
  readonly backup?: boolean;
  /** Runs first, in the transaction of the run, also where the plan has no step. */
  readonly beforeSteps?: (plan: MigrationPlan, connection: Connection, run: RunInside) => Promise<void>;
  readonly confirmed?: ConfirmedPlan;
}

/** Makes a plan of the version table's rows under the lock, and runs it; with `plan` it is only made. */
export async function runLive(
  context: CommandContext,
  makePlan: MakePlan,
  options: LiveOptions,
): Promise<Exclude<MigrationRunResult, { readonly kind: "sql" }>> {
  requireOneDatabase(context, "change");
  return withDatabase(context, async (opened) => {
    const { connection } = opened.database;
    const { description } = opened;
    const table = await locateVersionTable(connection, versionTableOf(context.config));
    const versionTable = [table.schema ?? [], table.name].flat().join(".");
    const identify = (rows: readonly string[], plan: MigrationPlan): ConfirmedPlan =>
      identifyPlan({ database: description, versionTable, rows }, plan);
    const made = (rows: readonly string[], plan: MigrationPlan): MadePlan => {
      return { opened, plan, versionTable, rows, danger: options.danger?.(plan, rows) };
    };
    if (options.plan !== undefined && options.plan !== false) {
      const rows = await readVersionRows(connection, table);
      const plan = makePlan(rows);
      warnOf(context, plan);
      const given = { kind: "plan", heads: plan.finalHeads } as const;
      return options.plan === true
        ? { ...given, ...identify(rows, plan) }
        : {
            ...given,
            ...describePlan({ database: description, versionTable, rows }, plan),
            approval: await givePlan(context, made(rows, plan)),
          };
    }
    const lock = await takeLock(context, opened, table);
    const watch = watchLockWaits(connection, lock, context.report);
    let stopCancelling = (): void => undefined;
    try {
      stopCancelling = cancelOnAbort(context.signal, connection);
      await setTimeouts(connection, context);
      const gate = createReportGate(context.report);
      const session = liveSession(connection, (text) => gate.report({ kind: "statement", text }));
      let isBackedUp = options.backup !== true;
      // Only once: what a blocked attempt has committed, the next one need not do again.
      let { confirmed } = options;
      let isApproved = false;
      const steps = await retryWhenBlocked(context, watch.last, async () => {
        const rows = await readVersionRows(connection, table);
        const plan = makePlan(rows);
        if (confirmed !== undefined) {
          requireConfirmed(confirmed, identify(rows, plan));
          confirmed = undefined;
        }
        if (!isApproved) {
          await approve(context, made(rows, plan), options.approved);
          isApproved = true;
        }
        warnOf(context, plan);
        if (!isBackedUp && plan.steps.length > 0) {
          await backUp(context, opened);
          isBackedUp = true;
        }
        const hasVersionTable = await versionTableExists(connection, table);
        const { beforeSteps } = options;
        const run: PlanRun = {
          plan,
          session,
          connection,
          hasVersionTable,
          versionTable: table,
          tag: options.tag,
          gate,
          beforeSteps:
            beforeSteps === undefined ? undefined : (runInside) => beforeSteps(plan, connection, runInside),
        };
        return runPlan({ ...context, report: gate.report }, run);
      });
      const heads = (await readVersionRows(connection, table)).toSorted();
      return { kind: "ran", database: description, steps, heads };
    } finally {
      stopCancelling();
      await watch.stop();
      await lock.release();
    }
  });
}

async function backUp(context: CommandContext, { database, description }: OpenedDatabase): Promise<void> {
  requireReadable(context.config, "backupDirectory");
  context.report({ kind: "waiting", reason: `backing up ${description.name} with pg_dump` });
  const file = await backUpDatabase({
    server: database.server,
    label: context.databaseLabel,
    directory: context.config.backupDirectory,
    now: context.now(),
    signal: context.signal,
  });
  context.report({ kind: "log", level: "info", message: `Backed up to ${file}` });
}

function warnOf(context: CommandContext, plan: MigrationPlan): void {
  for (const message of plan.warnings) {
    context.report({ kind: "log", level: "warning", message });
  }
}

/**
 * Keeps other runs on the same version table out.
 * @param table as `locateVersionTable` gives it: two configurations may name one table in different ways
 */
export function takeLock(
  context: CommandContext,
  { database, description }: OpenedDatabase,
  table: VersionTable,
): ReturnType<typeof database.lock> {
  return database.lock({
    key: `${table.schema ?? ""}.${table.name}`,
    timeoutMilliseconds: lockWaitMilliseconds,
    signal: context.signal,
    onWaiting: (holder) =>
      context.report({
        kind: "waiting",
        reason: `waiting for another run on ${description.name}${describeHolder(holder)}`,
      }),
  });
}

async function setTimeouts(connection: Connection, context: CommandContext): Promise<void> {
  const { lockTimeout, statementTimeout } = context.config;
  for (const [name, value] of [
    ["lock_timeout", lockTimeout],
    ["statement_timeout", statementTimeout],
  ] as const) {
    if (value !== undefined) {
      await connection.configure?.(name, value);
    }
  }
}

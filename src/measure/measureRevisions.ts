import type { CommandContext } from "../context/commandContext";
import { versionTableOf } from "../context/versionTableOf";
import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { locateVersionTable } from "../database/versionTable";
import type { StatementEffects } from "../lint/effects";
import { loadGrammar } from "../lint/grammar";
import { withNetwork } from "../machine/closedNetwork";
import { LoadError } from "../project/errors";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import type { MigrationPlan } from "../revision/plan";
import { planUpgrade } from "../revision/planUpgrade";
import { MigrationError, type SourceLocation } from "../run/migrationError";
import { placeInFile } from "../run/placeInFile";
import { runPlan } from "../run/runPlan";
import { scratchContext } from "../run/scratchContext";
import { liveSession } from "../run/session";
import type { ObservedStatement } from "../run/statementObserver";
import { prepareScratch } from "../run/typeorm/prepareScratch";
import { openMeasuringDatabase } from "./measuringDatabase";
import { StatementMeter } from "./statementMeter";

/** Which revisions are measured; the others are only run, so that their objects are there. */
export interface MeasuredSelection {
  readonly isWanted: (revision: string) => boolean;
  /** Whether they are one run, so that what one makes is new for the next. */
  readonly isOneRun: boolean;
  /** That of the database that they are for; undefined where it is not known. */
  readonly timeZone: string | undefined;
}

/** A statement that a revision has sent to the scratch database. */
export interface SentStatement extends StatementEffects {
  readonly revision: string;
  readonly text: string;
  /** Undefined where no call in the revision's file has sent it. */
  readonly location: SourceLocation | undefined;
}

export interface Measurement {
  readonly statements: readonly SentStatement[];
  /** Major version of the scratch database. */
  readonly serverVersion: number;
  /** What could not be run, so that it and what comes after it is not measured. */
  readonly failure: { readonly revision: string | undefined; readonly message: string } | undefined;
}

/**
 * Runs revisions on an empty database of our own and looks what each statement locks, rewrites and reads there. The
 * project's databases are not touched.
 * @throws DatabaseError where there is no scratch database, or `cancelled`
 */
export async function measureRevisions(
  context: CommandContext,
  graph: RevisionGraph,
  selection: MeasuredSelection,
): Promise<Measurement> {
  const plan = planUpTo(graph, selection);
  if (plan.steps.length === 0) {
    return { statements: [], serverVersion: 0, failure: undefined };
  }
  context.report({ kind: "waiting", reason: "measuring the revisions on a scratch PostgreSQL" });
  const database = await openMeasuringDatabase(context);
  try {
    const { connection } = database;
    await prepareScratch(scratchContext(context), graph, connection);
    if (selection.timeZone !== undefined) {
      await connection.query("SELECT pg_catalog.set_config('TimeZone', $1, false)", [selection.timeZone]);
    }
    const [version] = await connection.query("SHOW server_version_num");
    const statements: SentStatement[] = [];
    const failure = await runMeasured(context, { graph, plan, connection, selection, statements });
    return {
      statements,
      serverVersion: Math.floor(Number(version?.["server_version_num"]) / 10_000),
      failure,
    };
  } finally {
    await database.close();
  }
}

/** All up to the last that is wanted. */
function planUpTo(graph: RevisionGraph, { isWanted }: MeasuredSelection): MigrationPlan {
  const plan = planUpgrade(graph, { databaseHeads: [], target: "heads" });
  const last = plan.steps.findLastIndex(
    ({ revision }) => revision !== undefined && isWanted(revision.revision),
  );
  return { ...plan, steps: plan.steps.slice(0, last + 1) };
}

interface MeasuredRun {
  readonly graph: RevisionGraph;
  readonly plan: MigrationPlan;
  readonly connection: Connection;
  readonly selection: MeasuredSelection;
  /** Takes what is found, as far as the run comes. */
  readonly statements: SentStatement[];
}

async function runMeasured(
  context: CommandContext,
  { graph, plan, connection: shared, selection, statements }: MeasuredRun,
): Promise<Measurement["failure"]> {
  const connection = ownConnection(shared);
  const meter = new StatementMeter(connection, await loadGrammar());
  let measuring: string | undefined;
  const locate = ({ callSite, revision }: ObservedStatement): SourceLocation | undefined =>
    callSite === undefined ? undefined : placeIn(context, graph.get(revision), callSite);
  try {
    await runPlan(quietContext(context), {
      plan,
      connection,
      session: liveSession(connection, () => undefined),
      hasVersionTable: false,
      versionTable: await locateVersionTable(connection, versionTableOf(context.config)),
      tag: undefined,
      async observe(statement, send) {
        if (!selection.isWanted(statement.revision)) {
          return send();
        }
        if (measuring !== statement.revision) {
          meter.startRevision({ isRun: !selection.isOneRun });
        }
        measuring = statement.revision;
        const { result, effects } = await meter.measure(statement, send);
        const { revision, text } = statement;
        statements.push({ revision, text, location: locate(statement), ...effects });
        return result;
      },
    });
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError || context.signal.aborted) {
      throw error;
    }
    if (error instanceof MigrationError || error instanceof LoadError) {
      const revision = error instanceof MigrationError ? error.revision : undefined;
      return { revision, message: error.message };
    }
    throw error;
  }
}

/** One statement at a time; the revisions' code may reach nothing, but its statements reach the scratch database. */
function ownConnection(shared: Connection): Connection {
  return {
    ...shared,
    takesSeveral: false,
    run: (text, values, parsers) => withNetwork(() => shared.run(text, values, parsers)),
    query: (text, values) => withNetwork(() => shared.query(text, values)),
  };
}

function placeIn(
  { mapRevisionToSource }: CommandContext,
  revision: GraphRevision | undefined,
  callSite: NonNullable<ObservedStatement["callSite"]>,
): SourceLocation | undefined {
  if (revision === undefined) {
    return undefined;
  }
  mapRevisionToSource(revision.path);
  return placeInFile(callSite, revision.path);
}

/** What a run tells is for real databases; a transaction for each revision keeps no locks for the next. */
function quietContext(context: CommandContext): CommandContext {
  const scratch = scratchContext(context);
  return {
    ...scratch,
    config: { ...scratch.config, transactionPerMigration: true },
    report: () => undefined,
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "../database/connection";
import type { Database } from "../database/database";
import { openSqliteDatabase } from "../database/sqliteDatabase";
import { createVersionTableSql, locateVersionTable, type VersionTable } from "../database/versionTable";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import type { MigrationPlan } from "../revision/plan";
import { planDowngrade } from "../revision/planDowngrade";
import { planUpgrade } from "../revision/planUpgrade";
import { targetBefore } from "../revision/targetBefore";
import { openScratchDatabase } from "../context/scratchDatabase";
import { searchedSchemas } from "../context/searchedSchemas";
import type { CommandContext } from "../context/commandContext";
import { versionTableOf } from "../context/versionTableOf";
import { scratchContext } from "../run/scratchContext";
import type { RevisionRecorder } from "../run/revisionRecorder";
import { runPlan } from "../run/runPlan";
import { liveSession } from "../run/session";
import { prepareScratch } from "../run/typeorm/prepareScratch";
import { rethrowCancellation } from "./cancellation";
import { nestedConnection, readSequences } from "./nestedConnection";
import { beginScratchSession, type ScratchSession } from "./scratchSession";
import type { GivenDatabase } from "./givenDatabase";
import { isSameSchema, takeSnapshot, type SchemaSnapshot } from "./schemaSnapshot";

/** Rows may make a statement long. So much of one is kept, which is more than anybody reads. */
export const keptOfStatement = 200_001;

/** A database that was empty, on which revisions are applied and reverted, one by one or all at once. */
export class Scratch {
  private rows: readonly string[] = [];
  private sent: string[] = [];
  /** Of the present state: what one revision ends with, the next begins with. */
  private lastSnapshot: Promise<SchemaSnapshot> | undefined;

  private constructor(
    private readonly context: CommandContext,
    private readonly graph: RevisionGraph,
    private readonly database: Database,
    private hasVersionTable: boolean,
    /** With its schema: a revision may change the search path. */
    private readonly versionTable: VersionTable,
    /** What revisions leave set for those that follow. */
    readonly session: ScratchSession,
  ) {
    this.current = database.connection;
  }

  /** What revisions run on: the database's own connection, or one on which all can be taken back. */
  private current: Connection;

  /**
   * @param given the database to use; one of our own if left out, which is gone when it is closed
   * @param adoptedIn the revisions among which adopted TypeORM migrations are looked for, where one of the graph has no file yet
   */
  static async open(
    context: CommandContext,
    graph: RevisionGraph,
    given?: GivenDatabase,
    adoptedIn = graph,
  ): Promise<Scratch> {
    const { database, hasVersionTable } = given ?? {
      database: await openDatabase(context),
      hasVersionTable: false,
    };
    try {
      const path = given === undefined ? await searchedSchemas(context) : undefined;
      const session = await beginScratchSession(database.connection, path);
      await prepareScratch(context, adoptedIn, database.connection);
      const table = await locateVersionTable(database.connection, versionTableOf(context.config));
      return new Scratch(quietContext(context), graph, database, hasVersionTable, table, session);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** How many statements the last step sent. */
  get statementCount(): number {
    return this.sent.length;
  }

  /** The statements that the last step sent, each cut where it is very long. */
  get statements(): readonly string[] {
    return this.sent;
  }

  /** Those that the revision sent; what begins and ends the transaction and makes the version table is left out. */
  get statementsOfRevision(): readonly string[] {
    const versionTable = createVersionTableSql(this.versionTable);
    return this.sent.filter(
      (statement) => !/^(?:BEGIN|COMMIT)(?: AND CHAIN)?$/.test(statement) && statement !== versionTable,
    );
  }

  get isAtBase(): boolean {
    return this.rows.length === 0;
  }

  has({ revision }: GraphRevision): boolean {
    return this.rows.includes(revision);
  }

  get connection(): Connection {
    return this.database.connection;
  }

  snapshot(): Promise<SchemaSnapshot> {
    this.lastSnapshot ??= takeSnapshot(this.database.connection, this.context.config);
    return this.lastSnapshot;
  }

  /** @throws MigrationError, DatabaseError, LoadError as `upgrade` does */
  async upgrade({ revision }: GraphRevision, record?: RevisionRecorder): Promise<void> {
    const plan = planUpgrade(this.graph, { databaseHeads: this.rows, target: revision });
    await this.run(plan, revision, record);
  }

  /** @throws MigrationError, DatabaseError, LoadError as `downgrade` does */
  async downgrade(revision: GraphRevision, record?: RevisionRecorder): Promise<void> {
    const target = targetBefore(this.graph, revision);
    const plan = planDowngrade(this.graph, { databaseHeads: this.rows, target });
    await this.run(plan, revision.revision, record);
  }

  /** From where it is to all heads in one run, as a new database is made. */
  async upgradeAll(): Promise<void> {
    await this.runSteps(planUpgrade(this.graph, { databaseHeads: this.rows, target: "heads" }));
  }

  /** From where it is to base in one run. */
  async downgradeAll(): Promise<void> {
    await this.runSteps(planDowngrade(this.graph, { databaseHeads: this.rows, target: "base" }));
  }

  /**
   * Lets `use` apply revisions in one transaction, and takes all of it back. What a revision runs outside of a transaction is
   * refused then, and so is a value of an enum that was added before.
   */
  async attempt<Result>(use: () => Promise<Result>): Promise<Result> {
    const { connection } = this.database;
    const { rows, hasVersionTable } = this;
    const sequences = await readSequences(connection);
    this.current = nestedConnection(connection);
    await connection.run("BEGIN");
    try {
      return await use();
    } finally {
      this.current = connection;
      this.rows = rows;
      this.hasVersionTable = hasVersionTable;
      this.lastSnapshot = undefined;
      await connection.run("ROLLBACK");
      await sequences.restore();
    }
  }

  /**
   * Goes on after a trip that failed, from where the next revision begins: the revision is applied once more, on top of what a
   * faulty downgrade made; where that is refused, what the downgrade missed is done before.
   * @param upgraded undefined where the revision could not be applied
   * @returns false where that does not lead there
   */
  async recover(
    revision: GraphRevision,
    before: SchemaSnapshot,
    upgraded: SchemaSnapshot | undefined,
  ): Promise<boolean> {
    const isApplied = this.rows.includes(revision.revision);
    const present = await this.snapshot();
    if (upgraded === undefined || isApplied) {
      return isApplied === (upgraded !== undefined) && isSameSchema(upgraded ?? before, present);
    }
    if (!(await this.isApplicable(revision))) {
      if (!isSameSchema(present, await this.snapshot())) {
        return false;
      }
      this.lastSnapshot = undefined;
      for (const statement of present.statementsTo(before)) {
        await this.database.connection.run(statement);
      }
      await this.upgrade(revision);
    }
    return isSameSchema(upgraded, await this.snapshot());
  }

  /** Applies a revision; false where the database refuses it. */
  private async isApplicable(revision: GraphRevision): Promise<boolean> {
    try {
      await this.upgrade(revision);
      return true;
    } catch (error) {
      rethrowCancellation(this.context, error);
      return false;
    }
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private async run(
    plan: MigrationPlan,
    revision: string,
    record: RevisionRecorder | undefined,
  ): Promise<void> {
    const ids = plan.steps.map((step) => step.revision?.revision ?? "base");
    if (ids.length !== 1 || ids[0] !== revision) {
      throw new Error(`A round trip of ${revision} is one step, not ${ids.join(", ")}.`);
    }
    await this.runSteps(plan, record);
  }

  private async runSteps(plan: MigrationPlan, record?: RevisionRecorder): Promise<void> {
    const connection = this.current;
    this.sent = [];
    this.lastSnapshot = undefined;
    await runPlan(this.context, {
      plan,
      session: liveSession(connection, (text) => this.sent.push(text.slice(0, keptOfStatement))),
      connection,
      hasVersionTable: this.hasVersionTable,
      versionTable: this.versionTable,
      tag: undefined,
      record,
    });
    this.hasVersionTable = true;
    this.rows = plan.finalHeads;
  }
}

/** What a run tells is for real databases. */
function quietContext(context: CommandContext): CommandContext {
  return {
    ...scratchContext(context),
    report: (event) => {
      if (event.kind === "log") {
        context.report(event);
      }
    },
  };
}

async function openDatabase(context: CommandContext): Promise<Database> {
  if ((await context.scriptDialect()) === "postgresql") {
    return openScratchDatabase(context);
  }
  const folder = await mkdtemp(join(tmpdir(), "alembic-ts-scratch-"));
  const file = join(folder, "scratch.sqlite");
  const database = await openSqliteDatabase({ file, projectDirectory: context.config.directory });
  return {
    ...database,
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import type { StatementResult } from "../../database/connection";
import type { TypeormMigration } from "../../typeorm/adopt/findMigrations";
import { applicationValues } from "../../typeorm/adopt/applicationValues";
import { type ServerFacts, withQueryRunner } from "../../typeorm/adopt/runScope";
import { withNetwork } from "../../machine/closedNetwork";
import { withPrograms } from "../../machine/closedPrograms";
import { MigrationError } from "../migrationError";
import type { SendStatement } from "../statementSender";
import { placeOfMethod } from "./classPlace";
import { dropsTable, isTableThere, mayDropTable } from "./droppedTable";
import { makeBookkeeping } from "./makeBookkeeping";
import { AsyncResource } from "node:async_hooks";
import { type RanMigrations, keepRanMigrations } from "./ranMigrations";
import { askServer, factsOfScript } from "./serverFacts";
import { createTypeormClient } from "./typeormClient";
import { typeormFailure } from "./typeormFailure";
import { type TypeormProject, loadTypeormProject } from "./typeormProject";
import type { TypeormRevision, TypeormRunsOptions } from "./typeormRevision";

/** Runs the classes of adopted revisions, in one run of a plan. */
export interface TypeormRuns {
  /** @throws MigrationError for whatever the class or the database threw; EntityError, AdoptionError, LoadError */
  run(name: string, method: "up" | "down", revision: TypeormRevision): Promise<void>;
  /** That of the project's DataSource, with all of its entities, for which a run may have to wait. */
  readonly loading: { readonly isOn: boolean };
}

/** Makes what runs the TypeORM migrations of one run; nothing is loaded before the first of them. */
export function createTypeormRuns(options: TypeormRunsOptions): TypeormRuns {
  const { context, session, connection } = options;
  let facts: Promise<ServerFacts> | undefined;
  let isBookkeepingMade = false;
  const loading = createProjectLoading(context);
  let ranMigrations: RanMigrations | undefined;

  /** Asks what TypeORM asks, and makes what it makes, before it runs a migration. */
  async function prepare(
    project: TypeormProject,
    method: "up" | "down",
    { queue }: TypeormRevision,
  ): Promise<{ readonly facts: ServerFacts; readonly ran: RanMigrations }> {
    return queue.enqueue(async () => {
      const known = await (facts ??=
        connection === undefined ? Promise.resolve(factsOfScript) : askServer(connection));
      const ran = (ranMigrations ??= keepRanMigrations({
        dataSource: project.dataSource,
        connection,
        run: options.runAhead,
      }));
      if (method === "up" && !isBookkeepingMade) {
        isBookkeepingMade = await makeBookkeeping({ ...options, project, facts: known });
      }
      await ran.open(method === "up");
      return { facts: known, ran };
    });
  }

  async function run(name: string, method: "up" | "down", revision: TypeormRevision): Promise<void> {
    if (session.dialect !== "postgresql") {
      throw needsPostgres(revision);
    }
    const project = await loading.load();
    const migration = requireMigration(project, name, method, revision);
    const { facts: known, ran } = await prepare(project, method, revision);
    if (method === "up" && ran.lists(name) === true) {
      context.report({
        kind: "log",
        level: "warning",
        message: `TypeORM has run ${name} on this database already: revision ${revision.revision} is recorded, and its class is not run.`,
      });
      return;
    }
    if (method === "down" && ran.lists(name) === false) {
      throw notListed(name, ran, revision);
    }
    const turn = new AsyncResource("TypeormMigration");
    let mayBeDropped = false;
    const client = createTypeormClient({
      revision: revision.revision,
      migration: name,
      isTransactional: revision.isTransactional,
      values: applicationValues(project.dataSource),
      areRowsReadable: !session.isOffline || session.isEmptyAssumed === true,
      // Whatever calls back into the migration, its statements belong to this turn.
      send(statement, isInside, wantsRows) {
        mayBeDropped ||= mayDropTable(statement.text, ran.table);
        return turn.runInAsyncScope(() => sendInTurn(revision, statement, isInside, wantsRows));
      },
    });
    try {
      await withQueryRunner(
        project.dataSource,
        { client, facts: known },
        revision.isTransactional,
        async (queryRunner) => {
          await migration.instance[method](queryRunner);
        },
      );
      const isAsked = mayBeDropped && connection !== undefined && ran.lists(name) !== undefined;
      if (isAsked && !(await revision.queue.enqueue(() => isTableThere(connection, ran.table)))) {
        throw dropsTable(name, revision.revision, ran.table);
      }
    } catch (error) {
      throw typeormFailure(error, { project, migration, method, revision });
    }
    await revision.queue.enqueue(() => (method === "up" ? ran.add(migration) : ran.remove(migration)));
  }

  return {
    // One turn in the queue: the revision waits for all of it, awaited or not.
    run: (name, method, revision) => revision.queue.block(() => run(name, method, revision)),
    loading,
  };
}

/** Loads the project's DataSource, and knows whether that is going on. */
function createProjectLoading(context: TypeormRunsOptions["context"]): {
  readonly isOn: boolean;
  load(): Promise<TypeormProject>;
} {
  let isOn = false;
  return {
    get isOn() {
      return isOn;
    },
    async load() {
      isOn = true;
      try {
        return await withPrograms(() => withNetwork(() => loadTypeormProject(context)));
      } finally {
        isOn = false;
      }
    },
  };
}

/** A failure is the migration's to handle: the queue hears of it only if the migration throws it on. */
async function sendInTurn(
  { queue, send }: TypeormRevision,
  statement: Parameters<SendStatement>[0],
  isInside: boolean,
  wantsRows: boolean,
): Promise<StatementResult> {
  const outcome = await queue.enqueue(async (turn) => {
    const isInTransaction = isInside && !turn.autocommit;
    try {
      const result = await send(statement, { autocommit: !isInTransaction, isInTransaction }, wantsRows);
      return { kind: "done", result } as const;
    } catch (error) {
      return { kind: "failed", error } as const;
    }
  });
  if (outcome.kind === "failed") {
    throw outcome.error;
  }
  return outcome.result;
}

function needsPostgres({ revision }: TypeormRevision): MigrationError {
  return new MigrationError(
    "not-runnable",
    `Revision ${revision} runs a TypeORM migration, which is for PostgreSQL, and the database is SQLite.`,
    { revision, hint: "Name a PostgreSQL database with --url." },
  );
}

function notListed(
  name: string,
  { table }: RanMigrations,
  { revision, path }: TypeormRevision,
): MigrationError {
  return new MigrationError(
    "not-runnable",
    `Revision ${revision} is applied, and TypeORM's table ${table.quotedName} does not list its migration ${name}: TypeORM has already reverted it, or others have run it.`,
    {
      revision,
      location: { path, line: 1, column: 1 },
      hint: `If it is reverted, stamp the revision before it. If it is still applied, \`stamp ${revision}\` lists it in TypeORM's table too; then downgrade again.`,
    },
  );
}

function requireMigration(
  { migrations, file }: TypeormProject,
  name: string,
  method: "up" | "down",
  { revision, path }: TypeormRevision,
): TypeormMigration {
  const migration = migrations.find((candidate) => candidate.name === name);
  if (migration === undefined) {
    throw new MigrationError(
      "not-runnable",
      `Revision ${revision} runs the TypeORM migration ${name}, which is not among the migrations of ${file}.`,
      {
        revision,
        location: { path, line: 1, column: 1 },
        hint: "Keep the class, and list it in the DataSource's `migrations`. If you have renamed it, correct the name in the revision file.",
      },
    );
  }
  if (typeof migration.instance[method] !== "function") {
    throw new MigrationError("no-such-function", `The TypeORM migration ${name} has no ${method}() method.`, {
      revision,
      location: placeOfMethod(migration, method) ?? { path, line: 1, column: 1 },
    });
  }
  return migration;
}

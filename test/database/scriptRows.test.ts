import { deepStrictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { createContext } from "../../src/context/createContext";
import type { CommandContext } from "../../src/context/commandContext";
import { runPlan } from "../../src/run/runPlan";
import { liveSession, scriptSession } from "../../src/run/session";
import type { Connection } from "../../src/database/connection";
import { connectPostgres } from "../../src/database/postgresConnection";
import { createVersionTableSql, readVersionRows, rowChangeSql } from "../../src/database/versionTable";
import type { RevisionGraph } from "../../src/revision/graph";
import type { MigrationPlan } from "../../src/revision/plan";
import { planDowngrade } from "../../src/revision/planDowngrade";
import { planUpgrade } from "../../src/revision/planUpgrade";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";
import { graphAndRows } from "../unit/revision/arbitraryGraphs";

const table = { name: "alembic_version", schema: undefined, hasPrimaryKey: true };

/** A context whose revisions have nothing to do: only the version table moves. */
async function contextOfIdleRevisions(project: ProjectFolder): Promise<CommandContext> {
  const context = await createContext({
    workingDirectory: project.path,
    configPath: undefined,
    section: undefined,
    url: undefined,
    environment: undefined,
    xArguments: new Map(),
    variables: {},
    report: () => undefined,
    signal: new AbortController().signal,
  });
  const idle = (): Promise<void> => Promise.resolve();
  return { ...context, loadRevisionModule: () => Promise.resolve({ upgrade: idle, downgrade: idle }) };
}

async function resetRows(connection: Connection, rows: readonly string[]): Promise<void> {
  await connection.run("DROP TABLE IF EXISTS alembic_version");
  await connection.run(createVersionTableSql(table));
  for (const revision of rows) {
    await connection.run(rowChangeSql(table, { kind: "insert", revision }));
  }
}

async function rowsAfter(
  context: CommandContext,
  connection: Connection,
  rows: readonly string[],
  plan: MigrationPlan,
): Promise<{ readonly live: readonly string[]; readonly script: readonly string[] }> {
  const common = { plan, hasVersionTable: true, tag: undefined };
  await resetRows(connection, rows);
  await runPlan(context, { ...common, session: liveSession(connection, () => undefined), connection });
  const live = await readVersionRows(connection, table);
  await resetRows(connection, rows);
  const session = scriptSession("postgresql");
  await runPlan(context, { ...common, session, connection: undefined });
  await connection.run(session.text());
  return { live: [...live].sort(), script: [...(await readVersionRows(connection, table))].sort() };
}

function plansFrom(graph: RevisionGraph, rows: readonly string[]): readonly MigrationPlan[] {
  return [
    planUpgrade(graph, { databaseHeads: rows, target: "heads" }),
    ...(rows.length === 0 ? [] : [planDowngrade(graph, { databaseHeads: rows, target: "base" })]),
  ];
}

describe("a plan on random graphs and rows", function () {
  this.timeout(120_000);
  const project = createProjectFolder({
    "alembic.config.json": '{ "scriptLocation": "migrations" }',
    "migrations/versions/.gitkeep": "",
  });
  after(() => project.remove());

  it("leaves the same rows whether it runs live or as the script of --sql", async () => {
    const server = await sharedPostgres();
    const connection = await connectPostgres({
      server: { kind: "url", url: await server.createDatabase() },
      connectTimeoutMilliseconds: 10_000,
      applicationName: "test",
    });
    try {
      const context = await contextOfIdleRevisions(project);
      const property = fc.asyncProperty(graphAndRows, async ({ graph, rows }) => {
        for (const plan of plansFrom(graph, rows)) {
          const expected = [...plan.finalHeads].sort();
          deepStrictEqual(await rowsAfter(context, connection, rows, plan), {
            live: expected,
            script: expected,
          });
        }
      });
      await fc.assert(property, { numRuns: 60 });
    } finally {
      await connection.close();
    }
  });
});

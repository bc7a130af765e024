import assert from "node:assert/strict";
import { includeObject } from "../../../src/autogenerate/propose/compareFilters";
import { runCommand } from "../../../src/commands/commands";
import type { CommandContext } from "../../../src/context/commandContext";
import type { DriftDifference } from "../../../src/context/driftCommand";
import { createContext } from "../../../src/context/createContext";
import type { Connection } from "../../../src/database/connection";
import { compareSides, type ComparedSides } from "../../../src/drift/compareSides";
import { fixOf } from "../../../src/drift/fix";
import { printedAlike } from "../../../src/drift/printedAlike";
import { expectedSide, type ExpectedSide } from "../../../src/drift/expectedSide";
import { readSession, readSide, type DriftSide } from "../../../src/drift/readSide";
import { createProjectFolder, revisionText, type ProjectFolder } from "../../support/projectFolder";
import { sharedPostgres } from "../../support/sharedPostgres";
import { schemaSql, type PlantedDrift } from "./plantedDrifts";

const marks = { missing: "-", unexpected: "+", changed: "~" } as const;

function shown({ kind, name, change, isFixed }: DriftDifference): string {
  return `${marks[change]}${isFixed ? "" : "!"} ${kind} ${name}`;
}

/** Tests that each of these is found, and fixed as far as operations can. */
export function testPlantedDrifts(place: "server" | "embedded", drifts: readonly PlantedDrift[]): void {
  let project: ProjectFolder;

  before(() => {
    project = createProjectFolder({
      "alembic.config.json": `{ "scriptLocation": "migrations" }`,
      "migrations/versions/a1.ts": revisionText({
        id: "a1",
        upgrade: schemaSql.map((text) => `  await op.execute(${JSON.stringify(text)});`).join("\n"),
      }),
    });
  });
  after(() => project.remove());

  function contextOf(url: string | undefined): Promise<CommandContext> {
    return createContext({
      workingDirectory: project.path,
      configPath: undefined,
      section: undefined,
      url,
      environment: undefined,
      xArguments: new Map(),
      variables: {},
      report: () => undefined,
      signal: new AbortController().signal,
    });
  }

  let context: CommandContext;
  let connection: Connection;
  let expected: ExpectedSide;
  let close: () => Promise<void>;

  before(async () => {
    context = await contextOf(
      place === "server" ? await (await sharedPostgres()).createDatabase() : undefined,
    );
    await runCommand("upgrade", context, { target: "head" });
    const { database } = await context.openDatabase();
    connection = database.connection;
    close = () => database.close();
    const { graph } = await context.readScripts();
    expected = await expectedSide(context, graph, {
      revisions: ["a1"],
      session: await readSession(connection),
      surroundings: { roles: [], extensions: [], defaultPrivileges: [] },
      typeormTables: { named: undefined },
    });
  });
  after(async () => {
    await expected.database.close();
    await close();
  });

  async function compared(): Promise<ComparedSides> {
    const options = {
      includeObject: includeObject(context.config, "public"),
      renames: [],
      isDropping: true,
      isReplayed: true,
    };
    const { side, database } = expected;
    const there = { connection: database.connection, model: side.model };
    return compareSides(await printedAlike(await read(), side, there, options), side, options);
  }
  const read = async (): Promise<DriftSide> =>
    readSide(connection, await readSession(connection), {
      schemas: undefined,
      standsFor: undefined,
      versionTable: { name: "alembic_version", schema: undefined, hasPrimaryKey: true },
      ignoredTables: [],
    });

  it("none, where nothing was planted", async () => {
    await connection.run("BEGIN");
    try {
      assert.deepEqual((await compared()).differences.map(shown), []);
    } finally {
      await connection.run("ROLLBACK");
    }
  });

  for (const { sql, found, left = [], only } of drifts) {
    if (only !== undefined && only !== place) {
      continue;
    }
    it(sql.replaceAll(/\s+/g, " "), async () => {
      await connection.run("BEGIN");
      try {
        await connection.run(sql);
        const { differences, fixing } = await compared();
        const reported = differences.filter(({ name }) => name !== "by_hand.t");
        assert.deepEqual(reported.map(shown).toSorted(), found.toSorted());
        const fix = fixOf(fixing, context.config).sql;
        if (fix !== "") {
          await connection.run(fix);
        }
        const unfixed = [...found.filter((text) => text[1] === "!"), ...left];
        const after = await compared();
        assert.deepEqual(after.differences.map(shown).toSorted(), unfixed.toSorted(), fix);
      } finally {
        await connection.run("ROLLBACK");
      }
    });
  }
}

// Adopted TypeORM migrations beside TypeORM itself: `check` and its schema log, `upgrade` and `runMigrations()`. And what
// `test` takes for each revision of a long chain.
// `node --import tsx bench/adopted.mjs [entities…]`; BENCH_ROUNDS says how often each is timed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startPostgres } from "../test/support/postgresServer.ts";
import { writeAdoptedProject } from "./adoptedProject.mjs";
import { builtCommandLine } from "./build.mjs";
import { race, report, timeProcessor, timeProgram } from "./measure.mjs";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const given = process.argv.slice(2).map(Number);
const counts = given.length > 0 ? given : [30, 100, 1000];
const lengths = [1, 350];
const differences = 200;

/** How much of TypeORM's time `check` may take. */
const checkGoal = (count) => (count >= 1000 ? 1 / 12 : 1 / 1.5);
const upgradeGoal = 1.3;
/** Of the processor, for each revision of a long chain; the scratch database is a part of the process. */
const testGoalMilliseconds = 300;
/** More entities would take their time for what fewer tell as well. */
const mostTestedEntities = 100;

async function query(url, statements) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) {
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}

/** Half of them columns that the entities have and the database has not, half the other way round. */
function differ(count) {
  return Array.from({ length: differences / 2 }, (_, index) => {
    const table = `entity_${index % count}`;
    const columns = ["note", "amount", "archived", "settings", "seen"];
    const column = columns[Math.floor(index / count) % columns.length];
    return [
      `ALTER TABLE ${table} DROP COLUMN IF EXISTS ${column}`,
      `ALTER TABLE ${table} ADD COLUMN stray_${index} integer`,
    ];
  }).flat();
}

async function benchTest(directory, cli, { title, length, url }) {
  const time = await timeProcessor([cli, "test", "--quiet"], {
    cwd: directory,
    env: { DATABASE_URL: url, NODE_NO_WARNINGS: "1" },
  });
  const each = time / length;
  const verdict = each <= testGoalMilliseconds ? "met" : "missed";
  console.log(
    `\n${title}: test\n  alembic-ts test  ${each.toFixed(1)} ms of the processor a revision   goal ${testGoalMilliseconds} ms: ${verdict}`,
  );
}

async function benchProject(server, cli, folder, { count, length }) {
  const directory = join(folder, `${count}-${length}`);
  const url = await server.createDatabase();
  writeAdoptedProject(directory, { count, length, repository, commandLine: cli, url });
  const node = (args, database = url) =>
    timeProgram(process.execPath, args, {
      cwd: directory,
      env: { DATABASE_URL: database, NODE_NO_WARNINGS: "1" },
      mayFail: true,
    });
  const onNewDatabase = async (args) => {
    const database = await server.createDatabase();
    const time = await timeProgram(process.execPath, args, {
      cwd: directory,
      env: { DATABASE_URL: database, NODE_NO_WARNINGS: "1" },
    });
    await server.dropDatabase(database);
    return time;
  };
  const title = `${count} entities behind ${length} adopted ${length === 1 ? "migration" : "migrations"}`;
  // The first run compiles the project's files, which later ones find in the cache.
  await onNewDatabase([cli, "upgrade", "head"]);
  const upgrades = await race(
    {
      "runMigrations()": () => onNewDatabase(["migrate.cjs"]),
      "alembic-ts upgrade head": () => onNewDatabase([cli, "upgrade", "head"]),
    },
    rounds,
  );
  report(`${title}: upgrade`, upgrades, "runMigrations()", { "alembic-ts upgrade head": upgradeGoal });
  await node([cli, "upgrade", "head"]);
  for (const kind of ["no", String(differences)]) {
    if (kind !== "no") {
      await query(url, differ(count));
    }
    await node([cli, "check"]);
    const checks = await race(
      {
        "typeorm schema:log": () =>
          node([join(repository, "node_modules/typeorm/cli.js"), "schema:log", "-d", "build/data-source.js"]),
        "alembic-ts check": () => node([cli, "check"]),
      },
      rounds,
    );
    const goals = { "alembic-ts check": checkGoal(count) };
    report(`${title}: check with ${kind} differences`, checks, "typeorm schema:log", goals);
  }
  if (length > 1 && count <= mostTestedEntities) {
    await benchTest(directory, cli, { title, length, url });
  }
  await server.dropDatabase(url);
}

const server = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), "alembic-ts-bench-"));
try {
  const cli = builtCommandLine();
  for (const count of counts) {
    for (const length of lengths) {
      await benchProject(server, cli, folder, { count, length });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
}

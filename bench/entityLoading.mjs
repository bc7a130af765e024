// Loading the entities of a project, each way in a process of its own: TypeScript by our loader (the first time, and
// with what it remembers), and what the compiler made of them by Node alone. `node bench/entityLoading.mjs [count …]`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { writeEntityProject } from "./entityProject.mjs";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [200, 1000];
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const wanted = 1.3;
/** The first time, nothing being remembered. */
const wantedCold = 2;

/** Processor time is what a busy machine changes least. */
const report = `
function report(entities) {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ entities, processor: (user + system) / 1e6 }));
}
`;

const byLoader = `${report}
const { loadModule, loadDataSource, buildEntities } = require("./loader.js");
const [directory] = process.argv.slice(2);
(async () => {
  const reference = directory + "/src/data-source.ts";
  const loaded = await loadDataSource({ reference, directory, configPath: directory, loadModule });
  const built = await buildEntities({ ...loaded, directory, defaultSchema: "public", serverVersion: "15.0" });
  report(built.entities.length);
})();
`;

const byNode = `${report}
const [directory] = process.argv.slice(2);
(async () => {
  const { dataSource } = require(directory + "/build/data-source.js");
  await dataSource.buildMetadatas();
  report(dataSource.entityMetadatas.length);
})();
`;

const entry = `export { loadModule } from "${repository}/src/project/loadModule";
export { loadDataSource } from "${repository}/src/typeorm/loadDataSource";
export { buildEntities } from "${repository}/src/typeorm/buildEntities";
`;

async function bundleLoader(folder) {
  writeFileSync(join(folder, "loader.ts"), entry);
  await build({
    entryPoints: {
      loader: join(folder, "loader.ts"),
      loaderHooks: join(repository, "src/project/loader/loaderHooks.ts"),
      index: join(repository, "src/index.ts"),
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["typeorm", "typescript"],
    logLevel: "error",
  });
  const compiler = readFileSync(join(repository, "node_modules/typescript/lib/typescript.js"));
  writeFileSync(join(folder, "typescript.bin"), brotliCompressSync(compiler));
  writeFileSync(join(folder, "byLoader.js"), byLoader);
  writeFileSync(join(folder, "byNode.js"), byNode);
}

/** How long a process takes, and how much of the processor. */
function measure(script, directory, count, cache) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, directory], {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  const wall = (performance.now() - started) / 1000;
  const { entities, processor } = status === 0 ? JSON.parse(stdout) : { entities: 0, processor: 0 };
  if (entities !== count) {
    throw new Error(`${script} found ${entities} entities:\n${stderr}`);
  }
  return { wall, processor };
}

function print(name, times) {
  const [wall, processor] = ["wall", "processor"].map((kind) => Math.min(...times.map((time) => time[kind])));
  console.log(
    `${name.padEnd(40)} ${wall.toFixed(2).padStart(7)} s ${processor.toFixed(2).padStart(7)} s of the processor`,
  );
  return { wall, processor };
}

const folder = mkdtempSync(join(tmpdir(), "alembic-ts-loading-"));

function measureCount(count) {
  const project = mkdtempSync(join(tmpdir(), "alembic-ts-loading-project-"));
  try {
    writeEntityProject(project, count, repository);
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    const compiled = spawnSync(process.execPath, [compiler, "-p", "."], { cwd: project, encoding: "utf8" });
    if (compiled.status !== 0) {
      throw new Error(compiled.stdout);
    }
    console.log(`\n${count} entities, a file each; the least of ${rounds} rounds, taken in turns`);
    const times = { cold: [], warm: [], plain: [] };
    const kept = join(folder, `cache-${count}`);
    const run = (script, cache) => measure(join(folder, script), project, count, cache);
    run("byLoader.js", kept);
    for (let round = 0; round < rounds; round += 1) {
      times.cold.push(run("byLoader.js", join(folder, `cache-${count}-${round}`)));
      times.warm.push(run("byLoader.js", kept));
      times.plain.push(run("byNode.js", kept));
    }
    const cold = print("TypeScript, with nothing remembered", times.cold);
    const warm = print("TypeScript, with what is remembered", times.warm);
    const plain = print("compiled JavaScript, by Node alone", times.plain);
    for (const [name, own, limit] of [
      ["nothing remembered", cold, wantedCold],
      ["remembered", warm, wanted],
    ]) {
      const [wall, processor] = ["wall", "processor"].map((kind) => own[kind] / plain[kind]);
      console.log(
        `TypeScript / compiled JavaScript, ${name}: ${wall.toFixed(2)}, of the processor ${processor.toFixed(2)} ` +
          `(at most ${limit} wanted: ${processor <= limit ? "met" : "missed"})`,
      );
    }
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

try {
  await bundleLoader(folder);
  counts.forEach(measureCount);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Loading the entities of a project, each way in a process of its own: TypeScript by our loader (the first time, and
// with what it remembers), and what the compiler made of them by Node alone. `node bench/entityLoading.mjs [count]`.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeEntityProject } from "./entityProject.mjs";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const count = Number(process.argv[2] ?? 200);
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);
const wanted = 1.3;

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
  copyFileSync(join(repository, "node_modules/typescript/lib/typescript.js"), join(folder, "typescript.js"));
  writeFileSync(join(folder, "byLoader.js"), byLoader);
  writeFileSync(join(folder, "byNode.js"), byNode);
}

/** How long a process takes, and how much of the processor. */
function measure(script, directory) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, directory], {
    cwd: directory,
    encoding: "utf8",
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
const project = mkdtempSync(join(tmpdir(), "alembic-ts-loading-project-"));
try {
  await bundleLoader(folder);
  writeEntityProject(project, count, repository);
  const compiler = join(repository, "node_modules/typescript/bin/tsc");
  const compiled = spawnSync(process.execPath, [compiler, "-p", "."], { cwd: project, encoding: "utf8" });
  if (compiled.status !== 0) {
    throw new Error(compiled.stdout);
  }
  console.log(`${count} entities, a file each; the least of ${rounds} rounds, taken in turns`);
  print("TypeScript, the first time", [measure(join(folder, "byLoader.js"), project)]);
  const own = [];
  const plain = [];
  for (let round = 0; round < rounds; round += 1) {
    own.push(measure(join(folder, "byLoader.js"), project));
    plain.push(measure(join(folder, "byNode.js"), project));
  }
  const warm = print("TypeScript, with what is remembered", own);
  const compiledTimes = print("compiled JavaScript, by Node alone", plain);
  const [wall, processor] = ["wall", "processor"].map((kind) => warm[kind] / compiledTimes[kind]);
  console.log(
    `TypeScript / compiled JavaScript: ${wall.toFixed(2)}, of the processor ${processor.toFixed(2)} (at most ${wanted} wanted)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(project, { recursive: true, force: true });
}

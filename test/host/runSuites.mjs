// Runs the suites of test/extension in a real VS Code: `node test/host/runSuites.mjs [suite …]`.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";
import { writeCounts } from "../../scripts/counts.mjs";
import { buildSuites } from "./buildSuites.mjs";
import { editorExecutable } from "./editorExecutable.mjs";
import { findSuites } from "./findSuites.mjs";

const hostFolder = dirname(fileURLToPath(import.meta.url));
const repository = dirname(dirname(hostFolder));
const untrustedHang = Number(process.env.EDITOR_HOST_TIMEOUT ?? 600_000);

// In CI the embedded database has to be named; the suites are about the editor of somebody at a desk.
delete process.env.CI;

/** `runTests` always trusts the workspace; this starts the editor with the same arguments but that one. */
function runUntrusted(executable, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, {
      env: { ...process.env, ...env },
      stdio: "inherit",
      timeout: untrustedHang,
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`The editor exited with ${code}.`)),
    );
  });
}

async function runSuite({ suite, testsPath, executable, databaseUrl }) {
  const folder = await mkdtemp(join(tmpdir(), `alembic-ts-suite-${suite.name}-`));
  const workspace = join(folder, "workspace");
  const source = join(suite.folder, "workspace");
  if (existsSync(source)) {
    cpSync(source, workspace, { recursive: true });
  } else {
    mkdirSync(workspace);
  }
  if (suite.nodeModules) {
    symlinkSync(join(repository, "node_modules"), join(workspace, "node_modules"), "junction");
  }
  const results = join(folder, "results.json");
  const env = {
    ...suite.env,
    SUITE_RESULTS: results,
    SUITE_WORKSPACE: workspace,
    ...(databaseUrl === undefined ? {} : { SUITE_DATABASE_URL: databaseUrl }),
  };
  const extensionDevelopmentPath = join(repository, suite.extension);
  const launchArgs = [
    suite.workspace === "folder" ? workspace : join(workspace, suite.workspace),
    `--user-data-dir=${join(folder, "user-data")}`,
    `--extensions-dir=${join(folder, "extensions")}`,
  ];
  let failure;
  try {
    if (suite.trusted) {
      await runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath,
        extensionTestsPath: testsPath,
        extensionTestsEnv: env,
        launchArgs,
      });
    } else {
      const extensionArgs = [
        `--extensionDevelopmentPath=${extensionDevelopmentPath}`,
        `--extensionTestsPath=${testsPath}`,
      ];
      await runUntrusted(
        executable,
        [...launchArgs, "--no-sandbox", "--skip-welcome", ...extensionArgs],
        env,
      );
    }
  } catch (error) {
    failure = error;
  }
  const counts = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : undefined;
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  if (failure !== undefined) {
    console.error(`${suite.name}: ${failure.message}`);
  }
  const isAbsent = counts === undefined || counts.passed + counts.failed + counts.skipped === 0;
  return isAbsent || (failure !== undefined && counts.failed === 0)
    ? {
        passed: counts?.passed ?? 0,
        failed: 1,
        skipped: counts?.skipped ?? 0,
        failures: [{ title: suite.name, message: failure?.message ?? "No test ran." }],
      }
    : counts;
}

async function startDatabase(suites) {
  if (!suites.some(({ database }) => database)) {
    return undefined;
  }
  const require = createRequire(import.meta.url);
  require("tsx/cjs");
  return require("../support/postgresServer.ts").startPostgres();
}

const wanted = process.argv.slice(2);
const suites = findSuites().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  throw new Error(`No suite ${unknown.join(", ")} in test/extension.`);
}
const executable = await editorExecutable();
const modules = await buildSuites(suites);
const database = await startDatabase(suites);
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
try {
  for (const suite of suites) {
    const started = Date.now();
    console.log(`--- suite ${suite.name}`);
    const databaseUrl = suite.database ? await database?.createDatabase() : undefined;
    const counts = await runSuite({ suite, testsPath: modules.get(suite.name), executable, databaseUrl });
    for (const kind of Object.keys(total)) {
      total[kind] += counts[kind];
    }
    failures.push(...(counts.failures ?? []));
    console.log(
      `--- suite ${suite.name}: ${counts.passed} passed, ${counts.failed} failed, ${Math.round((Date.now() - started) / 1000)} s`,
    );
  }
} finally {
  await database?.stop();
}
writeCounts({ ...total, failures });
console.log(`${total.passed} passing, ${total.failed} failing`);
process.exit(total.failed > 0 ? 1 : 0);

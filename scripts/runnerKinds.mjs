// What a runner can be, and how its passes and failures are counted.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { readCounts } from "./counts.mjs";
import { startWatched } from "./startWatched.mjs";
import { findSuites } from "../test/host/findSuites.mjs";

export const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** @typedef {import("./counts.mjs").Counts} Counts */
/**
 * @typedef {object} Runner
 * @property {string} name
 * @property {boolean} [needsBuild]
 * @property {() => Promise<unknown>} [prepare] What it waits for when it runs, begun at the start of all: installing the editor, for one.
 * @property {boolean} [runsBeside] It disturbs no other and minds none, so that others like it can run at the same time.
 * @property {() => Promise<Counts>} run
 */

const none = { passed: 0, failed: 0, skipped: 0 };
const oneFailure = { passed: 0, failed: 1, skipped: 0 };

/** Runs a program in the repository: its exit code, and the output where that is whole. */
function start(command, args, options) {
  return startWatched(command, args, { cwd: repository, ...options });
}

/** A program of a package of ours, run by this Node. */
export function program(packageName, file) {
  return join(repository, "node_modules", packageName, file);
}

function node(args, options) {
  return start(process.execPath, args, options);
}

/** Gives `use` a file of its own in a temporary folder. */
async function withTemporaryFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-test-run-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a runner's own counts come to, given its exit code: it must have run something, and say 0 only if all passed. */
function judged(counts, code) {
  if (counts === undefined) {
    return asWhole(`The runner ended with ${code} before it could count its tests.`);
  }
  if (counts.passed + counts.failed + counts.skipped === 0) {
    return asWhole("The runner found no test.");
  }
  return code !== 0 && counts.failed === 0
    ? {
        ...asWhole(`Its tests passed, and it ended with ${code}.`),
        passed: counts.passed,
        skipped: counts.skipped,
      }
    : counts;
}

/** The failure of a runner itself, where no test of it failed. */
function asWhole(message) {
  console.error(message);
  return { ...oneFailure, failures: [{ title: "as a whole", message }] };
}

/** A check that passes or fails as a whole. */
export function check(name, args, { needsBuild = false } = {}) {
  return {
    name,
    needsBuild,
    runsBeside: true,
    async run() {
      const { code, output } = await node(args, { minutes: 20, whole: true });
      return code === 0
        ? { ...none, passed: 1 }
        : { ...oneFailure, failures: [{ title: "as a whole", message: output }] };
    },
  };
}

function isAbsent(folder) {
  return !existsSync(join(repository, folder));
}

/** Two files at once spare a third of the time; more would wait for the databases' disk. */
export const inParallel = ["--parallel", "--jobs", String(Math.min(availableParallelism(), 2))];

/** What `npm run test:long` runs of files that lie beside those of every run. */
export const longSuffix = ".long.test.ts";

/** The names of files below a folder of the repository, by their paths in it. */
export function filesBelow(folder, suffix) {
  return readdirSync(join(repository, folder), { recursive: true })
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.replaceAll(sep, "/"))
    .sort();
}

/** The test files of every run below a folder. The slowest come first: at the end no process is left alone with one of them. */
function testFiles(folder, slowest) {
  const files = filesBelow(folder, ".test.ts").filter((file) => !file.endsWith(longSuffix));
  const first = slowest.map((name) => `${name}.test.ts`);
  const unknown = first.filter((file) => !files.includes(file));
  if (unknown.length > 0) {
    throw new Error(`There is no ${unknown.join(", ")} in ${folder}.`);
  }
  return [...first, ...files.filter((file) => !first.includes(file))].map((file) => `${folder}/${file}`);
}

/** The mocha tests below a folder of test/, or those of one file there. */
export function mochaRunner({
  name,
  folder,
  file,
  slowest = [],
  minutes,
  args = [],
  needsBuild = false,
  runsBeside = false,
  executable = () => process.execPath,
}) {
  return {
    name,
    needsBuild,
    runsBeside,
    async run() {
      if (isAbsent(folder)) {
        console.log(`There is no ${folder}.`);
        return none;
      }
      return withTemporaryFolder(async (temporary) => {
        const output = join(temporary, "counts.json");
        const reporter = [
          "--reporter",
          "./test/support/countingReporter.ts",
          "--reporter-option",
          `output=${output}`,
        ];
        const mocha = program("mocha", "bin/mocha.js");
        const tests = [
          mocha,
          ...reporter,
          // It writes into a pipe, and would leave the colours out.
          ...(process.stdout.isTTY ? ["--color"] : []),
          ...args,
          ...(file === undefined ? testFiles(folder, slowest) : [file]),
        ];
        const { code } = await start(await executable(), tests, { name, minutes, whole: runsBeside });
        return judged(readCounts(output), code);
      });
    },
  };
}

function countsOfXunit(folder) {
  const counts = { ...none };
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), "utf8");
    const cases = text.match(/<testcase\b/g)?.length ?? 0;
    const failures = text.match(/<(failure|error)\b/g)?.length ?? 0;
    counts.failed += Math.min(cases, failures);
    counts.passed += cases - Math.min(cases, failures);
  }
  return counts;
}

export const grammar = {
  name: "grammar",
  async run() {
    if (isAbsent("test/grammar")) {
      console.log("There is no test/grammar.");
      return none;
    }
    return withTemporaryFolder(async (temporary) => {
      const args = ["--config", "test/grammar/package.json", "--xunit-report", temporary];
      const tester = program("vscode-tmgrammar-test", "dist/unit.js");
      const { code } = await node([tester, ...args, "test/grammar/**/*.test.*"], { minutes: 10 });
      return judged(countsOfXunit(temporary), code);
    });
  },
};

let installing;

/** The editor, once for all suites that start at the same time; with packages that a fresh clone has to install first. */
function installEditor() {
  installing ??= import("../test/host/editorExecutable.mjs").then((host) => host.editorExecutable());
  return installing;
}

/**
 * A runner for each suite below a folder of test/ that `takes` takes, in the real editor; those that mind what else runs come last.
 */
export function editorSuites({ name, folder, takes = () => true, minutes, env = {}, atOnce = false }) {
  const suites = findSuites(join(repository, folder)).filter(takes);
  const runners = suites.map((suite) => {
    const runsBeside = atOnce && !suite.alone;
    return {
      name: `${name}/${suite.name}`,
      needsBuild: true,
      prepare: installEditor,
      runsBeside,
      run: () =>
        withTemporaryFolder(async (temporary) => {
          const counts = join(temporary, "counts.json");
          await installEditor();
          const { code } = await node(["test/host/runSuites.mjs", suite.name], {
            name: `${name}/${suite.name}`,
            minutes,
            env: { ...env, TEST_SUITES: folder, TEST_COUNTS_FILE: counts },
            whole: runsBeside,
          });
          return judged(readCounts(counts), code);
        }),
    };
  });
  return neighboursFirst(runners);
}

/** Those that may run beside each other first, since only neighbours do. */
export function neighboursFirst(runners) {
  return [
    ...runners.filter(({ runsBeside }) => runsBeside),
    ...runners.filter(({ runsBeside }) => !runsBeside),
  ];
}

/** A build of the product, as one more runner: what runs the bundles cannot pass without it. */
export const build = {
  name: "build",
  async run() {
    if (!existsSync(join(repository, "esbuild.mjs"))) {
      console.log("There is no esbuild.mjs.");
      return none;
    }
    const bundles = await node(["esbuild.mjs"], { minutes: 10 });
    if (bundles.code !== 0) {
      return oneFailure;
    }
    const types = await node([program("typescript", "bin/tsc"), "-p", "tsconfig.types.json"], {
      minutes: 10,
    });
    return types.code === 0 ? { ...none, passed: 1 } : oneFailure;
  },
};

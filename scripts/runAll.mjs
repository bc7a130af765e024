// Sets up a fresh clone, runs runners one after another and says in the last line how many tests passed and failed.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { plainEnvironment, runProcess } from "./runProcess.mjs";
import { build, repository } from "./runnerKinds.mjs";

/** Enough for a message and the first calls of its stack. */
const linesOfFailure = 30;
const toldFailures = 20;

async function installDependencies() {
  if (existsSync(join(repository, "node_modules", ".package-lock.json"))) {
    return;
  }
  console.log("==> npm ci");
  const { code } = await runProcess("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: repository,
    env: plainEnvironment(),
  });
  if (code !== 0) {
    throw new Error(`npm ci failed with exit code ${code}.`);
  }
}

/** The names after `--only`, as `unit,database` or one by one. */
function chosenNames([option, ...names]) {
  if (option !== undefined && option !== "--only") {
    throw new Error(`${option} is not an option. To run some of the suites: --only NAME,NAME`);
  }
  return option === undefined ? undefined : names.flatMap((name) => name.split(","));
}

function chosenRunners(runners, names) {
  if (names === undefined) {
    return runners;
  }
  const unknown = names.filter((name) => !runners.some((runner) => isNamed(runner, name)));
  if (unknown.length > 0 || names.length === 0) {
    throw new Error(
      `--only takes some of: ${runners.map(({ name }) => name).join(", ")}. Not: ${unknown.join(", ")}`,
    );
  }
  return runners.filter((runner) => names.some((name) => isNamed(runner, name)));
}

/** By its name, or by that of its group: `extension` is all of `extension/adopt`, `extension/chain` and so on. */
function isNamed(runner, name) {
  return runner.name === name || runner.name.startsWith(`${name}/`);
}

async function runTimed({ name, run }) {
  console.log(`==> ${name}`);
  const started = Date.now();
  let counts;
  try {
    counts = await run();
  } catch (error) {
    console.error(error);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`==> ${name}: ${summaryLine(counts)} (${seconds} s)`);
  return { name, counts, seconds };
}

/** One after another, but neighbours that may run beside each other do; the results in the order of the runners. */
async function runInTurn(runners) {
  const results = [];
  for (let index = 0; index < runners.length;) {
    const next = runners.findIndex((runner, place) => place >= index && runner.runsBeside !== true);
    const end = next === index ? index + 1 : next < 0 ? runners.length : next;
    results.push(...(await runBeside(runners.slice(index, end))));
    index = end;
  }
  return results;
}

async function runBeside(runners) {
  const results = [];
  const waiting = [...runners.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, runner] = next;
      results[place] = await runTimed(runner);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

/** At the end once more, since a long run's middle is hard to find, and some keep only a log's end. */
function printFailures(results) {
  const all = results.flatMap(({ name, counts }) =>
    (counts.failures ?? []).map((failure) => ({ ...failure, name })),
  );
  for (const { name, title, message } of all.slice(0, toldFailures)) {
    const lines = message.trimEnd().split("\n").slice(0, linesOfFailure);
    console.log(`FAILED in ${name}: ${title}\n${lines.map((line) => `    ${line}`).join("\n")}\n`);
  }
  if (all.length > toldFailures) {
    console.log(`${all.length - toldFailures} more failed; their messages are above.\n`);
  }
}

function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Runs the runners that `args` choose and ends the process: 0 where all passed.
 *
 * @param {readonly import("./runnerKinds.mjs").Runner[]} runners
 * @param {readonly string[]} args
 */
export async function runAll(runners, args) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const results = [];
  try {
    const chosen = chosenRunners(runners, chosenNames(args));
    await installDependencies();
    for (const { prepare } of chosen) {
      // A failure is that of the runner, which waits for the same.
      prepare?.().catch(() => undefined);
    }
    results.push(
      ...(await runInTurn(chosen.some(({ needsBuild }) => needsBuild) ? [build, ...chosen] : chosen)),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    total.failed += 1;
  }
  console.log("");
  printFailures(results);
  const width = Math.max(0, ...results.map(({ name }) => name.length));
  for (const { name, counts, seconds } of results) {
    console.log(`${name.padEnd(width)} ${summaryLine(counts)} (${seconds} s)`);
    for (const kind of Object.keys(total)) {
      total[kind] += counts[kind];
    }
  }
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

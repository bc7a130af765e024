// Times contestants against one another: interleaved (A B A B), medians, since the machine may be busy with other work.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Runs a program to its end and gives the milliseconds that it took. */
export function timeProgram(program, args, { cwd, env = {}, mayFail = false } = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.resume();
    child.stderr.setEncoding("utf8").on("data", (text) => (output = (output + text).slice(-4000)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 || mayFail) {
        resolve(performance.now() - began);
      } else {
        reject(new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`));
      }
    });
  });
}

/** Runs a program of Node's to its end and gives the milliseconds of the processor that it used, other work or not. */
export async function timeProcessor(args, options) {
  const file = join(options.cwd, "processor-time.txt");
  const preloaded = new URL("processorTime.mjs", import.meta.url).href;
  await timeProgram(process.execPath, ["--import", preloaded, ...args], {
    ...options,
    env: { ...options.env, BENCH_PROCESSOR_FILE: file },
  });
  return Number(readFileSync(file, "utf8"));
}

/**
 * Times every contestant `rounds` times, in turn.
 *
 * @param {Readonly<Record<string, () => Promise<number> | number>>} contestants each gives its own milliseconds
 * @returns {Promise<Readonly<Record<string, number>>>} medians
 */
export async function race(contestants, rounds) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants)) {
      times[name].push(await run());
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints a table of medians, each with its ratio to the limit. */
export function report(title, medians, limit, goals) {
  console.log(`\n${title}`);
  const width = Math.max(...Object.keys(medians).map((name) => name.length));
  for (const [name, time] of Object.entries(medians)) {
    const ratio = time / medians[limit];
    const goal = goals[name];
    const verdict =
      goal === undefined ? "" : `   goal ${goal.toFixed(2)} x: ${ratio <= goal ? "met" : "missed"}`;
    console.log(
      `  ${name.padEnd(width)}  ${time.toFixed(1).padStart(9)} ms   ${ratio.toFixed(2).padStart(6)} x${verdict}`,
    );
  }
}

import { spawn } from "node:child_process";
import { npmCommand } from "./npmCommand.mjs";

/** The environment without what `npm test` adds to it, so that an npm that we start sees only the user's own settings. */
export function plainEnvironment(additions = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|config_local_prefix|execpath|node_execpath|command)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...additions };
}

/**
 * Runs a command to its end; `npm` and `npx` on every system.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, capture?: boolean, timeout?: number }} [options] `capture` keeps the
 *   output instead of passing it on; `timeout`, in milliseconds, kills it.
 * @returns {Promise<{ code: number, output: string }>} The exit code (1 where a signal ended it) and what was captured.
 */
export function runProcess(command, args, { cwd, env, capture = false, timeout } = {}) {
  return new Promise((resolve, reject) => {
    const isNpm = command === "npm" || command === "npx";
    const started = isNpm ? npmCommand(command, args) : { command, args };
    const child = spawn(started.command, started.args, {
      cwd,
      env,
      timeout,
      killSignal: "SIGKILL",
      stdio: capture ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

#!/usr/bin/env node
import { describeOfEvery, runEveryCommand } from "./everyCommand";
import { guardProcess } from "./processGuard";
import { describeOfReading, runReadingCommand } from "./readingCommand";
import { hearStdoutFailures, isJsonWanted, isStdoutTaken, reserveStdout } from "./standardOutput";
import { exitCodes, type OutputStream } from "./terminal";

/** What asks a program to end, each with the status that a shell gives it: 128 and the signal's number. */
const endingSignals = {
  SIGINT: exitCodes.cancelled,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hungUp,
  // Ctrl+Break.
  SIGBREAK: exitCodes.cancelled,
} as const;

function isOfThisSystem(signal: keyof typeof endingSignals): boolean {
  return signal !== "SIGBREAK" || process.platform === "win32";
}

/**
 * What is asked many times a day, by people and by other programs, is in a small bundle of its own: reading 10,000
 * revisions takes little longer than loading all that a migration may need.
 */
const readingCommands = new Set(["--version", "branches", "current", "heads", "history", "show", "status"]);

/** How long a run that was cancelled may take to end by itself. */
const patienceMilliseconds = 10_000;

const args = process.argv.slice(2);
const isTaken = isStdoutTaken(args);
const writeStdout = process.stdout.write.bind(process.stdout);
const stdout: OutputStream = isTaken ? reserveStdout() : process.stdout;
// Behind other options the command is not looked for: everything understands all of them.
const isReading = readingCommands.has(args[0] ?? "") && !args.includes("--check");
const guard = guardProcess({
  headlines: isTaken ? 2 : 1,
  isJsonWanted: () => isJsonWanted(args) && stdout.hasWritten !== true,
  // The bundle of the command is there when its project's code fails, and this one is read before any other.
  describe: (error) => (isReading ? describeOfReading : describeOfEvery)(error, false),
});
const controller = new AbortController();
let cancelledBy: keyof typeof endingSignals | undefined;
for (const signal of (Object.keys(endingSignals) as (keyof typeof endingSignals)[]).filter(isOfThisSystem)) {
  process.on(signal, () => {
    if (cancelledBy !== undefined) {
      // The second one does not wait for the database to answer.
      endNow(signal);
    }
    cancelledBy = signal;
    process.stderr.write("Cancelling. A second signal ends the process at once.\n");
    controller.abort();
    // What waits for the user's code, or for a server that does not answer, may wait for ever.
    setTimeout(() => {
      process.stderr.write(
        "No answer in time: ending the process. The server rolls back what was not committed.\n",
      );
      endNow(signal);
    }, patienceMilliseconds).unref();
  });
}

function endNow(signal: keyof typeof endingSignals): never {
  guard.tellJson({ code: "cancelled", message: "The command was cancelled.", hint: null, details: [] });
  guard.release(() => endingSignals[signal]);
  process.exit(endingSignals[signal]);
}

/** Of a failure that came after the command. */
let lateExitCode: number | undefined;
hearStdoutFailures((exitCode, message) => {
  if (lateExitCode === undefined) {
    process.stderr.write(message ?? "");
    lateExitCode = exitCode;
    process.exitCode = exitCode;
  }
});
const run = isReading ? runReadingCommand : runEveryCommand;

/** Where this was started; another program may have removed it since. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    guard.release();
    const [message, hint] = ["The working folder no longer exists.", "Change to a folder that exists."];
    process.stderr.write(`FAILED: ${message}\n  Hint: ${hint}\n`);
    guard.tellJson({ code: "working-folder-missing", message, hint, details: [] });
    process.exit(exitCodes.failed);
  }
}

void run(args, {
  workingDirectory: workingDirectory(),
  variables: process.env,
  stdout,
  stderr: process.stderr,
  signal: controller.signal,
  follow: guard.follow,
  onLateFailure(exitCode) {
    lateExitCode = exitCode;
    process.exitCode = exitCode;
  },
}).then((exitCode) => {
  const status =
    lateExitCode ??
    (exitCode === exitCodes.cancelled && cancelledBy !== undefined ? endingSignals[cancelledBy] : exitCode);
  guard.release(() => lateExitCode ?? status);
  process.exitCode = status;
  // Behind what the project's code listens with, which may set a status of its own.
  process.on("exit", () => {
    process.exitCode = lateExitCode ?? status;
  });
  // Nothing is left to do, but tidying up the memory of thousands of revisions or tables takes longer than listing them;
  // and who cancels does not wait for what the project's code has begun.
  if (isReading || args[0] === "check" || cancelledBy !== undefined) {
    // A write that failed is told of in a later turn.
    writeStdout("", () => process.stderr.write("", () => setImmediate(() => process.exit())));
  }
});

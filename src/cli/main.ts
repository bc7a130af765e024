#!/usr/bin/env node
import { terminalQuestions } from "./autogenerateOptions";
import { runCli } from "./runCli";
import { exitCodes } from "./terminal";

/** What asks a program to end, each with the status that a shell gives it: 128 and the signal's number. */
const endingSignals = { SIGINT: exitCodes.cancelled, SIGTERM: exitCodes.terminated, SIGHUP: 129 } as const;

const controller = new AbortController();
let cancelledBy: keyof typeof endingSignals | undefined;
for (const signal of Object.keys(endingSignals) as (keyof typeof endingSignals)[]) {
  process.on(signal, () => {
    if (cancelledBy !== undefined) {
      // The second one does not wait for the database to answer.
      process.exit(endingSignals[signal]);
    }
    cancelledBy = signal;
    controller.abort();
  });
}

void runCli(process.argv.slice(2), {
  workingDirectory: process.cwd(),
  variables: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
  askRename: terminalQuestions(process.stdin, process.stderr),
}).then((exitCode) => {
  process.exitCode =
    exitCode === exitCodes.cancelled && cancelledBy !== undefined ? endingSignals[cancelledBy] : exitCode;
});

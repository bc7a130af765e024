#!/usr/bin/env node
import { terminalQuestions } from "./autogenerateOptions";
import { runCli } from "./runCli";

const controller = new AbortController();
let interrupts = 0;
process.on("SIGINT", () => {
  interrupts += 1;
  if (interrupts > 1) {
    // The second Ctrl-C does not wait for the database to answer.
    process.exit(130);
  }
  controller.abort();
});

void runCli(process.argv.slice(2), {
  workingDirectory: process.cwd(),
  variables: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
  askRename: terminalQuestions(process.stdin, process.stderr),
}).then((exitCode) => {
  process.exitCode = exitCode;
});

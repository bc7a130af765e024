import { Worker } from "node:worker_threads";

/** Runs in a thread of its own, since a statement of the embedded database holds up the main one for as long as it takes. */
const beat = `
const { closeSync, futimesSync, openSync, readFileSync } = require("node:fs");
const { workerData: { file, token, milliseconds } } = require("node:worker_threads");
const timer = setInterval(() => {
  let descriptor;
  try {
    descriptor = openSync(file, "r+");
    if (!readFileSync(descriptor, "utf8").includes(token)) {
      clearInterval(timer);
    } else {
      const now = Date.now() / 1000;
      futimesSync(descriptor, now, now);
    }
  } catch (error) {
    if (error.code === "ENOENT") clearInterval(timer);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}, milliseconds);
`;

/** Renews the time of a lock file for as long as it holds the token, and this process lives. Gives what ends it. */
export function startHeartbeat(file: string, token: string, milliseconds: number): () => Promise<void> {
  const worker = new Worker(beat, {
    eval: true,
    // What the process was started with (a debugger, a loader) is not for this thread.
    execArgv: [],
    workerData: { file, token, milliseconds },
  });
  // Without it others take over after a while, which each statement checks.
  worker.on("error", () => undefined);
  worker.unref();
  return async () => {
    // Nothing else may be left that keeps the process waiting for its end.
    worker.ref();
    await worker.terminate();
  };
}

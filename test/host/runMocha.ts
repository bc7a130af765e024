import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { giveTime } from "../support/patience";

/** For a machine that does much else: a test waits for what happens, and needs no time of its own. In milliseconds. */
const defaultTimeout = 240_000;

/**
 * Runs a suite inside the extension host: `load` requires its test files once mocha's `describe` and `it` exist. The
 * counts and failures go to the file named by `SUITE_RESULTS`.
 *
 * @throws Error where a test failed or none ran, which makes the editor exit with 1.
 */
export async function runMocha(load: () => void): Promise<void> {
  const mocha = new Mocha({
    ui: "bdd",
    reporter: "spec",
    timeout: defaultTimeout,
    color: false,
    forbidOnly: process.env["SUITE_ALLOW_ONLY"] !== "1",
    ...(process.env["SUITE_GREP"] === undefined ? {} : { grep: process.env["SUITE_GREP"] }),
  });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  load();
  const failures: { readonly title: string; readonly message: string }[] = [];
  const known = new Set(process.listeners("uncaughtException"));
  let restore = (): void => undefined;
  const counts = await new Promise<{ passed: number; failed: number; skipped: number }>((resolve) => {
    const runner = mocha.run(() => {
      restore();
      const stats = runner.stats;
      resolve({ passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 });
    });
    restore = passOverOtherExtensions(known);
    giveTime(runner, Number(process.env["SUITE_PATIENCE"] ?? 0));
    runner.on("fail", (test, error: Error) => {
      failures.push({ title: test.fullTitle(), message: error.stack ?? error.message });
    });
  });
  const resultsFile = process.env["SUITE_RESULTS"];
  if (resultsFile !== undefined) {
    writeFileSync(resultsFile, JSON.stringify({ ...counts, failures }));
  }
  if (counts.failed > 0 || counts.passed + counts.skipped === 0) {
    throw new Error(`${counts.failed} failed, ${counts.passed} passed`);
  }
}

type ExceptionListener = NodeJS.UncaughtExceptionListener;

/**
 * Extensions share the host's process: what nobody catches in one that comes with the editor (Git writes to a `git`
 * that has ended) is no failure of the test that happens to run. Mocha's listeners are those that are not known.
 */
function passOverOtherExtensions(known: ReadonlySet<ExceptionListener>): () => void {
  const replaced = process
    .listeners("uncaughtException")
    .filter((listener) => !known.has(listener))
    .map((listener): ExceptionListener => {
      process.removeListener("uncaughtException", listener);
      return (error, origin) => {
        if (!/[\\/]vscode[\\/]extensions[\\/]/.test(error.stack ?? "")) {
          listener(error, origin);
        }
      };
    });
  for (const listener of replaced) {
    process.on("uncaughtException", listener);
  }
  return () => {
    for (const listener of replaced) {
      process.removeListener("uncaughtException", listener);
    }
  };
}

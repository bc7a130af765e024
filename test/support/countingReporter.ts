import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { giveTime } from "./patience";

/**
 * Mocha's spec reporter, which also writes the run's counts and failures to the file of the reporter option `output`, and
 * gives each test and hook at least the milliseconds of the option `patience`, whatever its suite says; not in a parallel run.
 */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const { output, patience } = (options?.reporterOptions ?? {}) as {
      readonly output?: string;
      readonly patience?: string;
    };
    // Where files run in parallel, a reporter is given copies of their tests, after they ran.
    if (patience !== undefined) {
      giveTime(runner, Number(patience));
    }
    runner.once("end", () => {
      if (output !== undefined) {
        const { passes, failures, pending } = this.stats;
        const told = this.failures.map((test) => ({
          title: test.fullTitle(),
          message: test.err?.stack ?? test.err?.message ?? "",
        }));
        writeFileSync(
          output,
          JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: told }),
        );
      }
    });
  }
}

export = CountingReporter;

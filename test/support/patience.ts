import type { Runner, Runnable } from "mocha";

/**
 * Gives each test and hook of a run at least so many milliseconds, whatever its suite says. A limit that fits a quiet machine
 * ends what is only slow on a busy one. A limit of 0 is none, and stays.
 */
export function giveTime(runner: Pick<Runner, "on">, milliseconds: number): void {
  const lengthen = (runnable: Runnable): void => {
    const limit = runnable.timeout();
    if (limit > 0 && limit < milliseconds) {
      runnable.timeout(milliseconds);
    }
  };
  runner.on("hook", lengthen);
  runner.on("test", lengthen);
}

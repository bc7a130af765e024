import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { Runnable, type Runner } from "mocha";
import { giveTime } from "../../support/patience";

describe("the time of a test in a long run", () => {
  for (const [name, limit, expected] of [
    ["is longer than its suite says", 20_000, 60_000],
    ["is that of its suite, where that is longer", 90_000, 90_000],
    ["has no limit where its suite sets none", 0, 0],
  ] as const) {
    it(name, () => {
      for (const event of ["hook", "test"]) {
        const runner = new EventEmitter();
        giveTime(runner as unknown as Runner, 60_000);
        const runnable = new Runnable("works", () => undefined);
        runnable.timeout(limit);
        runner.emit(event, runnable);
        assert.equal(runnable.timeout(), expected, event);
      }
    });
  }
});

import assert from "node:assert/strict";
import { mock } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { RefreshQueue } from "../../../src/extension/shared/refreshQueue";

describe("RefreshQueue", () => {
  let runs = 0;
  let active = 0;
  let mostActive = 0;
  let finish: () => void = () => undefined;
  const errors: unknown[] = [];

  /** A queue with a delay of 20 ms, 60 ms at the most; refreshes that are `held` end at the call of `finish`. */
  function newQueue(how: { readonly isHeld?: boolean; readonly failure?: Error } = {}): RefreshQueue {
    runs = 0;
    active = 0;
    mostActive = 0;
    errors.length = 0;
    return new RefreshQueue(
      async () => {
        runs += 1;
        active += 1;
        mostActive = Math.max(mostActive, active);
        if (how.isHeld === true) {
          await new Promise<void>((resolve) => (finish = resolve));
        }
        active -= 1;
        if (how.failure !== undefined) {
          throw how.failure;
        }
      },
      { delay: 20, maxDelay: 60, onError: (error) => errors.push(error) },
    );
  }
  /** Lets time pass, and what it set off settle. */
  async function pass(milliseconds: number): Promise<void> {
    mock.timers.tick(milliseconds);
    await nextTurn();
  }

  beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
  afterEach(() => mock.timers.reset());

  it("makes one refresh of a burst, when it has been quiet", async () => {
    const queue = newQueue();
    for (let index = 0; index < 100; index += 1) {
      queue.request();
    }
    await pass(19);
    assert.equal(runs, 0);
    await pass(1);
    assert.equal(runs, 1);
    await pass(1000);
    assert.equal(runs, 1);
    queue.dispose();
  });

  it("does not put a refresh off for ever", async () => {
    const queue = newQueue();
    for (let time = 0; time < 150; time += 10) {
      queue.request();
      await pass(10);
    }
    assert.equal(runs, 2);
    queue.dispose();
  });

  it("never runs two at a time, and runs once more for what came meanwhile", async () => {
    const queue = newQueue({ isHeld: true });
    const flushed = Promise.all([queue.flush(), queue.flush(), queue.flush()]);
    finish();
    await nextTurn();
    finish();
    await flushed;
    assert.deepEqual({ runs, mostActive }, { runs: 2, mostActive: 1 });
    queue.dispose();
  });

  it("holds requests back while it is muted", async () => {
    const queue = newQueue();
    const unmute = queue.mute();
    queue.request();
    await pass(1000);
    assert.equal(runs, 0);
    unmute();
    await pass(20);
    assert.equal(runs, 1);
    queue.dispose();
  });

  it("goes on after a failure, and tells of it", async () => {
    const failure = new Error("unreadable");
    const queue = newQueue({ failure });
    await queue.flush();
    await queue.flush();
    assert.deepEqual([runs, errors], [2, [failure, failure]]);
    queue.dispose();
  });

  it("does nothing once it is disposed", async () => {
    const queue = newQueue();
    queue.request();
    queue.dispose();
    queue.request();
    await queue.flush();
    await pass(1000);
    assert.equal(runs, 0);
  });
});

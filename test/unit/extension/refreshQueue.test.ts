import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { RefreshQueue } from "../../../src/extension/shared/refreshQueue";

describe("RefreshQueue", () => {
  let runs = 0;
  let active = 0;
  let mostActive = 0;
  const errors: unknown[] = [];
  const newQueue = (delay = 20, maxDelay = 60, duration = 10, failure?: Error): RefreshQueue => {
    runs = 0;
    active = 0;
    mostActive = 0;
    errors.length = 0;
    return new RefreshQueue(
      async () => {
        runs += 1;
        active += 1;
        mostActive = Math.max(mostActive, active);
        await wait(duration);
        active -= 1;
        if (failure !== undefined) {
          throw failure;
        }
      },
      { delay, maxDelay, onError: (error) => errors.push(error) },
    );
  };

  it("makes one refresh of a burst", async () => {
    const queue = newQueue();
    for (let index = 0; index < 100; index += 1) {
      queue.request();
    }
    await wait(80);
    assert.equal(runs, 1);
    queue.dispose();
  });

  it("does not put a refresh off for ever", async () => {
    const queue = newQueue(40, 80, 0);
    const end = Date.now() + 300;
    while (Date.now() < end) {
      queue.request();
      await wait(10);
    }
    assert.ok(runs >= 2, `${runs} runs`);
    queue.dispose();
  });

  it("never runs two at a time, and runs once more for what came meanwhile", async () => {
    const queue = newQueue(1, 5, 40);
    const first = queue.flush();
    const second = queue.flush();
    const third = queue.flush();
    await Promise.all([first, second, third]);
    assert.deepEqual({ runs, mostActive }, { runs: 2, mostActive: 1 });
    queue.dispose();
  });

  it("holds requests back while it is muted", async () => {
    const queue = newQueue(5, 10, 0);
    const unmute = queue.mute();
    queue.request();
    await wait(40);
    assert.equal(runs, 0);
    unmute();
    await wait(40);
    assert.equal(runs, 1);
    queue.dispose();
  });

  it("goes on after a failure, and tells of it", async () => {
    const failure = new Error("unreadable");
    const queue = newQueue(1, 5, 0, failure);
    await queue.flush();
    await queue.flush();
    assert.deepEqual([runs, errors], [2, [failure, failure]]);
    queue.dispose();
  });

  it("does nothing once it is disposed", async () => {
    const queue = newQueue(1, 5, 0);
    queue.request();
    queue.dispose();
    queue.request();
    await queue.flush();
    await wait(20);
    assert.equal(runs, 0);
  });
});

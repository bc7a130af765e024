import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import type { OperationError } from "../../../src/operations/operationError";
import { OperationQueue } from "../../../src/operations/operationQueue";
import type { Lane } from "../../../src/operations/operationQueue";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Recorder {
  readonly queue: OperationQueue;
  readonly log: string[];
  /** A turn that takes a while and writes its name at start and end. */
  readonly turn: (name: string, milliseconds?: number) => Promise<void>;
}

function recorder(queue: OperationQueue): Recorder {
  const log: string[] = [];
  return {
    queue,
    log,
    turn: (name, milliseconds = 1) =>
      queue.enqueue(async ({ autocommit }) => {
        log.push(`${name}${autocommit ? "!" : ""}`);
        await pause(milliseconds);
        log.push(`/${name}`);
      }),
  };
}

const scoped = (): OperationQueue => new OperationQueue({ scope: new AsyncLocalStorage<Lane>() });

describe("OperationQueue", () => {
  let unhandled: unknown[];
  const note = (error: unknown): void => {
    unhandled.push(error);
  };
  beforeEach(() => {
    unhandled = [];
    process.on("unhandledRejection", note);
  });
  afterEach(async () => {
    await pause(5);
    process.off("unhandledRejection", note);
    assert.deepEqual(unhandled, []);
  });

  it("runs one turn at a time in the order of the calls, awaited or not", async () => {
    const { queue, log, turn } = recorder(new OperationQueue());
    void turn("slow", 10);
    void turn("quick", 0);
    await turn("awaited");
    void turn("last", 3);
    await queue.finish();
    assert.deepEqual(log, ["slow", "/slow", "quick", "/quick", "awaited", "/awaited", "last", "/last"]);
  });

  it("waits for what functions that nobody awaits still call", async () => {
    const { queue, log, turn } = recorder(new OperationQueue());
    const forgotten = async (): Promise<void> => {
      await turn("a");
      await turn("b");
      await turn("c");
    };
    void forgotten();
    await queue.finish();
    assert.deepEqual(log, ["a", "/a", "b", "/b", "c", "/c"]);
  });

  it("gives what a turn gives", async () => {
    const queue = new OperationQueue();
    assert.equal(await queue.enqueue(() => 42), 42);
    assert.equal(await queue.block(() => queue.enqueue(() => Promise.resolve("inner"))), "inner");
    await queue.finish();
  });

  it("stops at the first failure, which finish reports though nobody awaited it", async () => {
    const { queue, log, turn } = recorder(new OperationQueue());
    const failure = new Error("no such table");
    void queue.enqueue(() => Promise.reject(failure));
    void turn("never");
    await assert.rejects(turn("never either"), (error) => error === failure);
    await assert.rejects(queue.finish(), (error) => error === failure);
    assert.deepEqual(log, []);
    assert.equal(queue.hasFailed, true);
  });

  it("fails though the failure was caught: what comes after must not run on a broken state", async () => {
    const { queue, turn } = recorder(new OperationQueue());
    const failure = new Error("first");
    await queue.enqueue(() => Promise.reject(failure)).catch(() => undefined);
    await turn("never").catch(() => undefined);
    await assert.rejects(queue.finish(), (error) => error === failure);
  });

  it("takes an error of the revision itself as a failure", async () => {
    const { queue, log, turn } = recorder(new OperationQueue());
    const failure = new Error("thrown by upgrade");
    void turn("running");
    void turn("waiting");
    await pause(0);
    queue.fail(failure);
    await assert.rejects(queue.finish(), (error) => error === failure);
    assert.deepEqual(log, ["running", "/running"]);
  });

  it("refuses calls after the end, and says so to the runner", async () => {
    const late: OperationError[] = [];
    const queue = new OperationQueue({ onLateCall: (error) => late.push(error) });
    await queue.finish();
    await assert.rejects(
      queue.enqueue(() => undefined),
      { code: "late-operation" },
    );
    void queue.enqueue(() => undefined);
    assert.deepEqual(
      late.map(({ code }) => code),
      ["late-operation", "late-operation"],
    );
  });

  for (const [name, create] of [
    ["with a scope", scoped],
    ["without a scope", () => new OperationQueue()],
  ] as const) {
    describe(`blocks ${name}`, () => {
      it("keep their turns together, in their mode, before what is called after them", async () => {
        const { queue, log, turn } = recorder(create());
        void turn("before");
        void queue.block(
          async () => {
            void turn("in 1");
            await turn("in 2");
            void turn("in 3");
          },
          { autocommit: true },
        );
        void turn("after");
        await queue.finish();
        assert.deepEqual(log, [
          "before",
          "/before",
          "in 1!",
          "/in 1",
          "in 2!",
          "/in 2",
          "in 3!",
          "/in 3",
          "after",
          "/after",
        ]);
      });

      it("nest", async () => {
        const { queue, log, turn } = recorder(create());
        await queue.block(async () => {
          await turn("a");
          await queue.block(() => turn("b"), { autocommit: true });
          await queue.block(() => turn("c"));
          await turn("d");
        });
        await queue.finish();
        assert.deepEqual(log, ["a", "/a", "b!", "/b", "c", "/c", "d", "/d"]);
      });

      it("fail with their own error, and with that of a turn nobody awaited", async () => {
        const own = create();
        const failure = new Error("own");
        await assert.rejects(
          own.block(() => {
            throw failure;
          }),
          (error) => error === failure,
        );
        await assert.rejects(own.finish(), (error) => error === failure);

        const inner = create();
        await assert.rejects(
          inner.block(() => {
            void inner.enqueue(() => Promise.reject(failure));
          }),
          (error) => error === failure,
        );
        await assert.rejects(inner.finish(), (error) => error === failure);
      });
    });
  }

  it("keeps its turns in its own line inside a block of another queue of the same scope", async () => {
    const scope = new AsyncLocalStorage<Lane>();
    const outer = recorder(new OperationQueue({ scope }));
    const inner = recorder(new OperationQueue({ scope }));
    await outer.queue.block(
      async () => {
        void inner.turn("inner");
        await outer.turn("outer");
        await inner.queue.finish();
      },
      { autocommit: true },
    );
    await outer.queue.finish();
    assert.deepEqual(inner.log, ["inner", "/inner"]);
    assert.deepEqual(outer.log, ["outer!", "/outer"]);
  });

  it("tells a call from outside a running block from one inside it", async () => {
    const { queue, log, turn } = recorder(scoped());
    void queue.block(async () => {
      await turn("in 1", 5);
      await pause(5);
      await turn("in 2");
    });
    await pause(2);
    void turn("outside");
    await queue.finish();
    assert.deepEqual(log, ["in 1", "/in 1", "in 2", "/in 2", "outside", "/outside"]);
  });
});

import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { hearingStrays } from "../../../src/machine/strayRejections";

/** Fails where nobody awaits it. */
function fail(text: string): void {
  void Promise.reject(new Error(text));
}

/** What code leaves unheard while it runs, told by the name of who hears of it. */
async function heard(work: (told: string[]) => Promise<void>): Promise<readonly string[]> {
  const told: string[] = [];
  const outside = (error: unknown): void => void told.push(`outside: ${String(error)}`);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", outside);
  try {
    await work(told);
    await new Promise((resolve) => setImmediate(resolve));
    deepStrictEqual(process.listeners("unhandledRejection"), [outside]);
    return told;
  } finally {
    process.removeAllListeners("unhandledRejection");
    others.forEach((other) => process.on("unhandledRejection", other));
  }
}

/** Tells as `name` of what `work` leaves unheard. */
function hearing(told: string[], name: string, work: () => Promise<void>): Promise<void> {
  return hearingStrays((error) => told.push(`${name}: ${String(error)}`), work);
}

describe("promises that fail while nobody awaits them", () => {
  it("are heard of by whoever runs the code, and by nobody else", async () => {
    const told = await heard((to) => hearing(to, "a", () => Promise.resolve(fail("one"))));
    deepStrictEqual(told, ["a: Error: one"]);
  });

  it("are the affair of others where they are of other code", async () => {
    const told = await heard(async (to) => {
      let end = (): void => undefined;
      const running = hearing(to, "a", () => new Promise((resolve) => (end = resolve)));
      fail("other");
      await new Promise((resolve) => setImmediate(resolve));
      end();
      await running;
      fail("later");
    });
    deepStrictEqual(told, ["outside: Error: other", "outside: Error: later"]);
  });

  it("are each heard by its own where several run at once, whichever ends first", async () => {
    const told = await heard(async (to) => {
      let end = (): void => undefined;
      const first = hearing(to, "a", async () => {
        await new Promise<void>((resolve) => (end = resolve));
        fail("one");
      });
      const second = hearing(to, "b", async () => {
        end();
        await first;
        fail("two");
      });
      await second;
    });
    deepStrictEqual(told, ["a: Error: one", "b: Error: two"]);
  });

  it("leave what the code itself throws or gives as it is", async () => {
    await rejects(
      hearingStrays(
        () => undefined,
        () => Promise.reject(new Error("thrown")),
      ),
      /^Error: thrown$/,
    );
    strictEqual(
      await hearingStrays(
        () => undefined,
        () => Promise.resolve(7),
      ),
      7,
    );
  });
});

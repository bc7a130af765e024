import { hearingStrays } from "../machine/strayRejections";
import { captureCallSite, type CallSite } from "../operations/callSite";
import { DataTestError } from "./dataTestError";

/**
 * What a test calls of its database: one call after the other, in their order, as one connection has it. Unlike a revision's, a
 * call that fails ends nothing but itself: a test may expect that.
 */
export class TestCalls {
  private tail: Promise<unknown> = Promise.resolve();
  private isOver = false;
  private readonly sites = new WeakMap<object, CallSite>();
  private lastCalled = Date.now();

  /** When the test last called something. */
  get lastTime(): number {
    return this.lastCalled;
  }

  /** @param from the function that the test called: the place is that of its caller */
  add<Result>(task: () => Promise<Result>, from: (...input: never[]) => unknown): Promise<Result> {
    const site = captureCallSite(from);
    this.lastCalled = Date.now();
    if (this.isOver) {
      return Promise.reject(
        new DataTestError(
          "late-call",
          "A test called its database after it had ended.",
          "Await every call in the test.",
        ),
      );
    }
    const ended = this.tail.then(task);
    this.tail = ended.then(ignore, (error: unknown) => {
      if (typeof error === "object" && error !== null) {
        this.sites.set(error, site);
      }
    });
    // Another promise than the one that the queue hears: Node tells of it if the test does not.
    return ended.then((result) => result);
  }

  /** Where the call was that failed with this. */
  siteOf(error: unknown): CallSite | undefined {
    return typeof error === "object" && error !== null ? this.sites.get(error) : undefined;
  }

  /**
   * Lets a test run to its end, and waits for what it has called.
   * @throws what the test throws, and what failed without the test awaiting it
   */
  async during(test: () => Promise<void>): Promise<void> {
    const unheard: unknown[] = [];
    try {
      await hearingStrays(
        (error) => unheard.push(error),
        async () => {
          await test();
          this.isOver = true;
          await this.tail;
        },
      );
      if (unheard.length > 0) {
        throw unheard[0];
      }
    } finally {
      this.isOver = true;
    }
  }
}

function ignore(): void {
  // Whoever called it has the result.
}

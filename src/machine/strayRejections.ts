import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { promiseHooks } from "node:v8";

/** Which call of `hearingStrays` the code that runs now belongs to: others may run in the same process. */
const scopes = new AsyncLocalStorage<object>();

/**
 * Runs code, and hears of the promises made by it that fail while nobody awaits them. Nobody else is told: whoever hears of
 * such a failure else ends the process.
 * @param hear called with what such a promise failed with
 */
export async function hearingStrays<Result>(
  hear: (error: unknown) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const scope = {};
  const made = new WeakSet<Promise<unknown>>();
  // Its type says no more than that it is a function.
  const stopNoting = promiseHooks.onInit((promise) => {
    if (scopes.getStore() === scope) {
      made.add(promise);
    }
  });
  const hearOurs: Hear = (error, promise) => {
    const isOurs = made.has(promise);
    if (isOurs) {
      hear(error);
    }
    return isOurs;
  };
  addHearer(hearOurs);
  try {
    const result = await scopes.run(scope, work);
    // Node tells of promises that nobody heard when all that was ready has run.
    await setImmediate();
    return result;
  } finally {
    Reflect.apply(stopNoting, undefined, []);
    removeHearer(hearOurs);
  }
}

/** True: nobody else is told. */
type Hear = (error: unknown, promise: Promise<unknown>) => boolean;

const hearers = new Set<Hear>();
let others: readonly NodeJS.UnhandledRejectionListener[] = [];

function tellFirst(error: unknown, promise: Promise<unknown>): void {
  if ([...hearers].some((hear) => hear(error, promise))) {
    return;
  }
  if (others.length === 0) {
    // As Node does where nobody listens.
    throw error;
  }
  others.forEach((other) => other(error, promise));
}

function addHearer(hear: Hear): void {
  if (hearers.size === 0) {
    others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", tellFirst);
  }
  hearers.add(hear);
}

function removeHearer(hear: Hear): void {
  hearers.delete(hear);
  if (hearers.size === 0) {
    process.off("unhandledRejection", tellFirst);
    others.forEach((other) => process.on("unhandledRejection", other));
  }
}

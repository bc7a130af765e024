import { AsyncLocalStorage } from "node:async_hooks";

/** The command of the user's that is being carried out: does all of it once more. */
export const invocation = new AsyncLocalStorage<() => void>();

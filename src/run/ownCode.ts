import { setImmediate, setTimeout as delay } from "node:timers/promises";
import { DatabaseError } from "../database/databaseError";

/** What is to be known of a run while a revision's own code has the say. */
export interface OwnCodeWatch {
  readonly signal: AbortSignal;
  /** Whether a statement of the run is on its way. */
  readonly isBusy: () => boolean;
  /** When the revision last called something of the run, by `Date.now()`. */
  readonly lastCall: () => number;
  /** Told once when the code has kept everybody waiting for seconds. */
  readonly onSilence: () => void;
  /** What a promise that never settles is reported as. */
  readonly neverSettles: () => Error;
}

export type OwnCodeEnd =
  | { readonly kind: "returned" }
  | { readonly kind: "threw"; readonly error: unknown }
  /** It has not returned, and nobody waits for it any more. */
  | { readonly kind: "givenUp"; readonly error: Error };

const silenceMilliseconds = 5_000;
const pollMilliseconds = 1_000;
/** For timers that keep no process alive, and may be awaited all the same. */
const drySpellMilliseconds = 1_000;
/** Between the end of a dry spell and Node's word that nothing is left, where nothing has begun in it. */
const atOnceMilliseconds = 20;

/** Called when nothing is left in this process that could go on. */
const whenDry = new Set<() => void>();

/**
 * Waits for a revision's function. Not for ever: where it awaits what nothing in this process can settle any more, or the
 * run is cancelled, it is given up.
 */
export async function untilReturned(
  call: () => Promise<void> | void,
  watch: OwnCodeWatch,
): Promise<OwnCodeEnd> {
  const { promise: givenUp, resolve: giveUp } = deferred<OwnCodeEnd>();
  const onAbort = (): void => {
    void untilIdle(watch).then(() =>
      giveUp({
        kind: "givenUp",
        error: new DatabaseError("cancelled", "Cancelled; what was not committed is rolled back."),
      }),
    );
  };
  let drySpell: NodeJS.Timeout | undefined;
  let drySpellEndedAt = Number.NEGATIVE_INFINITY;
  const onDry = (): void => {
    // Told at once after a dry spell: nothing began in it. Told later: something did, threads' work for one.
    if (performance.now() - drySpellEndedAt < atOnceMilliseconds) {
      giveUp({ kind: "givenUp", error: watch.neverSettles() });
      return;
    }
    drySpell = setTimeout(() => (drySpellEndedAt = performance.now()), drySpellMilliseconds);
  };
  const silence = tellOfSilence(watch);
  listenForDryness();
  whenDry.add(onDry);
  watch.signal.addEventListener("abort", onAbort, { once: true });
  try {
    const returned = async (): Promise<OwnCodeEnd> => {
      try {
        await call();
        return { kind: "returned" };
      } catch (error) {
        return { kind: "threw", error };
      }
    };
    return await Promise.race([returned(), givenUp]);
  } finally {
    clearInterval(silence);
    clearTimeout(drySpell);
    whenDry.delete(onDry);
    watch.signal.removeEventListener("abort", onAbort);
  }
}

/** What the server is asked to stop has to be stopped before anything else is sent. */
async function untilIdle({ isBusy }: OwnCodeWatch): Promise<void> {
  await setImmediate();
  while (isBusy()) {
    await delay(5);
  }
}

function tellOfSilence({ isBusy, lastCall, onSilence }: OwnCodeWatch): NodeJS.Timeout {
  let busyAt = Date.now();
  const timer = setInterval(() => {
    if (isBusy()) {
      busyAt = Date.now();
    } else if (Date.now() - Math.max(busyAt, lastCall()) >= silenceMilliseconds) {
      clearInterval(timer);
      onSilence();
    }
  }, pollMilliseconds);
  return timer.unref();
}

let isListening = false;

/** Once for all: of many runs at a time each would be another listener. */
function listenForDryness(): void {
  if (!isListening) {
    isListening = true;
    process.on("beforeExit", () => whenDry.forEach((listener) => listener()));
  }
}

function deferred<Result>(): {
  readonly promise: Promise<Result>;
  readonly resolve: (result: Result) => void;
} {
  let resolve: (result: Result) => void = () => undefined;
  const promise = new Promise<Result>((settle) => (resolve = settle));
  return { promise, resolve };
}

import type { Client } from "pg";
import { isServerError } from "./serverError";

/** What a client says of its connection beside the answers to statements. */
export interface ConnectionFailure {
  /** Why the connection broke: the server's own reason where it gave one. */
  reason(): Error | undefined;
}

/**
 * Listens for failures that belong to no statement: unheard, such an event would end the process. Of several, what the
 * server says counts (`terminating connection due to administrator command`), not that the line was cut after it.
 */
export function hearFailures(client: Client): ConnectionFailure {
  let reason: Error | undefined;
  client.on("error", (error: Error) => {
    if (reason === undefined || (isServerError(error) && !isServerError(reason))) {
      reason = error;
    }
  });
  return { reason: () => reason };
}

/** What bounds the time in which a connection must be made. */
export interface ConnectingLimits {
  readonly connectTimeoutMilliseconds: number;
  readonly signal?: AbortSignal;
}

/**
 * The time for connecting includes the first answer: a server that accepts and then says nothing is as unreachable as
 * one that is not there.
 */
export function withinTime<Result>(
  client: Client,
  { connectTimeoutMilliseconds, signal }: ConnectingLimits,
  connect: () => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (message: string): void => {
      reject(new Error(message));
      abandon(client);
    };
    const onAbort = (): void => stop("cancelled");
    // Neither of this file's timers counts as work of a revision that runs meanwhile; sockets keep the process alive.
    const timer = setTimeout(() => stop("timeout expired"), connectTimeoutMilliseconds).unref();
    signal?.addEventListener("abort", onAbort, { once: true });
    connect()
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      });
    if (signal?.aborted === true) {
      onAbort();
    }
  });
}

/** How long a server may take to say goodbye. */
const goodbyeMilliseconds = 5_000;

/** Ends a client; one whose server does not answer any more is cut off. Never fails. */
export async function endClient(client: Client): Promise<void> {
  const timer = setTimeout(() => abandon(client), goodbyeMilliseconds).unref();
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

/** Cuts a client's connection; whatever waits for it fails. */
function abandon(client: Client): void {
  const { stream } = Reflect.get(client, "connection") as { readonly stream: { destroy(): void } };
  stream.destroy();
}

/** Whether a client keeps the process alive. */
export interface ProcessLife {
  readonly begin: () => void;
  readonly end: () => void;
  /** Whether something has begun and not ended. */
  readonly isBusy: () => boolean;
}

/**
 * A connection keeps the process alive while it has something to do, and not while it is only open: where all that is
 * left are open connections, a promise that the project's code awaits will never settle, and Node can tell.
 */
export function processLife(client: Client): ProcessLife {
  const { stream } = Reflect.get(client, "connection") as { readonly stream: Partial<NodeJS.RefCounted> };
  let running = 0;
  stream.unref?.();
  return {
    begin() {
      running += 1;
      if (running === 1) {
        stream.ref?.();
      }
    },
    end() {
      running -= 1;
      if (running === 0) {
        stream.unref?.();
      }
    },
    isBusy: () => running > 0,
  };
}

/**
 * Makes the function to be called before a statement is sent: what is sent until all has been done that needs to wait for
 * nothing goes to the server in one piece. A system call for each message takes longer than to make the message.
 */
export function gatherMessages(client: Client): () => void {
  const { stream } = Reflect.get(client, "connection") as {
    readonly stream: { cork?(): void; uncork?(): void };
  };
  let isGathering = false;
  return () => {
    if (!isGathering) {
      isGathering = true;
      stream.cork?.();
      // Called when no promise is left that is settled.
      process.nextTick(() => {
        isGathering = false;
        stream.uncork?.();
      });
    }
  };
}

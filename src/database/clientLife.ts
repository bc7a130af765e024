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
    const timer = setTimeout(() => stop("timeout expired"), connectTimeoutMilliseconds);
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
  const timer = setTimeout(() => abandon(client), goodbyeMilliseconds);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}

/** Cuts a client's connection; whatever waits for it fails. */
function abandon(client: Client): void {
  const { stream } = Reflect.get(client, "connection") as { readonly stream: { destroy(): void } };
  stream.destroy();
}

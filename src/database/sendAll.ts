import type { Connection } from "./connection";

/** Sends all at once where the connection takes that, and else one after the other. Fails with the first failure. */
export async function sendAll(
  connection: Pick<Connection, "takesSeveral"> | undefined,
  sends: readonly (() => Promise<unknown>)[],
): Promise<void> {
  if (connection?.takesSeveral === true) {
    await Promise.all(sends.map((send) => send()));
    return;
  }
  for (const send of sends) {
    await send();
  }
}

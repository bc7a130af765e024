import { createInterface } from "node:readline";
import { acquireFileLock } from "../../src/database/fileLock";

const [file = "", beat = ""] = process.argv.slice(2);
const beatMilliseconds = Number(beat);

/** A program that holds the lock, and does what it is told, a line at a time. */
async function hold(): Promise<void> {
  const lock = await acquireFileLock({
    file,
    timeoutMilliseconds: 60_000,
    beatMilliseconds,
    signal: new AbortController().signal,
    onWaiting: () => undefined,
  });
  console.log("held");
  for await (const line of createInterface({ input: process.stdin })) {
    switch (line) {
      case "compute":
        console.log("computing");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40 * beatMilliseconds);
        break;
      case "release":
        await lock.release();
        console.log("released");
        break;
      default:
        console.log(
          await lock.assertHeld().then(
            () => "held",
            (error: unknown) => (error instanceof Error ? String(Reflect.get(error, "code")) : ""),
          ),
        );
    }
  }
}

void hold();

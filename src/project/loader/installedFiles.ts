import { join, sep } from "node:path";
import { withoutSourceMaps } from "./sourceMaps";

const streamOfPg = join(sep, "pg", "lib", "stream.js");

/** Runs a file that was installed: nothing in it is the user's to debug. */
export function runInstalled(filename: string, run: () => void): void {
  withoutSourceMaps(filename.endsWith(streamOfPg) ? () => withoutResponse(run) : run);
}

/**
 * `pg` looks at what `Response` makes to find out whether it runs in a Cloudflare worker. Without a `navigator`, as in
 * Node 20, that loads the whole of `fetch`, which takes longer than all the rest of the driver.
 */
function withoutResponse(run: () => void): void {
  const response = Object.getOwnPropertyDescriptor(globalThis, "Response");
  if (response?.configurable !== true || "navigator" in globalThis) {
    run();
    return;
  }
  Reflect.deleteProperty(globalThis, "Response");
  try {
    run();
  } finally {
    Object.defineProperty(globalThis, "Response", response);
  }
}

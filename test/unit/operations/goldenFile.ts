import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "golden", "operations");

/** Compares with a file of `test/golden/operations`; with UPDATE_GOLDEN=1 it writes the file instead. */
export function assertGolden(name: string, text: string): void {
  const path = join(folder, name);
  if (process.env.UPDATE_GOLDEN === "1") {
    writeFileSync(path, text);
  }
  assert.equal(text, readFileSync(path, "utf8"));
}

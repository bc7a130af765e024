import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** @typedef {{ title: string, message: string }} Failure A test that failed, and what it said. */
/** @typedef {{ passed: number, failed: number, skipped: number, failures?: readonly Failure[] }} Counts */

/** Tells the counts of a runner to who started it, through the file that `TEST_COUNTS_FILE` names. */
export function writeCounts(counts) {
  const file = process.env.TEST_COUNTS_FILE;
  if (file !== undefined) {
    writeFileSync(file, JSON.stringify(counts));
  }
}

/** @returns {Counts | undefined} What a runner wrote, or undefined where it ended before it could. */
export function readCounts(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

import assert from "node:assert/strict";
import { serverName } from "../../../src/schema/serverName";

describe("a name as the server keeps it", () => {
  for (const [given, kept] of [
    ["users", "users"],
    ["a".repeat(63), "a".repeat(63)],
    ["a".repeat(64), "a".repeat(63)],
    ["ä".repeat(40), "ä".repeat(31)],
    [`${"a".repeat(62)}äb`, "a".repeat(62)],
    ["語".repeat(21), "語".repeat(21)],
    ["語".repeat(22), "語".repeat(21)],
    ["🐘".repeat(16), "🐘".repeat(15)],
  ] as const) {
    it(`${given.slice(0, 8)}… of ${String(Buffer.byteLength(given))} bytes`, () => {
      assert.equal(serverName(given), kept);
    });
  }
});

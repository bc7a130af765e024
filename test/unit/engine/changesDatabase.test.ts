import assert from "node:assert/strict";
import { changesDatabase } from "../../../src/engine/changesDatabase";

describe("what changes a database", () => {
  const cases = [
    [{ command: "upgrade", options: { target: "head" } }, true],
    [{ command: "upgrade", options: { target: "head", sql: true } }, false],
    [{ command: "upgrade", options: { target: "head", plan: true } }, false],
    [{ command: "upgrade", options: { target: "head", plan: "approval" } }, false],
    [{ command: "upgrade", options: { target: "head", approved: "id" } }, true],
    [{ command: "downgrade", options: { target: "-1" } }, true],
    [{ command: "downgrade", options: { target: "-1", plan: true } }, false],
    [{ command: "stamp", options: { targets: ["head"] } }, true],
    [{ command: "stamp", options: { targets: ["head"], sql: true } }, false],
    [{ command: "ensureVersion", options: {} }, true],
    [{ command: "adopt", options: {} }, true],
    [{ command: "adopt", options: { dryRun: true } }, false],
    [{ command: "adopt", options: { noStamp: true } }, false],
    [{ command: "status", options: {} }, false],
    [{ command: "revision", options: { message: "a", autogenerate: true } }, false],
    [{ command: "roundTrip", options: {} }, false],
    [{ command: "lint", options: {} }, false],
  ] as const;
  for (const [request, expected] of cases) {
    it(`${JSON.stringify(request)}: ${expected ? "yes" : "no"}`, () => {
      assert.equal(changesDatabase(request), expected);
    });
  }
});

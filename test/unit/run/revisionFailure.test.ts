import assert from "node:assert/strict";
import { OperationError } from "../../../src/operations/operationError";
import { MigrationError } from "../../../src/run/migrationError";
import { revisionFailure } from "../../../src/run/revisionFailure";

const run = {
  revision: "a1",
  path: __filename,
  mapToSource: () => undefined,
  context: { direction: "upgrade" },
} as const;

describe("the failure of a revision", () => {
  it("is placed at the call whose arguments are wrong, however deep that was found", () => {
    const error = new OperationError("invalid-argument", "Unknown option.");
    error.stack = "Error: Unknown option.\n    at makeColumn (/elsewhere/makeColumn.ts:1:2)";
    error.callSite = { stack: `Error\n    at upgrade (${__filename}:7:12)` };
    const failure = revisionFailure(error, undefined, run);
    assert.ok(failure instanceof MigrationError);
    assert.deepEqual(failure.location, { path: __filename, line: 7, column: 12 });
  });

  it("is placed in its file where nothing tells the call", () => {
    const error = new Error("no place");
    error.stack = "Error: no place";
    const failure = revisionFailure(error, undefined, run);
    assert.ok(failure instanceof MigrationError);
    assert.deepEqual(failure.location, { path: __filename, line: 1, column: 1 });
  });
});

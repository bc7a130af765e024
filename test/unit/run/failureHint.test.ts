import assert from "node:assert/strict";
import { DatabaseError } from "../../../src/database/databaseError";
import { failureHint } from "../../../src/run/failureHint";

const cases: readonly (readonly [title: string, sqlState: string, expected: RegExp])[] = [
  ["an administrator who ends the connection", "57P01", /^An administrator .* Run the command again\.$/],
  ["a crash of the server", "57P02", /^The server crashed .* Run the command again when it is up\.$/],
  ["a session that was idle for too long", "57P05", /^The server's `idle_session_timeout` .* again\.$/],
  ["a database that is read-only", "25006", /^The database, .* are read-only: .* as another user\.$/],
  ["rows without a value", "23502", /^A row has no value .* Fill existing rows before .* again\.$/],
  ["rows that are equal", "23505", /^Rows are in the way\. .* earlier in the revision, .* again\.$/],
  ["a row that refers to nothing", "23503", /^Rows are in the way\. .* earlier in the revision, .* again\.$/],
  ["a value that does not fit", "22P02", /^Correct the rows .* with `using`, .* again\.$/],
  ["a table that is there already", "42P07", /^Something created it .* with `stamp`\. .* is right\.$/],
  [
    "a view that depends on it",
    "2BP01",
    /^Something else still depends on it\. Drop or change that .* again\.$/,
  ],
  ["a statement that is wrong", "42601", /^Correct the revision, and run the command again\.$/],
];

describe("the hint of a failed revision", () => {
  for (const [title, sqlState, expected] of cases) {
    it(`blames the revision only for what it did: ${title}`, () => {
      assert.match(failureHint(new DatabaseError("statement-failed", "no", { sqlState })), expected);
    });
  }

  it("names the deferred constraints that keep a table from changing, and not another use of it", () => {
    const hint = (message: string): string =>
      failureHint(new DatabaseError("statement-failed", message, { sqlState: "55006" }));
    assert.match(
      hint('cannot ALTER TABLE "pots" because it has pending trigger events'),
      /^Rows of the table changed in this transaction, .* `SET CONSTRAINTS ALL IMMEDIATE` .* again\.$/,
    );
    assert.equal(
      hint('database "shop" is being accessed by other users'),
      "Correct the revision, and run the command again.",
    );
  });
});

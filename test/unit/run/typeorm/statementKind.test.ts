import assert from "node:assert/strict";
import { commandOf, returnsChanges, transactionControl } from "../../../../src/run/typeorm/statementKind";

describe("what a statement does to the transaction", () => {
  const statements: readonly (readonly [text: string, control: ReturnType<typeof transactionControl>])[] = [
    ["BEGIN", "begin"],
    ["begin transaction;", "begin"],
    ["START TRANSACTION ISOLATION LEVEL SERIALIZABLE", "begin"],
    ["SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "isolation"],
    ["COMMIT", "commit"],
    ["/* done */ commit work ;", "commit"],
    ["END", "commit"],
    ["ROLLBACK", "rollback"],
    ["ABORT", "rollback"],
    ["ROLLBACK TO SAVEPOINT typeorm_1", undefined],
    ["COMMIT PREPARED 'a'", undefined],
    ["COMMIT; DROP TABLE users", undefined],
    ["SET search_path = app", undefined],
    ["SELECT 'COMMIT'", undefined],
    ["SAVEPOINT typeorm_1", undefined],
    ["", undefined],
  ];
  for (const [text, control] of statements) {
    it(`${text} → ${String(control)}`, () => assert.equal(transactionControl(text), control));
  }
});

describe("the command of a statement", () => {
  const statements: readonly (readonly [text: string, command: string])[] = [
    ["select 1", "SELECT"],
    ["-- first\nUPDATE users SET name = 'DELETE'", "UPDATE"],
    ["WITH gone AS (DELETE FROM users RETURNING id) INSERT INTO log SELECT id FROM gone", "INSERT"],
    ["WITH RECURSIVE t AS (SELECT 1) SELECT * FROM t", "SELECT"],
    ["CREATE TABLE users (id int)", "CREATE"],
  ];
  for (const [text, command] of statements) {
    it(`${text.replaceAll("\n", " ")} → ${command}`, () => assert.equal(commandOf(text), command));
  }

  it("gives rows of what it changed where it says so", () => {
    assert.equal(returnsChanges("INSERT INTO users DEFAULT VALUES RETURNING id"), true);
    assert.equal(returnsChanges("INSERT INTO users VALUES ('returning')"), false);
  });
});

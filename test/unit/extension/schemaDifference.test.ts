import assert from "node:assert/strict";
import { schemaDifference } from "../../../src/extension/testExplorer/schemaDifference";

describe("the difference of two schemas", () => {
  const users = "CREATE TABLE users (\n    id integer\n);";
  const wideUsers = "CREATE TABLE users (\n    id integer,\n    name text\n);";
  const index = "CREATE INDEX ix_users_id ON users (id);";
  const cases = [
    { title: "of equal ones is empty", before: users, after: users, expected: { expected: "", actual: "" } },
    {
      title: "is what came",
      before: users,
      after: `${users}\n${index}\n`,
      expected: { expected: "", actual: index },
    },
    {
      title: "is a table on both sides, where it changed",
      before: `${users}\n\n${index}`,
      after: `${wideUsers}\n\n${index}`,
      expected: { expected: users, actual: wideUsers },
    },
  ];
  for (const { title, before, after, expected } of cases) {
    it(title, () => {
      assert.deepEqual(schemaDifference(before, after), expected);
    });
  }
});

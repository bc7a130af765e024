import { deepStrictEqual } from "node:assert/strict";
import { describeFailure } from "../../../src/cli/failure";
import { MigrationError } from "../../../src/run/migrationError";
import { EntityError } from "../../../src/typeorm/entityError";
import { describeFailure as describeForEditor } from "../../../src/engine/describeFailure";

describe("a failure in which the user's code quotes a URL", () => {
  const error = new MigrationError("revision-failed", "can't reach postgresql://ann:hunter2@h/shop", {
    revision: "a1",
    sql: "SELECT dblink('postgresql://ann:hunter2@h/shop')",
  });

  it("has no password on the terminal", () => {
    deepStrictEqual(describeFailure(error, false), {
      exitCode: 255,
      headline: "FAILED: can't reach postgresql://ann:***@h/shop",
      details: ["  SQL: SELECT dblink('postgresql://ann:***@h/shop')"],
    });
  });

  it("has no password in the editor", () => {
    const { message, sql } = describeForEditor(error);
    deepStrictEqual(
      { message, sql },
      {
        message: "can't reach postgresql://ann:***@h/shop",
        sql: "SELECT dblink('postgresql://ann:***@h/shop')",
      },
    );
  });
});

describe("a failure of entities that PostgreSQL refuses", () => {
  it("names the statement and what to do", () => {
    const error = new EntityError("entities-refused", "PostgreSQL refuses the entities: no such type", {
      sql: 'CREATE TABLE "users" (\n  "mood" moood\n)',
      hint: "Correct the entity.",
    });
    deepStrictEqual(describeFailure(error, false), {
      exitCode: 255,
      headline: "FAILED: PostgreSQL refuses the entities: no such type",
      details: ['  SQL: CREATE TABLE "users" (\n      "mood" moood\n    )', "  Hint: Correct the entity."],
    });
  });
});

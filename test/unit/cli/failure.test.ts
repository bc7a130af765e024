import { deepStrictEqual } from "node:assert/strict";
import { constants } from "node:os";
import { describeFailure } from "../../../src/cli/failure";
import { failureJson } from "../../../src/cli/failureJson";
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

describe("a refusal of the operating system", () => {
  const cases = [
    {
      error: {
        code: "EACCES",
        errno: -constants.errno.EACCES,
        syscall: "open",
        path: "/shop/versions/a1.ts",
      },
      message: "Can't open /shop/versions/a1.ts: permission denied.",
      hint: "Run the command as a user who can write there, or change the permissions of the folder.",
    },
    {
      error: { code: "EROFS", errno: -constants.errno.EROFS, syscall: "mkdir", path: "/shop/.alembic" },
      message: "Can't create the folder /shop/.alembic: read-only file system.",
      hint: "The disk is read-only. Use a project folder on another disk.",
    },
    {
      error: {
        code: "ENAMETOOLONG",
        errno: -constants.errno.ENAMETOOLONG,
        syscall: "open",
        path: "/shop/long.ts",
      },
      message: "Can't open /shop/long.ts: name too long.",
      hint: "Use a shorter name.",
    },
  ] as const;

  for (const { error, message, hint } of cases) {
    it(`is put into words: ${error.code}`, () => {
      const refusal = Object.assign(new Error(`${error.code}: raw`), error);

      deepStrictEqual(describeFailure(refusal, false), {
        exitCode: 255,
        headline: `FAILED: ${message}`,
        details: [`  Hint: ${hint}`],
      });
      const { message: told, hint: advice } = describeForEditor(refusal);
      deepStrictEqual({ told, advice }, { told: message, advice: hint });
    });
  }
});

describe("an error of the project's own code, which has no code", () => {
  const error = new Error("no such shop");

  it("is told without its stack on the terminal", () => {
    deepStrictEqual(describeFailure(error, false), {
      exitCode: 255,
      headline: "FAILED: no such shop",
      details: [],
    });
  });

  it("has a code and its stack in JSON", () => {
    const { code, message, details } = failureJson(error, false);
    deepStrictEqual(
      { code, message, details },
      { code: "internal-error", message: "no such shop", details: [error.stack] },
    );
  });
});

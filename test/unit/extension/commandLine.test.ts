import assert from "node:assert/strict";
import { commandLine } from "../../../src/extension/actions/commandLine";

const context = {
  workingDirectory: "/shop",
  configPath: "/shop/alembic.config.ts",
  choice: { kind: "default" },
} as const;

describe("the command line of an action", () => {
  const cases: readonly (readonly [string, string])[] = [
    [commandLine("upgrade", { target: "head" }, context), "npx alembic-ts upgrade head"],
    [
      commandLine("downgrade", { target: "b2:a1", sql: true }, context),
      "npx alembic-ts downgrade --sql b2:a1",
    ],
    [commandLine("downgrade", { target: "-1", plan: true }, context), "npx alembic-ts downgrade --plan -1"],
    [
      commandLine("stamp", { targets: ["a1", "b2"], purge: true }, context),
      "npx alembic-ts stamp --purge a1 b2",
    ],
    [commandLine("status", {}, context), "npx alembic-ts current"],
    [commandLine("ensureVersion", {}, context), "npx alembic-ts ensure_version"],
    [
      commandLine("revision", { message: "it's new", autogenerate: true, head: "b2" }, context),
      `npx alembic-ts revision -m 'it'\\''s new' --autogenerate --head b2`,
    ],
    [
      commandLine("check", { renames: ["users.a:users.b", "logs:events"], offline: true }, context),
      "npx alembic-ts check --rename users.a:users.b --rename logs:events --offline",
    ],
    [commandLine("check", { offline: "where-needed" }, context), "npx alembic-ts check"],
    [
      commandLine("merge", { revisions: ["b2", "c3"], message: "merge" }, context),
      "npx alembic-ts merge -m merge b2 c3",
    ],
    [
      commandLine("current", {}, { ...context, configPath: "/shop/conf/my config.ts" }),
      "npx alembic-ts -c 'conf/my config.ts' current",
    ],
    [
      commandLine("current", {}, { ...context, choice: { kind: "environment", name: "staging" } }),
      "npx alembic-ts --environment staging current",
    ],
    [
      commandLine("current", {}, { ...context, choice: { kind: "url", label: "db/shop" } }),
      'npx alembic-ts --url "$DATABASE_URL" current',
    ],
  ];
  for (const [line, expected] of cases) {
    it(expected, () => {
      assert.equal(line, expected);
    });
  }
});

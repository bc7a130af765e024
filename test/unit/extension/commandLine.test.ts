import assert from "node:assert/strict";
import { commandLine, shellOf, type Shell } from "../../../src/extension/actions/commandLine";

const context = {
  workingDirectory: "/shop",
  configPath: "/shop/alembic.config.ts",
  choice: { kind: "default" },
  shell: "posix",
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
      commandLine("drift", { between: ["staging", "live"], drop: true }, context),
      "npx alembic-ts drift --between staging,live --drop",
    ],
    [
      commandLine("dataTests", { revisions: ["b2"], only: [{ path: "/shop/b2.test.ts" }] }, context),
      "npx alembic-ts test --data b2",
    ],
    [commandLine("drift", { to: "head" }, context), "npx alembic-ts drift --to head"],
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

describe("the quoting of a command line", () => {
  const message = `it's "100%" done & more`;
  const cases: readonly (readonly [Shell, string, string])[] = [
    ["posix", message, `'it'\\''s "100%" done & more'`],
    ["powershell", message, `'it''s "100%" done & more'`],
    ["powershell", "Ann\u2019s", "'Ann\u2019\u2019s'"],
    ["powershell", "@head", "'@head'"],
    ["powershell", "a,b", "'a,b'"],
    ["powershell", "$(calc)", "'$(calc)'"],
    ["cmd", message, `"it's ""100"^%""" done & more"`],
    ["cmd", "%PATH%", `""^%"PATH"^%""`],
    ["cmd", "a=b", `"a=b"`],
    ["cmd", "main@head", "main@head"],
  ];
  for (const [shell, word, expected] of cases) {
    it(`is ${expected} in ${shell}`, () => {
      const line = commandLine("revision", { message: word }, { ...context, shell });
      assert.equal(line, `npx alembic-ts revision -m ${expected}`);
    });
  }

  it("reads the URL from the variable of each shell", () => {
    const lineIn = (shell: Shell): string =>
      commandLine("current", {}, { ...context, shell, choice: { kind: "url", label: "db/shop" } });
    assert.deepEqual((["posix", "powershell", "cmd"] as const).map(lineIn), [
      'npx alembic-ts --url "$DATABASE_URL" current',
      "npx alembic-ts --url $env:DATABASE_URL current",
      'npx alembic-ts --url "%DATABASE_URL%" current',
    ]);
  });

  const programs: readonly (readonly [string, Shell])[] = [
    ["/bin/bash", "posix"],
    ["", "posix"],
    ["/usr/bin/pwsh", "powershell"],
    ["C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe", "powershell"],
    ["C:\\Program Files\\PowerShell\\7-preview\\pwsh-preview.exe", "powershell"],
    ["C:\\WINDOWS\\system32\\CMD.EXE", "cmd"],
    ["C:\\Program Files\\Git\\bin\\bash.exe", "posix"],
  ];
  for (const [program, expected] of programs) {
    it(`is that of ${expected} for ${program}`, () => assert.equal(shellOf(program), expected));
  }
});

import assert from "node:assert/strict";
import type { LintSettings } from "../../../src/lint/lintRevision";
import { lintText, revisionText, usual } from "./lintSql";
import { processorMilliseconds } from "../../support/processorTime";

/** Each code, with the text that is marked. */
async function found(
  text: string,
  settings: LintSettings = usual,
  before: readonly string[] = [],
): Promise<readonly string[]> {
  const findings = await lintText(text, settings, before);
  return findings.map(({ code, range }) => `${code}: ${text.slice(range.start, range.end)}`);
}

const onBody = (body: string, settings?: LintSettings): Promise<readonly string[]> =>
  found(revisionText(body), settings);

const cases: readonly (readonly [name: string, body: string, expected: readonly string[]])[] = [
  [
    "operations at their names",
    `  await op.dropTable("users");\n  await op.createIndex("ix", "posts", ["a"]);`,
    [
      "drop-table: op.dropTable",
      "index-not-concurrent: op.createIndex",
      "many-tables-locked: op.createIndex",
    ],
  ],
  [
    "those of a batch",
    `  await op.batchAlterTable("users", async (batch) => {\n    await batch.dropColumn("a");\n  });`,
    ["drop-column: batch.dropColumn"],
  ],
  [
    "each statement of written SQL where it stands",
    "  await op.execute(`\n    DROP TABLE users;\n    -- a comment\n    TRUNCATE posts;\n  `);",
    ["drop-table: DROP TABLE users", "truncate: TRUNCATE posts", "many-tables-locked: TRUNCATE posts"],
  ],
  [
    "sql`…` with values and names",
    "  await op.execute(sql`DELETE FROM ${sql.identifier('users')}`);",
    ["delete-without-where: op.execute"],
  ],
  [
    "SQL that the connection is given",
    `  await connection.query("DROP TABLE users");`,
    ["drop-table: DROP TABLE users"],
  ],
  [
    "what only a run tells, as not analyzed",
    `  for (const table of tables) {\n    await op.dropTable(table);\n  }`,
    ["not-analyzed: op.dropTable"],
  ],
  [
    "nothing of what the revision has made",
    `  await op.createTable("t", { columns: { id: { type: "bigint" }, a: { type: "text" } } });\n  await op.createIndex("ix", "t", ["a"]);`,
    [],
  ],
  [
    "no constraint that is validated in an autocommit block",
    `  await op.createCheckConstraint("ck", "users", sql\`age > 0\`, { notValid: true });\n  await op.autocommitBlock(async () => {\n    await op.validateConstraint("ck", "users");\n  });`,
    [],
  ],
  [
    "a constraint that is validated in the same transaction",
    `  await op.createCheckConstraint("ck", "users", sql\`age > 0\`, { notValid: true });\n  await op.validateConstraint("ck", "users");`,
    ["validated-in-same-transaction: op.validateConstraint"],
  ],
  [
    "no change of a type that the revision says is free",
    `  await op.alterColumn("users", "name", { type: "text", existingType: "varchar(20)" });`,
    [],
  ],
  [
    "a change of a type that the revision says rewrites",
    `  await op.alterColumn("users", "id", { type: "bigint", existingType: "integer" });`,
    ["column-type-rewrites: op.alterColumn"],
  ],
  [
    "a statement that is newer than the grammar, as not analyzed",
    `  await op.execute("ALTER TABLE t MERGE PARTITIONS a INTO c");`,
    ["not-analyzed: op.execute"],
  ],
  [
    "the body of a DO block, as not analyzed",
    `  await op.execute("DO $$ BEGIN DROP TABLE users; END $$");`,
    ["not-analyzed: DO $$ BEGIN DROP TABLE users; END $$"],
  ],
  [
    "a statement behind comments within comments",
    `  await op.execute("/* a /* b */ DROP TABLE posts; */ DROP TABLE users");`,
    ["drop-table: DROP TABLE users"],
  ],
  [
    "nothing in strings and comments",
    `  // DROP TABLE users\n  await op.execute("SELECT 'DROP TABLE users'");`,
    [],
  ],
  [
    "nothing that a comment ignores with its reason",
    `  // lint-ignore drop-table: nobody reads it\n  await op.dropTable("users");\n  await op.dropTable("posts"); // lint-ignore drop-table, many-tables-locked: neither this`,
    [],
  ],
  [
    "nothing that a comment of the SQL ignores",
    "  await op.execute(`\n    -- lint-ignore truncate: filled again each night\n    TRUNCATE posts\n  `);",
    [],
  ],
  [
    "nothing that the whole revision ignores",
    `  // lint-ignore-revision drop-table: all are empty\n  await op.execute("SELECT 1");\n  await op.dropTable("users");`,
    [],
  ],
  [
    "a comment without a reason",
    `  // lint-ignore drop-table\n  await op.dropTable("users");`,
    ["ignore-without-reason: lint-ignore drop-table"],
  ],
  [
    "a comment that ignores nothing, or no rule",
    `  // lint-ignore truncate, dorp-table: a reason\n  await op.execute("SELECT 1");`,
    [
      "unused-ignore: lint-ignore truncate, dorp-table: a reason",
      "unknown-rule: lint-ignore truncate, dorp-table: a reason",
    ],
  ],
];

describe("lint of a revision", () => {
  for (const [name, body, expected] of cases) {
    it(`finds ${name}`, async () => {
      assert.deepEqual(await onBody(body), expected);
    });
  }

  it("looks at nothing that only a downgrade calls", async () => {
    assert.deepEqual(await onBody(""), []);
  });

  it("knows that nothing runs in a transaction where the file says so", async () => {
    const body = `  await op.execute("ALTER TABLE a DROP CONSTRAINT c");\n  await op.execute("ALTER TABLE b DROP CONSTRAINT c");`;
    const text = revisionText(body);
    const outside = text.replace("export async", "export const transaction = false;\n\nexport async");
    const codes = async (source: string): Promise<readonly string[]> =>
      (await lintText(source)).map(({ code }) => code);
    assert.deepEqual(
      [await codes(text), await codes(outside)],
      [
        ["drop-constraint", "many-tables-locked", "drop-constraint"],
        ["drop-constraint", "drop-constraint"],
      ],
    );
  });

  it("knows the types and checks of earlier revisions", async () => {
    const before = [
      `  await op.execute("CREATE TABLE users (name varchar(20), email text)");`,
      `  await op.execute("ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID");`,
      `  await op.execute("ALTER TABLE users VALIDATE CONSTRAINT c");`,
    ];
    const body = `  await op.alterColumn("users", "name", { type: "text" });\n  await op.alterColumn("users", "email", { nullable: false });`;
    assert.deepEqual(
      [await found(revisionText(body)), await found(revisionText(body), usual, before)],
      [["column-type-rewrites: op.alterColumn", "not-null-scans: op.alterColumn"], []],
    );
  });

  it("takes SQL for wrong where the server is no newer than the grammar", async () => {
    const findings = await lintText(revisionText(`  await op.execute("DROP TABEL users");`), {
      ...usual,
      targetVersion: 16,
    });
    assert.deepEqual(
      findings.map(({ code, level, message }) => ({ code, level, message })),
      [{ code: "syntax-error", level: "error", message: 'syntax error at or near "TABEL".' }],
    );
  });

  it("weighs findings as the project says", async () => {
    const text = revisionText(`  await op.dropTable("users");\n  await op.execute("TRUNCATE users");`);
    const findings = await lintText(text, {
      ...usual,
      levels: new Map([
        ["drop-table", "off"],
        ["truncate", "info"],
      ]),
    });
    assert.deepEqual(
      findings.map(({ code, level }) => [code, level]),
      [["truncate", "info"]],
    );
  });

  for (const [name, sql, codes] of [
    ["a string that nothing closes", "SELECT 'a", ["syntax-error"]],
    ["a name that nothing closes", 'SELECT "a', ["syntax-error"]],
    ["dollars that nothing closes", "SELECT $a$ b $", ["syntax-error"]],
    ["a comment that nothing closes", "DROP TABLE users /* a", ["not-analyzed"]],
    ["a NUL", "SELECT 1\u0000; DROP TABLE users", ["drop-table"]],
    ["half of a character", "SELECT '\ud800'; DROP TABLE users", ["drop-table"]],
    ["a megabyte of rows", `INSERT INTO a VALUES ${"(1), ".repeat(200_000)}(2)`, ["not-analyzed"]],
    ["a megabyte of a string", `SELECT '${"''x".repeat(350_000)}'`, ["not-analyzed"]],
    ["a megabyte of open quotes", "'".repeat(1_000_001), ["not-analyzed"]],
    ["a megabyte of open comments", "/*".repeat(500_000), ["not-analyzed"]],
    ["a megabyte of semicolons", ";".repeat(1_000_000), []],
    ["a megabyte of statements", "SELECT 1;".repeat(110_000), ["not-analyzed"]],
  ] as const) {
    it(`survives ${name}`, async () => {
      const begin = processorMilliseconds();
      const text = revisionText(`  await op.execute(${JSON.stringify(sql)});`);
      const found = await lintText(text, { ...usual, targetVersion: 18 });
      assert.deepEqual([...new Set(found.map(({ code }) => code))], codes);
      assert.ok(processorMilliseconds() - begin < 10_000);
    });
  }

  for (const [sql, code] of [
    ["REPACK (CONCURRENTLY) users", []],
    ["REPACK users USING INDEX ix", ["cluster-rewrites"]],
    ["REPACK (", ["not-analyzed"]],
  ] as const) {
    it(`knows what REPACK locks, where the server may have it: ${sql}`, async () => {
      const text = revisionText(`  await op.execute(${JSON.stringify(sql)});`);
      const codes = async (targetVersion: number | undefined): Promise<readonly string[]> =>
        (await lintText(text, { ...usual, targetVersion })).map(({ code }) => code);
      assert.deepEqual(
        [await codes(18), await codes(19), await codes(undefined)],
        [["syntax-error"], code, code],
      );
    });
  }

  const lockRules = new Map([
    ["no-lock-timeout", "warning"],
    ["many-tables-locked", "off"],
  ] as const);
  for (const [sql, found] of [
    [
      "ALTER TABLE events MERGE PARTITIONS (events_1, events_2) INTO events_old",
      ["merge-or-split-partitions", "no-lock-timeout"],
    ],
    [
      "ALTER TABLE events SPLIT PARTITION events_1 INTO (PARTITION a FOR VALUES FROM (1) TO (5), PARTITION b DEFAULT)",
      ["merge-or-split-partitions", "no-lock-timeout"],
    ],
    ["ALTER TABLE events MERGE PARTITIONS (events_1, events_2) INTO", ["not-analyzed"]],
    ["ALTER TABLE events MERGE PARTITIONS events_1, events_2 INTO events_old", ["not-analyzed"]],
    ["ALTER TABLE events MERGE PARTITIONS (events_1, , events_2) INTO events_old", ["not-analyzed"]],
    ["ALTER TABLE events SPLIT PARTITION events_1 INTO (PARTITION a DEFAULT", ["not-analyzed"]],
    ["ALTER TABLE events SPLIT PARTITION events_1 INTO (a, b)", ["not-analyzed"]],
    ["ALTER TABLE MERGE PARTITIONS (a, b) INTO c", ["not-analyzed"]],
  ] as const) {
    it(`knows what merges and splits partitions, and guesses nothing else: ${sql}`, async () => {
      const text = revisionText(`  await op.execute(${JSON.stringify(sql)});`);
      const codes = async (targetVersion: number | undefined): Promise<readonly string[]> =>
        (await lintText(text, { ...usual, targetVersion, levels: lockRules })).map(({ code }) => code).sort();
      assert.deepEqual(
        [await codes(18), await codes(19), await codes(undefined)],
        [["syntax-error"], found, found],
      );
    });
  }

  it("shows the place and the words of a statement among others, of which only a newer server knows one", async () => {
    const sql =
      "ALTER TABLE users ADD COLUMN a int; ALTER TABLE events MERGE PARTITIONS (e_1, e_2) INTO e; DROP TABLE posts";
    const text = revisionText(`  await op.execute("${sql}");`);
    const found = await lintText(text, {
      ...usual,
      targetVersion: 19,
      levels: new Map([["many-tables-locked", "off"]]),
    });
    assert.deepEqual(
      found.map(({ code, message, range }) => [code, message, text.slice(range.start, range.end)]),
      [
        [
          "merge-or-split-partitions",
          "Merging e_1, e_2 copies all rows, and blocks reads and writes of events.",
          "ALTER TABLE events MERGE PARTITIONS (e_1, e_2) INTO e",
        ],
        ["drop-table", "All rows of posts are lost.", "DROP TABLE posts"],
      ],
    );
  });

  it("survives a query with a comment that nothing closes", async () => {
    const text = revisionText(`  await connection.query("VACUUM users /* a");`);
    assert.deepEqual(
      (await lintText(text)).map(({ code }) => code),
      ["not-analyzed"],
    );
  });

  it("gives up on SQL that is too large or too deep, and on nothing else", async () => {
    const deep = `SELECT ${"1+".repeat(60_000)}1`;
    const body = `  await op.execute(${JSON.stringify(deep)});\n  await op.dropTable("users");`;
    assert.deepEqual(
      (await lintText(revisionText(body))).map(({ code }) => code),
      ["not-analyzed", "drop-table"],
    );
  });
});

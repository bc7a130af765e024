import assert from "node:assert/strict";
import { loadGrammar } from "../../../src/lint/grammar";
import { KnownSchema } from "../../../src/lint/knownSchema";
import type { LintFinding } from "../../../src/lint/finding";
import { lintRevision } from "../../../src/lint/lintRevision";
import { readPythonSql } from "../../../src/lint/pythonSql";
import { usual } from "./lintSql";

const imports = "from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy import text\n";

function pythonText(upgrade: string, more = ""): string {
  const body = upgrade
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
  return `"""Message"""\n${imports}\nrevision = 'a1'\ndown_revision = None\n${more}\n\ndef upgrade():\n${body}\n\n\ndef downgrade():\n    op.drop_table('users')\n`;
}

async function lintPython(source: string): Promise<readonly LintFinding[]> {
  const schema = new KnownSchema();
  schema.startRun();
  return lintRevision({
    written: readPythonSql(source),
    project: { dialect: "postgresql", namingConvention: undefined },
    settings: usual,
    parse: await loadGrammar(),
    schema,
  });
}

/** Each code, with the text that is marked. */
async function found(source: string): Promise<readonly string[]> {
  const findings = await lintPython(source);
  return findings.map(({ code, range }) => `${code}: ${source.slice(range.start, range.end)}`);
}

const cases: readonly (readonly [name: string, body: string, expected: readonly string[], more?: string])[] =
  [
    ["a string", "op.execute('DROP TABLE users')", ["drop-table: DROP TABLE users"]],
    ["SQL by its name", "op.execute(sqltext='DROP TABLE users')", ["drop-table: DROP TABLE users"]],
    ["text(…)", "op.execute(text('DROP TABLE users'))", ["drop-table: DROP TABLE users"]],
    ["sa.text(…)", 'op.execute(sa.text("DROP TABLE users"))', ["drop-table: DROP TABLE users"]],
    [
      "each statement of a string in three quotes",
      'op.execute("""\n    DROP TABLE users;\n    -- a comment\n    TRUNCATE posts;\n""")',
      ["drop-table: DROP TABLE users", "truncate: TRUNCATE posts", "many-tables-locked: TRUNCATE posts"],
    ],
    [
      "strings after each other",
      "op.execute('DROP '\n           \"TABLE users\")",
      ["drop-table: DROP '\n               \"TABLE users"],
    ],
    [
      "strings that are added",
      "op.execute('DROP ' + 'TABLE ' + 'users')",
      ["drop-table: DROP ' + 'TABLE ' + 'users"],
    ],
    [
      "statements after escapes",
      "op.execute('SELECT \\'\\u00e4\\\\n\\'; \\\nDROP TABLE users')",
      ["drop-table: DROP TABLE users"],
    ],
    [
      "raw strings",
      "op.execute(r'SELECT 1 WHERE a ~ \"\\d\"; DROP TABLE users')",
      ["drop-table: DROP TABLE users"],
    ],
    ["names of the file", "op.execute(SQL)", ["drop-table: op.execute"], 'SQL = """DROP TABLE users"""\n'],
    [
      "f-strings of known names",
      "op.execute(f'DROP TABLE {NAME}')",
      ["drop-table: op.execute"],
      "NAME = 'users'\n",
    ],
    [
      "parameters",
      "op.execute(text('UPDATE users SET a = :a, b = CAST(:b AS int), c = b::int; DROP TABLE posts').bindparams(a=1, b=2))",
      [
        "update-without-where: UPDATE users SET a = :a, b = CAST(:b AS int), c = b::int",
        "drop-table: DROP TABLE posts",
      ],
    ],
    [
      "a connection",
      "bind = op.get_bind()\nbind.execute(sa.text('DROP TABLE users'))",
      ["drop-table: DROP TABLE users"],
    ],
    [
      "a session",
      "session.execute('DROP TABLE users')\nsession.execute(query)",
      ["drop-table: DROP TABLE users"],
    ],
    ["conditions", "if x:\n    op.execute('DROP TABLE users')", ["drop-table: DROP TABLE users"]],
    ["operations", "op.drop_column('users', 'a')", ["drop-column: op.drop_column"]],
    [
      "operations of a batch",
      "with op.batch_alter_table('users') as batch_op:\n    batch_op.drop_column('a')\nwith op.batch_alter_table('posts') as batch_op:\n    batch_op.drop_column('b')",
      [
        "drop-column: batch_op.drop_column",
        "drop-column: batch_op.drop_column",
        "many-tables-locked: batch_op.drop_column",
      ],
    ],
    [
      "an index of a table that is new",
      "op.create_table('t', sa.Column('a', Unknown()))\nop.create_index('ix', 't', ['a'])",
      [],
    ],
    ["an index", "op.create_index('ix', 'users', ['a'])", ["index-not-concurrent: op.create_index"]],
    [
      "an index in an autocommit block",
      "with op.get_context().autocommit_block():\n    op.create_index('ix', 'users', ['a'], postgresql_concurrently=True)",
      [],
    ],
    [
      "helpers",
      "drop('users')",
      ["drop-table: DROP TABLE posts"],
      "def drop(name):\n    op.execute('DROP TABLE posts')\n",
    ],
    ["what stands in downgrade alone", "pass", []],
    [
      "a loop, as not analyzed",
      "for t in ('a', 'b'):\n    op.execute(f'DROP TABLE {t}')",
      ["not-analyzed: op.execute"],
    ],
    [
      "a name that changes, as not analyzed",
      "t = 'a'\nif x:\n    t = 'b'\nop.execute('DROP TABLE ' + t)",
      ["not-analyzed: op.execute"],
    ],
    [
      "a parameter of a helper, as not analyzed",
      "pass",
      ["not-analyzed: op.execute"],
      "def run(SQL):\n    op.execute(SQL)\n\nSQL = 'DROP TABLE a'\n",
    ],
    [
      "a list that is not known, as not analyzed",
      "[op.drop_table(t) for t in tables]",
      ["not-analyzed: op.drop_table"],
    ],
    [
      "a query of SQLAlchemy's, as not analyzed",
      "op.execute(users.update().values(a=1))",
      ["not-analyzed: op.execute"],
    ],
    [
      "nothing where a comment ignores it",
      "# lint-ignore drop-table: nothing reads it\nop.execute('DROP TABLE users')",
      [],
    ],
    [
      "a comment that ignores nothing",
      "# lint-ignore truncate: why\nop.execute('SELECT 1')",
      ["unused-ignore: lint-ignore truncate: why"],
    ],
  ];

describe("lint of a Python revision finds", () => {
  for (const [name, body, expected, more] of cases) {
    it(name, async () => assert.deepEqual(await found(pythonText(body, more)), expected));
  }

  it("the same places in a file with other ends of lines", async () => {
    const [, body, expected] = cases.find(([name]) => name.startsWith("each statement")) ?? ["", "", []];
    assert.deepEqual(await found(pythonText(body).replaceAll("\n", "\r\n")), expected);
  });

  it("what to do, in the words of Python's Alembic", async () => {
    const [finding] = await lintPython(pythonText("op.alter_column('users', 'a', nullable=False)"));
    assert.match(finding?.safe ?? "", /validate it in an `op\.get_context\(\)\.autocommit_block\(\)` or/);
  });
});

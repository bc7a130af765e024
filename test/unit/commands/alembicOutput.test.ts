import assert from "node:assert/strict";
import { parseCurrent, parseFailure, parseStep } from "../../../src/commands/alembic/alembicOutput";

describe("the output of Python's Alembic", () => {
  const listings: readonly (readonly [string, readonly string[]])[] = [
    ["", []],
    ["ae1027a6acf (head)\n", ["ae1027a6acf"]],
    ["b2\r\na1 (branchpoint)\r\n", ["a1", "b2"]],
    ["Loading settings for dev\nconnected to: shop\n\nb2 (effective head)\na1 (head)\n", ["a1", "b2"]],
  ];
  for (const [stdout, expected] of listings) {
    it(`gives the revisions of ${JSON.stringify(stdout)}`, () =>
      assert.deepEqual(parseCurrent(stdout), expected));
  }

  it("announces steps", () => {
    const prefix = "INFO  [alembic.runtime.migration] Running ";
    const lines = [
      "upgrade  -> a1, create users",
      "upgrade a1, b1 -> c1, merge a1, and b1",
      "downgrade c1 -> b1, x -> y",
      "downgrade a1 -> , create users",
      "stamp_revision  -> a1",
    ];
    assert.deepEqual(
      [...lines.map((line) => parseStep(`${prefix}${line}`)), parseStep("INFO  [x] Running tests")],
      [
        { kind: "upgrade", revision: "a1" },
        { kind: "upgrade", revision: "c1" },
        { kind: "downgrade", revision: "c1" },
        { kind: "downgrade", revision: "a1" },
        { kind: "stamp", revision: "a1" },
        undefined,
      ],
    );
  });

  it("says why it failed: a refusal", () => {
    const output =
      "ERROR [alembic.util.messaging] Can't locate revision identified by 'zz'\n  FAILED: Can't locate revision identified by 'zz'\n";
    assert.deepEqual(
      parseFailure(output, () => true),
      {
        message: "Can't locate revision identified by 'zz'",
        location: undefined,
        sql: undefined,
        row: "zz",
      },
    );
  });

  it("says why it failed: an exception, with its place in the project", () => {
    const output = [
      "INFO  [alembic.runtime.migration] Running upgrade a1 -> b2, add email",
      "Traceback (most recent call last):",
      '  File "/usr/lib/python3/dist-packages/sqlalchemy/engine/base.py", line 1900, in _execute_context',
      "    self.dialect.do_execute(",
      'psycopg2.errors.UndefinedTable: relation "users" does not exist',
      "",
      "The above exception was the direct cause of the following exception:",
      "",
      "Traceback (most recent call last):",
      '  File "/usr/bin/alembic", line 8, in <module>',
      "    sys.exit(main())",
      '  File "/w/app/migrations/env.py", line 40, in run_migrations_online',
      "    context.run_migrations()",
      '  File "/w/app/migrations/versions/b2.py", line 12, in upgrade',
      '    op.execute("ALTER TABLE users ADD email text")',
      '  File "/usr/lib/python3/dist-packages/sqlalchemy/engine/base.py", line 2134, in _handle',
      "    util.raise_(",
      'sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "users" does not exist',
      "",
      "[SQL: ALTER TABLE users ADD email text]",
      "(Background on this error at: https://sqlalche.me/e/14/f405)",
      "",
    ].join("\n");
    assert.deepEqual(
      parseFailure(output, (path) => path.startsWith("/w/app/")),
      {
        message:
          'sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "users" does not exist',
        location: { path: "/w/app/migrations/versions/b2.py", line: 12, column: 1 },
        sql: "ALTER TABLE users ADD email text",
        row: undefined,
      },
    );
  });
});

import assert from "node:assert/strict";
import { createOperations } from "../../../src/operations/createOperations";
import { OperationError } from "../../../src/operations/operationError";
import { OperationQueue } from "../../../src/operations/operationQueue";
import type { Operations } from "../../../src/operations/operations";
import { sql } from "../../../src/operations/sqlFragment";
import { renderOperation } from "../../../src/sql/renderOperation";

type Call = (op: Operations) => Promise<unknown>;

/** The script that calls make on SQLite, one text for each statement. */
async function scriptOf(call: Call): Promise<readonly string[]> {
  const texts: string[] = [];
  const queue = new OperationQueue();
  const op = createOperations(
    (operation) => {
      texts.push(...renderOperation(operation, "sqlite", { offline: true }).map(({ text }) => text));
      return Promise.resolve();
    },
    { queue, dialect: "sqlite" },
  );
  try {
    await call(op);
  } finally {
    await queue.finish();
  }
  return texts;
}

const cases: readonly (readonly [name: string, call: Call, expected: readonly string[]])[] = [
  [
    "creates a table with all that it can have",
    (op) =>
      op.createTable("order", {
        columns: {
          id: { type: "bigint", identity: "always", primaryKey: true },
          name: {
            type: "varchar(50)",
            nullable: false,
            default: "it's",
            collation: "NOCASE",
            unique: "uq_name",
          },
          made: { type: "timestamp", default: sql`CURRENT_TIMESTAMP` },
          three: { type: "integer", default: sql`1 + 2` },
          is_on: { type: "boolean", default: true },
          tags: { type: "json", default: ["a"] },
          shout: { type: "text", generatedAs: sql`upper(name)` },
          user_id: { type: "integer", references: { table: "users", column: "id", onDelete: "set null" } },
        },
        checks: [{ name: "ck", condition: sql`name <> ${"x"}` }],
        foreignKeys: [
          {
            name: "fk",
            columns: ["three", "user_id"],
            references: { table: "u", columns: ["a", "b"] },
            deferrable: true,
            initially: "deferred",
            match: "full",
          },
        ],
        comment: "SQLite has none",
        ifNotExists: true,
      }),
    [
      `CREATE TABLE IF NOT EXISTS "order" (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name varchar(50) COLLATE "NOCASE" DEFAULT 'it''s' NOT NULL,
    made timestamp DEFAULT CURRENT_TIMESTAMP,
    three integer DEFAULT (1 + 2),
    is_on boolean DEFAULT 1,
    tags json DEFAULT '["a"]',
    shout text GENERATED ALWAYS AS (upper(name)) STORED,
    user_id integer,
    CONSTRAINT uq_name UNIQUE (name),
    CONSTRAINT ck CHECK (name <> 'x'),
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk FOREIGN KEY (three, user_id) REFERENCES u (a, b) MATCH FULL DEFERRABLE INITIALLY DEFERRED
)`,
    ],
  ],
  [
    "creates a table whose serial key counts up",
    (op) => op.createTable("t", { columns: { id: { type: "serial", primaryKey: true } } }),
    ["CREATE TABLE t (\n    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT\n)"],
  ],
  ["drops a table", (op) => op.dropTable("t", { ifExists: true }), ["DROP TABLE IF EXISTS t"]],
  ["renames a table", (op) => op.renameTable("t", "u v"), ['ALTER TABLE t RENAME TO "u v"']],
  [
    "adds a column with a check and a reference",
    (op) => op.addColumn("t", "a", { type: "integer", default: 0, check: "a >= 0", references: "u.id" }),
    ["ALTER TABLE t ADD COLUMN a integer DEFAULT 0 CHECK (a >= 0) REFERENCES u (id)"],
  ],
  ["drops a column", (op) => op.dropColumn("t", "a"), ["ALTER TABLE t DROP COLUMN a"]],
  ["renames a column", (op) => op.renameColumn("t", "a", "B"), ['ALTER TABLE t RENAME COLUMN a TO "B"']],
  [
    "creates a partial index on an expression, of an attached database",
    (op) =>
      op.createIndex("ix", "t", [sql`lower(a)`, { column: "b", order: "desc", collation: "NOCASE" }], {
        unique: true,
        where: sql`b > ${1}`,
        schema: "side",
        ifNotExists: true,
      }),
    ['CREATE UNIQUE INDEX IF NOT EXISTS side.ix ON t (lower(a), b COLLATE "NOCASE" DESC) WHERE b > 1'],
  ],
  ["drops an index", (op) => op.dropIndex("ix", "t", { ifExists: true }), ["DROP INDEX IF EXISTS ix"]],
  [
    "inserts rows, those that leave out other columns separately",
    (op) => op.bulkInsert("t", [{ a: 1, b: "x" }, { a: 2, b: sql`upper('y')` }, { a: 3 }, {}, { b: null }]),
    [
      "INSERT INTO t (a, b) VALUES\n    (1, 'x'),\n    (2, upper('y'))",
      "INSERT INTO t (a) VALUES\n    (3)",
      "INSERT INTO t DEFAULT VALUES",
      "INSERT INTO t (b) VALUES\n    (NULL)",
    ],
  ],
  [
    "executes statements, a trigger whole",
    (op) => op.execute("CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END; SELECT 3"),
    ["CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END", "SELECT 3"],
  ],
  [
    "creates, replaces and drops a view",
    async (op) => {
      await op.createView("v", sql`SELECT a FROM t`, { columns: ["x"] });
      await op.replaceView("v", sql`SELECT b FROM t`);
      await op.dropView("v", { ifExists: true });
    },
    [
      "CREATE VIEW v (x) AS SELECT a FROM t",
      "DROP VIEW IF EXISTS v",
      "CREATE VIEW v AS SELECT b FROM t",
      "DROP VIEW IF EXISTS v",
    ],
  ],
  ["has no comments", (op) => op.createTableComment("t", "x"), []],
  [
    "does a batch directly where SQLite can",
    (op) =>
      op.batchAlterTable("users", async (batch) => {
        await batch.addColumn("new_field", { type: "varchar(50)" });
        await batch.createIndex("idx_new_field", ["new_field"]);
      }),
    ["ALTER TABLE users ADD COLUMN new_field varchar(50)", "CREATE INDEX idx_new_field ON users (new_field)"],
  ],
  [
    "copies the table that copyFrom describes",
    (op) =>
      op.batchAlterTable(
        "users",
        async (batch) => {
          await batch.renameColumn("b", "c");
          await batch.alterColumn("a", { nullable: false, default: "x" });
          await batch.dropColumn("c");
        },
        {
          copyFrom: {
            columns: {
              id: { type: "integer", primaryKey: true },
              a: { type: "text" },
              b: { type: "text", check: "b <> a" },
            },
            indexes: [{ name: "ix_a", columns: ["a"] }],
          },
        },
      ),
    [
      "ALTER TABLE users RENAME COLUMN b TO c",
      "PRAGMA legacy_alter_table = ON",
      `CREATE TABLE _alembic_tmp_users (
    id integer NOT NULL,
    a text DEFAULT 'x' NOT NULL,
    PRIMARY KEY (id)
)`,
      "INSERT INTO _alembic_tmp_users (id, a)\nSELECT id, a FROM users",
      "DROP TABLE users",
      "ALTER TABLE _alembic_tmp_users RENAME TO users",
      "PRAGMA legacy_alter_table = OFF",
      "CREATE INDEX ix_a ON users (a)",
    ],
  ],
];

const refusals: readonly (readonly [name: string, call: Call, code: string])[] = [
  ["a constraint without a batch", (op) => op.createUniqueConstraint("uq", "t", ["a"]), "needs-batch"],
  [
    "a change of a column without a batch",
    (op) => op.alterColumn("t", "a", { nullable: true }),
    "needs-batch",
  ],
  [
    "a required column without a default",
    (op) => op.addColumn("t", "a", { type: "text", nullable: false }),
    "needs-batch",
  ],
  [
    "a batch that copies a table which nobody described",
    (op) => op.batchAlterTable("t", (batch) => batch.dropColumn("a")),
    "needs-batch",
  ],
  [
    "an identity that is not the primary key",
    (op) => op.addColumn("t", "a", { type: "integer", identity: "always" }),
    "not-supported",
  ],
  ["an exclude constraint", (op) => op.createExcludeConstraint("ex", "t", [["a", "="]]), "not-supported"],
  ["an enum type", (op) => op.createEnum("mood", ["a"]), "not-supported"],
  [
    "a partitioned table",
    (op) =>
      op.createTable("t", {
        columns: { a: { type: "text" } },
        partitionBy: { strategy: "list", columns: ["a"] },
      }),
    "not-supported",
  ],
];

describe("operations as SQL of SQLite", () => {
  for (const [name, call, expected] of cases) {
    it(name, async () => assert.deepEqual(await scriptOf(call), expected));
  }
  for (const [name, call, code] of refusals) {
    it(`refuses ${name}`, () =>
      assert.rejects(scriptOf(call), (error) => error instanceof OperationError && error.code === code));
  }
});

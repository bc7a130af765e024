import assert from "node:assert/strict";
import type { Operations } from "../../../src/operations/operations";
import type { SqlTag } from "../../../src/operations/sqlFragment";
import { renderOperation } from "../../../src/sql/renderOperation";
import { recordOperations } from "../operations/recordOperations";

type Call = (op: Operations, sql: SqlTag) => Promise<void>;

async function render(call: Call): Promise<readonly string[]> {
  const operations = await recordOperations(call, { dialect: "sqlite" });
  return operations.flatMap((operation) =>
    renderOperation(operation, "sqlite", { offline: true }).map(({ text }) => text),
  );
}

describe("renderOperation for SQLite", () => {
  const cases: readonly (readonly [string, Call, readonly string[]])[] = [
    [
      "a table",
      (op, sql) =>
        op.createTable("t", {
          columns: {
            id: { type: "integer", primaryKey: true },
            name: { type: "text", nullable: false, default: "x", unique: true },
            at: { type: "text", default: sql`datetime('now')` },
            on: { type: "boolean", default: true, references: "o.id" },
          },
          checks: [{ condition: sql`id > 0`, name: "ck" }],
          comment: "not kept",
        }),
      [
        `CREATE TABLE t (
    id integer NOT NULL,
    name text DEFAULT 'x' NOT NULL,
    at text DEFAULT (datetime('now')),
    "on" boolean DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE (name),
    CONSTRAINT ck CHECK (id > 0),
    FOREIGN KEY ("on") REFERENCES o (id)
)`,
      ],
    ],
    ["a column", (op) => op.addColumn("t", "a", { type: "text" }), ["ALTER TABLE t ADD COLUMN a text"]],
    [
      "a column that refers",
      (op) => op.addColumn("t", "a", { type: "integer", references: "o.id", check: "a > 0" }),
      ["ALTER TABLE t ADD COLUMN a integer CHECK (a > 0) REFERENCES o (id)"],
    ],
    ["no column", (op) => op.dropColumn("t", "a"), ["ALTER TABLE t DROP COLUMN a"]],
    ["another name", (op) => op.renameColumn("t", "a", "b"), ["ALTER TABLE t RENAME COLUMN a TO b"]],
    [
      "an index",
      (op, sql) => op.createIndex("ix", "t", ["a"], { schema: "other", unique: true, where: sql`a > ${1}` }),
      ["CREATE UNIQUE INDEX other.ix ON t (a) WHERE a > 1"],
    ],
    [
      "rows",
      (op) => op.bulkInsert("t", [{ a: true, b: "it's" }]),
      ["INSERT INTO t (a, b) VALUES\n    (1, 'it''s')"],
    ],
    ["statements", (op) => op.execute("DELETE FROM a; DELETE FROM b"), ["DELETE FROM a", "DELETE FROM b"]],
    [
      "the batch of the guide",
      (op) =>
        op.batchAlterTable("users", async (batch) => {
          await batch.addColumn("new_field", { type: "varchar(50)" });
          await batch.createIndex("idx_new_field", ["new_field"]);
        }),
      [
        "ALTER TABLE users ADD COLUMN new_field varchar(50)",
        "CREATE INDEX idx_new_field ON users (new_field)",
      ],
    ],
  ];
  for (const [title, call, texts] of cases) {
    it(`writes ${title}`, async () => {
      assert.deepEqual(await render(call), texts);
    });
  }

  const refused: readonly (readonly [string, Call, string])[] = [
    ["a type", (op) => op.alterColumn("t", "a", { type: "text" }), "needs-batch"],
    ["a constraint", (op) => op.createUniqueConstraint("uq", "t", ["a"]), "needs-batch"],
    ["a dropped constraint", (op) => op.dropConstraint("uq", "t"), "needs-batch"],
    ["a unique column", (op) => op.addColumn("t", "a", { type: "text", unique: true }), "needs-batch"],
    [
      "a column without a value",
      (op) => op.addColumn("t", "a", { type: "text", nullable: false }),
      "needs-batch",
    ],
    ["an enum", (op) => op.createEnum("mood", ["ok"]), "not-supported"],
    ["a schema", (op) => op.createSchema("app"), "not-supported"],
  ];
  for (const [title, call, code] of refused) {
    it(`refuses ${title}: ${code}`, async () => {
      await assert.rejects(render(call), { code });
    });
  }
});

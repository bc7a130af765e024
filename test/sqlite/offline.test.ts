import assert from "node:assert/strict";
import type { BatchOperations, BatchOptions } from "../../src/operations/batch/batch";
import { createOperations } from "../../src/operations/createOperations";
import { OperationQueue } from "../../src/operations/operationQueue";
import { sql } from "../../src/operations/sqlFragment";
import { renderOperation } from "../../src/sql/renderOperation";
import { differenceOf } from "../support/sqliteDescription";

const setup = `
CREATE TABLE users (id integer PRIMARY KEY NOT NULL, email text NOT NULL, note text, CHECK (length(note) < 9), UNIQUE (email));
CREATE INDEX ix_note ON users (note) WHERE note <> '';
INSERT INTO users VALUES (1, 'a@x', NULL), (2, 'b@x', 'y');`;

const copyFrom: NonNullable<BatchOptions["copyFrom"]> = {
  columns: {
    id: { type: "integer", primaryKey: true },
    email: { type: "text", nullable: false, unique: true },
    note: { type: "text", check: "length(note) < 9" },
  },
  indexes: [{ name: "ix_note", columns: ["note"], where: sql`note <> ''` }],
};

const cases: readonly (readonly [name: string, alter: (batch: BatchOperations) => Promise<unknown>])[] = [
  ["drops a column with what names it", (batch) => batch.dropColumn("note")],
  ["changes a column", (batch) => batch.alterColumn("note", { type: "varchar(9)", default: "n" })],
  [
    "renames a column that an index and a check name, and drops it later",
    async (batch) => {
      await batch.createUniqueConstraint("uq", ["email", "note"]);
      await batch.renameColumn("note", "remark");
      await batch.alterColumn("remark", { default: "r" });
      await batch.renameColumn("email", "mail");
      await batch.createCheckConstraint("ck", "mail <> remark");
    },
  ],
  [
    "adds and indexes columns",
    async (batch) => {
      await batch.addColumn(
        "x",
        { type: "integer", nullable: false, default: sql`1 + 1` },
        { insertAfter: "id" },
      );
      await batch.createIndex("ix_x", ["x", sql`lower(email)`]);
      await batch.dropIndex("ix_note");
    },
  ],
];

/** A script as `--sql` writes it. */
async function scriptOf(alter: (batch: BatchOperations) => Promise<unknown>): Promise<string> {
  const texts: string[] = [];
  const queue = new OperationQueue();
  const op = createOperations(
    (operation) => {
      texts.push(...renderOperation(operation, "sqlite", { offline: true }).map(({ text }) => `${text};`));
      return Promise.resolve();
    },
    { queue, dialect: "sqlite" },
  );
  await op.batchAlterTable("users", async (batch) => void (await alter(batch)), { copyFrom });
  await queue.finish();
  return texts.join("\n");
}

describe("a script of a batch for SQLite, with copyFrom", () => {
  for (const [name, alter] of cases) {
    it(`does what the live batch does: ${name}`, async () => {
      const script = await scriptOf(alter);
      const offline = await differenceOf(setup, (memory) => memory.run(script));
      const live = await differenceOf(setup, (memory) =>
        memory.migrate((op) => op.batchAlterTable("users", async (batch) => void (await alter(batch)))),
      );
      assert.deepEqual(offline, live);
      assert.notDeepEqual(live, { gone: [], come: [] });
    });
  }
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { BatchOperations, BatchOptions } from "../../src/operations/batch/batch";
import { invertOperation } from "../../src/operations/invertOperation";
import { describeSqlite } from "../support/sqliteDescription";
import { openSqliteMemory } from "../support/sqliteFile";
import { recordOperations } from "../unit/operations/recordOperations";

const setup = `CREATE TABLE parents (id integer PRIMARY KEY);
CREATE TABLE t (
  id integer PRIMARY KEY,
  "two words" varchar(20) NOT NULL DEFAULT 'x''y',
  number integer,
  parent integer,
  late text,
  CONSTRAINT uq_number UNIQUE (number),
  CONSTRAINT ck_late CHECK (late <> ''),
  CONSTRAINT fk_parent FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE CASCADE
);
CREATE INDEX ix_words ON t ("two words" DESC) WHERE id > 1;
CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM parents WHERE id = new.number; END;
INSERT INTO parents VALUES (1), (2);
INSERT INTO t VALUES (1, 'a', 5, 1, 'b'), (2, 'c', NULL, NULL, NULL);`;

/** Alterations that leave one another alone, each with what was there before. */
const alterations: readonly ((batch: BatchOperations) => Promise<void>)[] = [
  (batch) => batch.addColumn("plain", { type: "text" }),
  (batch) => batch.addColumn("full", { type: "integer", nullable: false, default: 7, check: '"full" > 0' }),
  (batch) => batch.addColumn("refers", { type: "integer", references: "parents.id", unique: "uq_refers" }),
  (batch) => batch.addColumn("placed", { type: "text", default: "it's" }, { insertAfter: "id" }),
  (batch) =>
    batch.alterColumn("two words", {
      type: "varchar(50)",
      existingType: "varchar(20)",
      default: null,
      existingDefault: "x'y",
      existingNullable: false,
    }),
  (batch) =>
    batch.alterColumn("number", { nullable: false, default: 3, existingDefault: null, newName: "count of" }),
  (batch) => batch.renameColumn("parent", "Elder"),
  (batch) => batch.createIndex("ix_new", ["id", "late"], { unique: true }),
  (batch) =>
    batch.dropIndex("ix_words", {
      was: { columns: [{ column: "two words", order: "desc" }], where: "id > 1" },
    }),
  (batch) => batch.createUniqueConstraint("uq_new", ["id", "late"]),
  (batch) => batch.createCheckConstraint("ck_new", "id > 0"),
  (batch) => batch.createForeignKey("fk_new", "parents", ["id"], ["id"], { onUpdate: "cascade" }),
  (batch) =>
    batch.dropConstraint("ck_late", {
      type: "check",
      was: { kind: "check", name: "ck_late", condition: { kind: "sql", text: ["late <> ''"], values: [] } },
    }),
];

const optionsOfBatches = fc.constantFrom<BatchOptions>({}, { recreate: "auto" }, { recreate: "always" });

describe("random batches on SQLite and their inverses", function () {
  this.timeout(120_000);

  it("leave the table as it was, with its rows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...alterations.keys()], { minLength: 1, maxLength: 6 }),
        optionsOfBatches,
        async (chosen, options) => {
          const memory = await openSqliteMemory(setup);
          try {
            // A required column needs values.
            await memory.run("UPDATE t SET number = 6 WHERE number IS NULL");
            const before = await describeSqlite(memory);
            const [batch, ...more] = await recordOperations(
              (op) =>
                op.batchAlterTable(
                  "t",
                  async (own) => {
                    for (const index of chosen) {
                      await alterations[index]?.(own);
                    }
                  },
                  options,
                ),
              { dialect: "sqlite" },
            );
            assert.ok(batch);
            assert.deepEqual(more, []);
            const inverse = invertOperation(batch);
            assert.ok(inverse);
            await memory.migrate((op) => op.invoke(batch));
            const after = await describeSqlite(memory);
            assert.notDeepEqual(after, before);
            await memory.migrate((op) => op.invoke(inverse));
            assert.deepEqual(sorted(await describeSqlite(memory)), sorted(before));
            const again = invertOperation(inverse) ?? batch;
            // A column that is made anew stands last, wherever it stood.
            await memory.migrate((op) => op.invoke(again));
            assert.equal((await describeSqlite(memory)).length, after.length);
          } finally {
            await memory.close();
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** Constraints and indexes have no order that counts, and SQLite quotes what it renames. */
function sorted(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replaceAll('"', "")).sort();
}

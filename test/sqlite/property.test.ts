import assert from "node:assert/strict";
import fc from "fast-check";
import type { BatchOperations } from "../../src/operations/batch/batch";
import { openSqliteMemory } from "../support/sqliteFile";

interface Column {
  readonly name: string;
  readonly type: string;
}

/** What a table should hold: its columns in order, and each row by column name. */
interface Model {
  readonly columns: readonly string[];
  readonly rows: readonly ReadonlyMap<string, string | null>[];
}

type Alteration = { readonly pick: number } & (
  | { readonly kind: "add"; readonly name: string; readonly value: string; readonly after: boolean }
  | { readonly kind: "drop" | "nullable" | "type" | "unique" | "index" | "check" }
  | { readonly kind: "rename"; readonly name: string }
);

const names = fc.constantFrom("a", "b", "c", "d", "select", "E f", 'g"h', "ü");
const types = fc.constantFrom("text", "varchar(20)", "integer", "numeric(4, 2)", "blob", "");
// No text that a column's affinity would turn into a number.
const cell = fc.oneof(
  fc.constant(null),
  fc.string({ maxLength: 6 }).map((text) => `v${text.replaceAll("\0", "")}`),
);
const table = fc
  .uniqueArray(fc.record({ name: names, type: types }), {
    minLength: 1,
    maxLength: 5,
    selector: ({ name }) => name.toLowerCase(),
  })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
        maxLength: 5,
      }),
    }),
  );
const pick = fc.nat();
const alteration: fc.Arbitrary<Alteration> = fc.oneof(
  fc.record({
    kind: fc.constant("add" as const),
    pick,
    name: names,
    value: fc.string({ maxLength: 5 }),
    after: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom("drop", "nullable", "type", "unique", "index", "check"), pick }),
  fc.record({ kind: fc.constant("rename" as const), pick, name: names }),
);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Does an alteration and says what comes of it; one that makes no sense here is left out. */
async function alter(batch: BatchOperations, model: Model, step: Alteration, index: number): Promise<Model> {
  const at = step.pick % model.columns.length;
  const column = model.columns[at] ?? "";
  const isTaken =
    "name" in step && model.columns.some((name) => name.toLowerCase() === step.name.toLowerCase());
  switch (step.kind) {
    case "add": {
      if (isTaken) {
        return model;
      }
      const value = step.value.replaceAll("\0", "");
      const place = step.after ? { insertAfter: column } : {};
      await batch.addColumn(step.name, { type: "text", nullable: false, default: value }, place);
      const position = step.after ? at + 1 : model.columns.length;
      return {
        columns: [...model.columns.slice(0, position), step.name, ...model.columns.slice(position)],
        rows: model.rows.map((row) => new Map([...row, [step.name, value]])),
      };
    }
    case "drop":
      if (model.columns.length === 1) {
        return model;
      }
      await batch.dropColumn(column);
      return { ...model, columns: model.columns.filter((name) => name !== column) };
    case "rename":
      if (isTaken) {
        return model;
      }
      await batch.renameColumn(column, step.name);
      return {
        columns: model.columns.map((name) => (name === column ? step.name : name)),
        rows: model.rows.map((row) => new Map([...row, [step.name, row.get(column) ?? null]])),
      };
    case "nullable":
      await batch.alterColumn(column, { nullable: true });
      return model;
    case "type":
      await batch.alterColumn(column, { type: "varchar(99)" });
      return model;
    case "unique":
      await batch.createUniqueConstraint(`uq_${String(index)}`, ["key_of_row", column]);
      return model;
    case "index":
      await batch.createIndex(`ix_${String(index)}`, [column]);
      return model;
    case "check":
      await batch.createCheckConstraint(
        `ck_${String(index)}`,
        `${quoted(column)} IS NULL OR length(${quoted(column)}) < 99`,
      );
      return model;
  }
}

function setupOf(columns: readonly Column[]): string {
  const definitions = columns.map(({ name, type }) => `${quoted(name)} ${type}`);
  const indexes = columns.map(
    ({ name }, index) => `CREATE INDEX start_${String(index)} ON t (${quoted(name)})`,
  );
  return [
    `CREATE TABLE t (key_of_row integer PRIMARY KEY, ${definitions.join(", ")})`,
    "CREATE TABLE child (t_key integer REFERENCES t (key_of_row) ON DELETE CASCADE)",
    "CREATE TRIGGER tr AFTER DELETE ON t BEGIN DELETE FROM child WHERE t_key = old.key_of_row; END",
    ...indexes,
  ].join(";\n");
}

describe("random batches on random tables of SQLite", () => {
  for (const recreate of ["auto", "always"] as const) {
    it(`keep the rows of the table and of those that refer to it (recreate: ${recreate})`, async function () {
      this.timeout(120_000);
      await fc.assert(
        fc.asyncProperty(
          table,
          fc.array(alteration, { minLength: 1, maxLength: 6 }),
          async ({ columns, rows }, steps) => {
            const memory = await openSqliteMemory(setupOf(columns));
            try {
              for (const [index, row] of rows.entries()) {
                const marks = row.map(() => "?").join(", ");
                await memory.connection.run(`INSERT INTO t VALUES (?, ${marks})`, [index, ...row]);
                await memory.connection.run("INSERT INTO child VALUES (?)", [index]);
              }
              let model: Model = {
                columns: columns.map(({ name }) => name),
                rows: rows.map(
                  (row) => new Map(columns.map(({ name }, index) => [name, row[index] ?? null])),
                ),
              };
              await memory.migrate((op) =>
                op.batchAlterTable(
                  "t",
                  async (batch) => {
                    for (const [index, step] of steps.entries()) {
                      model = await alter(batch, model, step, index);
                    }
                  },
                  { recreate },
                ),
              );
              assert.deepEqual(
                await memory.query("SELECT * FROM t ORDER BY key_of_row"),
                model.rows.map((row, index) => ({
                  key_of_row: index,
                  ...Object.fromEntries(model.columns.map((name) => [name, row.get(name) ?? null])),
                })),
              );
              assert.deepEqual(
                (await memory.query("SELECT name FROM pragma_table_info('t')")).map((row) =>
                  String(Reflect.get(Object(row), "name")),
                ),
                ["key_of_row", ...model.columns],
              );
              assert.deepEqual(await memory.query("SELECT count(*) AS n FROM child"), [{ n: rows.length }]);
              assert.deepEqual(
                await memory.query("SELECT name FROM sqlite_master WHERE name LIKE '_alembic%'"),
                [],
              );
              assert.deepEqual(
                await memory.query("SELECT count(*) AS n FROM sqlite_master WHERE name = 'tr'"),
                [{ n: 1 }],
              );
              assert.deepEqual(await memory.query("PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
            } finally {
              await memory.close();
            }
          },
        ),
        { numRuns: 150 },
      );
    });
  }
});

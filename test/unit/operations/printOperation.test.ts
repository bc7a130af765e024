import assert from "node:assert/strict";
import fc from "fast-check";
import * as prettier from "prettier";
import type { Operation } from "../../../src/operations/operation";
import type { Operations } from "../../../src/operations/operations";
import { printOperation } from "../../../src/operations/printing/printOperation";
import type { PrintOptions } from "../../../src/operations/printing/printOperation";
import type { SqlTag } from "../../../src/operations/sqlFragment";
import { arbitraryCalls } from "./arbitraryCalls";
import { assertGolden } from "./goldenFile";
import { recordOperations } from "./recordOperations";
import { samples } from "./sampleOperations";

type Body = (op: Operations, sql: SqlTag) => Promise<void>;

function compile(source: string): Body {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is printed has to run
  return new Function("op", "sql", `return (async () => {\n${source}\n})();`) as Body;
}

async function evaluate(source: string, options: PrintOptions = {}): Promise<readonly Operation[]> {
  const { namingConvention } = options;
  return recordOperations(compile(source), {
    dialect: "sqlite",
    ...(namingConvention === undefined ? {} : { namingConvention }),
  });
}

/** The statement as the only one of blocks within blocks, which indent it. */
function inBlocks(statement: string, indent: number): string {
  const margins = Array.from({ length: indent / 2 }, (_, depth) => "  ".repeat(depth));
  const open = margins.map((margin) => `${margin}{\n`).join("");
  return `${open}${statement}\n${margins
    .reverse()
    .map((margin) => `${margin}}\n`)
    .join("")}`;
}

describe("printOperation", () => {
  it("prints each kind of operation as a person would", async () => {
    const printed: string[] = [];
    for (const { title, call } of samples) {
      const operations = await recordOperations(call);
      printed.push(`// ${title}`, ...operations.map((operation) => printOperation(operation)), "");
    }
    assertGolden("printed.ts.txt", printed.join("\n"));
  });

  for (const { title, call } of samples) {
    it(`makes the same record again, in prettier's layout: ${title}`, async () => {
      const operations = await recordOperations(call);
      for (const operation of operations) {
        const source = printOperation(operation);
        assert.deepEqual(await evaluate(source), [operation]);
        assert.equal(await prettier.format(source, { parser: "typescript" }), `${source}\n`);
        const indented = printOperation(operation, { indent: 2 });
        const file = `async function upgrade() {\n${indented}\n}\n`;
        assert.equal(await prettier.format(file, { parser: "typescript" }), file);
      }
    });
  }

  it("makes the same record again, whatever it holds", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCalls(fc.string({ unit: "binary" })), async (call) => {
        const operations = await recordOperations(call, { dialect: "sqlite" });
        assert.deepEqual(JSON.parse(JSON.stringify(operations)), operations);
        for (const operation of operations) {
          assert.deepEqual(await evaluate(printOperation(operation)), [operation]);
        }
      }),
      { numRuns: 400 },
    );
  });

  const batches: readonly (readonly [title: string, call: Body])[] = [
    [
      "a place for a column",
      (op) =>
        op.batchAlterTable("t", async (batch) => {
          await batch.addColumn("b", { type: "text" }, { insertAfter: "a" });
          await batch.addColumn("c", { type: "text" }, { ifNotExists: true, insertBefore: "it's" });
        }),
    ],
    [
      "the table as it is, with its indexes",
      (op, sql) =>
        op.batchAlterTable("t", (batch) => batch.dropColumn("c"), {
          schema: "main",
          copyFrom: {
            columns: {
              id: { type: "integer", primaryKey: true },
              email: { type: "text", nullable: false, unique: true, default: "none" },
              c: { type: "text", references: "others.id" },
            },
            checks: [{ name: "ck_email", condition: sql`email <> \`\`` }],
            comment: "a comment of such a length that the options have to stand on lines of their own",
            indexes: [
              { name: "ix", columns: ["email", { column: "c", order: "desc" }], unique: true },
              { name: "ix_2", columns: [sql`lower(email)`], where: sql`c IS NULL` },
            ],
          },
        }),
    ],
    [
      "more constraints, an order, a convention",
      (op, sql) =>
        op.batchAlterTable("t", (batch) => batch.dropConstraint("uq_t_a"), {
          recreate: "always",
          tableArgs: {
            primaryKey: ["id"],
            uniques: [{ columns: ["a", "b"] }, { name: "uq_b", columns: ["b"] }],
            checks: [{ condition: sql`a > ${1}` }],
            foreignKeys: [
              { columns: ["a"], references: { table: "o", columns: ["id"] }, onDelete: "cascade" },
            ],
            autoincrement: true,
          },
          partialReordering: [
            ["id", "b", "a"],
            ["c", "d"],
          ],
          namingConvention: { uq: "uq_%(table_name)s_%(column_0_name)s" },
        }),
    ],
    ["nothing to do", (op) => op.batchAlterTable("t", () => undefined, { partialReordering: [["b", "a"]] })],
  ];
  const conventions = [undefined, { uq: "uq_%(table_name)s_%(column_0_name)s", ix: "ix_%(column_0_label)s" }];
  for (const [title, call] of batches) {
    it(`makes the same batch again: ${title}`, async () => {
      for (const namingConvention of conventions) {
        for (const made of conventions) {
          const given = made === undefined ? {} : { namingConvention: made };
          const known = namingConvention === undefined ? {} : { namingConvention };
          const operations = await recordOperations(call, { dialect: "sqlite", ...given });
          assert.deepEqual(
            operations.map(({ kind }) => kind),
            ["batchAlterTable"],
          );
          for (const operation of operations) {
            const source = printOperation(operation, known);
            assert.match(source, /^await op\.batchAlterTable\(/);
            assert.deepEqual(await evaluate(source, known), [operation]);
            assert.equal(await prettier.format(source, { parser: "typescript" }), `${source}\n`);
          }
        }
      }
    });
  }

  it("writes names as final ones where the naming convention would change them", async () => {
    const namingConvention = { ck: "ck_%(table_name)s_%(constraint_name)s", pk: "pk_%(table_name)s" };
    const operations = await recordOperations(
      async (op, sql) => {
        await op.createCheckConstraint("positive", "t", sql`a > 0`);
        await op.createPrimaryKey(null, "t", ["a"]);
        await op.dropConstraint("positive", "t", { type: "check" });
      },
      { namingConvention },
    );
    const printed = operations.map((operation) => printOperation(operation, { namingConvention }));
    assert.deepEqual(printed, [
      'await op.createCheckConstraint(op.f("ck_t_positive"), "t", sql`a > 0`);',
      'await op.createPrimaryKey("pk_t", "t", ["a"]);',
      'await op.dropConstraint(op.f("ck_t_positive"), "t", { type: "check" });',
    ]);
    assert.deepEqual(await evaluate(printed.join("\n"), { namingConvention }), operations);
  });

  it("stays as prettier leaves it, for any names and values of ordinary characters", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCalls(fc.string()), fc.constantFrom(0, 2, 4), async (call, indent) => {
        for (const operation of await recordOperations(call, { dialect: "sqlite" })) {
          const source = printOperation(operation, { indent });
          const text = inBlocks(source, indent);
          assert.equal(await prettier.format(text, { parser: "typescript" }), text);
        }
      }),
      { numRuns: 300 },
    );
  });
});

import assert from "node:assert/strict";
import { findPosition } from "../../../src/operations/callSite";
import { createOperations } from "../../../src/operations/createOperations";
import type { CreateOperationsOptions, OperationTurn } from "../../../src/operations/createOperations";
import type { NamingConvention } from "../../../src/operations/namingConvention";
import type { Operation } from "../../../src/operations/operation";
import { OperationError } from "../../../src/operations/operationError";
import { OperationQueue } from "../../../src/operations/operationQueue";
import type { Operations } from "../../../src/operations/operations";
import { sql } from "../../../src/operations/sqlFragment";
import type { SqlTag } from "../../../src/operations/sqlFragment";
import { recordOperations } from "./recordOperations";

type Call = (op: Operations, tag: SqlTag) => Promise<void>;

interface Run {
  readonly operations: readonly Operation[];
  readonly turns: readonly OperationTurn[];
}

async function run(call: Call, options: CreateOperationsOptions = {}): Promise<Run> {
  const queue = new OperationQueue();
  const operations: Operation[] = [];
  const turns: OperationTurn[] = [];
  const op = createOperations(
    (operation, turn) => {
      operations.push(operation);
      turns.push(turn);
      return Promise.resolve();
    },
    { ...options, queue },
  );
  await call(op, sql);
  await queue.finish();
  return { operations, turns };
}

describe("op", () => {
  const records: readonly (readonly [string, Call, Operation])[] = [
    [
      "columns are nullable without a default unless it is said",
      (op) => op.addColumn("users", "age", { type: "integer" }),
      {
        kind: "addColumn",
        table: "users",
        column: { name: "age", type: "integer", nullable: true },
        constraints: [],
      },
    ],
    [
      "dates, bytes and big numbers become JSON data",
      (op) => op.addColumn("t", "a", { type: "bytea", default: new Uint8Array([0, 255]) }),
      {
        kind: "addColumn",
        table: "t",
        column: { name: "a", type: "bytea", nullable: true, default: { kind: "literal", value: "\\x00ff" } },
        constraints: [],
      },
    ],
    [
      "several columns that are marked make a composite key",
      (op) =>
        op.createTable("t", {
          columns: { a: { type: "integer", primaryKey: true }, b: { type: "integer", primaryKey: true } },
        }),
      {
        kind: "createTable",
        table: "t",
        columns: [
          { name: "a", type: "integer", nullable: false },
          { name: "b", type: "integer", nullable: false },
        ],
        constraints: [{ kind: "primaryKey", columns: ["a", "b"] }],
      },
    ],
    [
      "a null default drops it, no default leaves it",
      (op) => op.alterColumn("t", "a", { default: null }),
      { kind: "alterColumn", table: "t", column: "a", default: null },
    ],
    [
      "false options are no options",
      (op) => op.createIndex("ix", "t", ["a"], { unique: false, concurrently: false, ifNotExists: false }),
      { kind: "createIndex", table: "t", index: { name: "ix", columns: [{ kind: "column", name: "a" }] } },
    ],
    [
      "rows have the columns of all rows, and defaults where a row has none",
      (op) => op.bulkInsert("t", [{ a: 1 }, { b: null, a: undefined }]),
      {
        kind: "bulkInsert",
        table: "t",
        columns: ["a", "b"],
        rows: [
          [1, { kind: "sql", text: ["DEFAULT"], values: [] }],
          [{ kind: "sql", text: ["DEFAULT"], values: [] }, null],
        ],
      },
    ],
    [
      "an inline literal is marked",
      (op, tag) => op.execute(tag`SELECT ${op.inlineLiteral(1)}`),
      {
        kind: "execute",
        sql: { kind: "sql", text: ["SELECT ", ""], values: [{ kind: "literal", value: 1 }] },
      },
    ],
    [
      "a record runs as it is",
      (op) => op.invoke({ kind: "renameTable", table: "a", newName: "b" }),
      { kind: "renameTable", table: "a", newName: "b" },
    ],
  ];
  for (const [title, call, record] of records) {
    it(`makes records: ${title}`, async () => {
      const operations = await recordOperations(call);
      assert.deepEqual(operations, [record]);
      assert.deepEqual(JSON.parse(JSON.stringify(operations)), operations);
    });
  }

  const refused: readonly (readonly [string, Call, RegExp])[] = [
    ["no type", (op) => op.addColumn("t", "a", { type: "" }), /column "a" of "t" has no type/],
    [
      "an option that does not exist",
      (op) => op.addColumn("t", "a", { type: "text", server_default: "x" } as { type: string }),
      /^Unknown option "server_default" of op\.addColumn\("t", "a"\)\.$/,
    ],
    [
      "a list in the place of options",
      (op) => op.createTable("t", [] as unknown as { columns: [] }),
      /The argument "options" of op.createTable must be an object, and is an empty list/,
    ],
    [
      "two sources of a value",
      (op) => op.addColumn("t", "a", { type: "serial", default: 1 }),
      /gets its value from both default and type "serial"/,
    ],
    [
      "a nullable key",
      (op) => op.addColumn("t", "a", { type: "text", primaryKey: true, nullable: true }),
      /is nullable, which a primary key, identity or serial column never is/,
    ],
    [
      "a table whose key names a column that it does not have",
      (op) => op.createTable("t", { columns: { a: { type: "text" } }, primaryKey: ["b"] }),
      /is on column "b", which the table does not have/,
    ],
    [
      "names that JavaScript reorders",
      (op) => op.createTable("t", { columns: { b: { type: "text" }, 1: { type: "text" } } }),
      /JavaScript moves the column "1" of "t" before the others/,
    ],
    [
      "a column twice",
      (op) =>
        op.createTable("t", {
          columns: [
            { name: "a", type: "text" },
            { name: "a", type: "text" },
          ],
        }),
      /column "a" of "t" occurs twice/,
    ],
    [
      "a reference without a column",
      (op) => op.addColumn("t", "a", { type: "text", references: "users" }),
      /"users" does not name/,
    ],
    [
      "using without a type",
      (op) => op.alterColumn("t", "a", { using: "a::int" }),
      /"using" in the change .* needs a "type"/,
    ],
    [
      "a change to serial",
      (op) => op.alterColumn("t", "a", { type: "serial" }),
      /"serial" is a type for new columns only/,
    ],
    ["an index without columns", (op) => op.createIndex("ix", "t", []), /index of "t" has no columns/],
    ["an invalid date", (op) => op.bulkInsert("t", [{ a: new Date("x") }]), /invalid Date/],
    [
      "keys of different length",
      (op) => op.createForeignKey("fk", "t", "o", ["a", "b"], ["c"]),
      /2 columns for 1/,
    ],
  ];
  for (const [title, call, message] of refused) {
    it(`refuses ${title}, as a failure of the revision with its place`, async () => {
      const queue = new OperationQueue();
      const op = createOperations(() => Promise.resolve(), { queue });
      void call(op, sql);
      await assert.rejects(queue.finish(), (error) => {
        assert.ok(error instanceof OperationError);
        assert.match(error.message, message);
        assert.ok(error.callSite);
        assert.match(findPosition(error.callSite, () => true)?.path ?? "", /createOperations\.test\.ts$/);
        return true;
      });
    });
  }

  it("tells where each operation was called, by line and column", async () => {
    const { turns } = await run(async (op) => {
      await op.renameTable("a", "b");
      await op.batchAlterTable("t", (batch) => batch.renameColumn("a", "b"));
    });
    const [first, second] = turns.map(({ callSite }) =>
      findPosition(callSite, (path) => path.endsWith(".test.ts")),
    );
    assert.ok(first && second);
    assert.equal(second.line, first.line + 1);
    assert.ok(second.column > first.column);
  });

  it("marks what runs outside a transaction", async () => {
    const { turns } = await run(async (op) => {
      await op.renameTable("a", "b");
      await op.autocommitBlock(async () => {
        await op.execute("VACUUM");
      });
      await op.renameTable("b", "a");
    });
    assert.deepEqual(
      turns.map(({ autocommit }) => autocommit),
      [false, true, false],
    );
  });

  it("runs a batch at once on PostgreSQL and as one record on SQLite", async () => {
    const batch: Call = (op) =>
      op.batchAlterTable(
        "t",
        async (inner) => {
          await inner.addColumn("a", { type: "text" });
          void inner.dropColumn("b");
        },
        { schema: "app" },
      );
    const add: Operation = {
      kind: "addColumn",
      table: "t",
      schema: "app",
      column: { name: "a", type: "text", nullable: true },
      constraints: [],
    };
    const drop: Operation = { kind: "dropColumn", table: "t", schema: "app", column: "b" };
    assert.deepEqual(await recordOperations(batch), [add, drop]);
    assert.deepEqual(await recordOperations(batch, { dialect: "sqlite" }), [
      { kind: "batchAlterTable", table: "t", schema: "app", operations: [add, drop] },
    ]);
  });

  it("runs the operations that a project registers, by name and by record", async () => {
    const customOperations = new Map([
      [
        "auditTable",
        async (op: Operations, table: string): Promise<void> => {
          await op.renameTable(table, `${table}_audit`);
        },
      ],
    ]);
    type Custom = Operations & { auditTable(table: string): Promise<void> };
    const { operations } = await run(
      async (op) => {
        void (op as Custom).auditTable("a");
        void op.invoke({ kind: "custom", name: "auditTable", arguments: ["b"] });
        await op.renameTable("c", "d");
      },
      { customOperations },
    );
    assert.deepEqual(operations, [
      { kind: "renameTable", table: "a", newName: "a_audit" },
      { kind: "renameTable", table: "b", newName: "b_audit" },
      { kind: "renameTable", table: "c", newName: "d" },
    ]);
    await assert.rejects(
      run((op) => op.invoke({ kind: "custom", name: "other", arguments: [] })),
      { code: "unknown-operation" },
    );
    const taken = new Map([["addColumn", () => undefined]]);
    assert.throws(() => createOperations(() => Promise.resolve(), { customOperations: taken }), {
      code: "invalid-name",
    });
  });
});

describe("naming convention", () => {
  const namingConvention: NamingConvention = {
    ix: "ix_%(column_0_label)s",
    uq: "uq_%(table_name)s_%(column_0_N_name)s",
    ck: "ck_%(table_name)s_%(constraint_name)s",
    fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_%(referred_column_0_name)s",
    pk: "100%%_%(table_name)s",
  };
  const cases: readonly (readonly [string, Call, string | undefined])[] = [
    ["index", (op) => op.createIndex(null, "t", ["a", "b"]), "ix_t_a"],
    ["given index name", (op) => op.createIndex("mine", "t", ["a"]), "mine"],
    ["unique", (op) => op.createUniqueConstraint(null, "t", ["a", "b"]), "uq_t_a_b"],
    ["check", (op) => op.createCheckConstraint("positive", "t", "a > 0"), "ck_t_positive"],
    ["final check", (op) => op.createCheckConstraint(op.f("positive"), "t", "a > 0"), "positive"],
    ["foreign key", (op) => op.createForeignKey(null, "t", "o", ["a"], ["id"]), "fk_t_a_o_id"],
    ["primary key", (op) => op.createPrimaryKey(null, "t", ["a"]), "100%_t"],
    ["dropped check", (op) => op.dropConstraint("positive", "t", { type: "check" }), "ck_t_positive"],
    ["dropped by type alone", (op) => op.dropConstraint(null, "t", { type: "primary" }), "100%_t"],
    ["dropped without type", (op) => op.dropConstraint("positive", "t"), "positive"],
    ["dropped final", (op) => op.dropConstraint(op.f("positive"), "t", { type: "check" }), "positive"],
    ["validated", (op) => op.validateConstraint("positive", "t", { type: "check" }), "ck_t_positive"],
  ];
  for (const [title, call, name] of cases) {
    it(`names: ${title}`, async () => {
      const [operation] = await recordOperations(call, { namingConvention });
      const named = operation as {
        readonly name?: string;
        readonly index?: { readonly name: string };
        readonly constraint?: { readonly name?: string };
      };
      assert.equal(named.name ?? named.index?.name ?? named.constraint?.name, name);
    });
  }

  it("asks for a name where it cannot make one, or only one that is too long", async () => {
    await assert.rejects(
      recordOperations((op) => op.createCheckConstraint(null, "t", "a > 0"), { namingConvention }),
      { code: "missing-name" },
    );
    await assert.rejects(
      recordOperations((op, tag) => op.createIndex(null, "t", [tag`lower(a)`]), { namingConvention }),
      { code: "missing-name" },
    );
    await assert.rejects(
      recordOperations((op) => op.createPrimaryKey(null, "t".repeat(60), ["a"]), { namingConvention }),
      { code: "name-too-long" },
    );
  });
});

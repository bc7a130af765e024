import assert from "node:assert/strict";
import { createTypeormClient } from "../../../../src/run/typeorm/typeormClient";
import { DatabaseError } from "../../../../src/database/databaseError";
import type { TypeormClient } from "../../../../src/typeorm/adopt/runScope";

interface Recorded {
  readonly client: TypeormClient;
  /** `in: …` inside the transaction, `out: …` outside of one. */
  readonly sent: readonly string[];
}

function record(
  options: { readonly isTransactional?: boolean; readonly areRowsReadable?: boolean } = {},
): Recorded {
  const sent: string[] = [];
  const client = createTypeormClient({
    revision: "r1",
    migration: "M1700000000001",
    isTransactional: options.isTransactional ?? true,
    values: { parsers: undefined, sent: (values) => values },
    areRowsReadable: options.areRowsReadable ?? true,
    send: (statement, isInside) => {
      sent.push(`${isInside ? "in" : "out"}: ${statement.text}`);
      return statement.text === "FAIL"
        ? Promise.reject(
            new DatabaseError("statement-failed", "duplicate key", { sqlState: "23505", sql: "FAIL" }),
          )
        : Promise.resolve({ rows: [{ id: 1 }], rowCount: 1 });
    },
  });
  return { client, sent };
}

describe("the stand-in for a client of pg", () => {
  const sequences: readonly {
    readonly name: string;
    readonly isTransactional: boolean;
    readonly statements: readonly string[];
    readonly sent: readonly string[];
  }[] = [
    {
      name: "makes savepoints of transactions in the run's",
      isTransactional: true,
      statements: ["START TRANSACTION", "a", "COMMIT", "BEGIN", "b", "ROLLBACK", "c"],
      sent: [
        "in: SAVEPOINT alembic_typeorm_1",
        "in: a",
        "in: RELEASE SAVEPOINT alembic_typeorm_1",
        "in: SAVEPOINT alembic_typeorm_2",
        "in: b",
        "in: ROLLBACK TO SAVEPOINT alembic_typeorm_2",
        "in: RELEASE SAVEPOINT alembic_typeorm_2",
        "in: c",
      ],
    },
    {
      name: "leaves the run's transaction with a commit, and comes back with a begin",
      isTransactional: true,
      statements: ["a", "COMMIT", "b", "COMMIT", "START TRANSACTION", "c", "COMMIT", "d"],
      sent: [
        "in: a",
        "out: b",
        "in: SAVEPOINT alembic_typeorm_1",
        "in: c",
        "in: RELEASE SAVEPOINT alembic_typeorm_1",
        "out: d",
      ],
    },
    {
      name: "takes a text apart that begins and ends transactions",
      isTransactional: true,
      statements: [
        "-- made by hand\nBEGIN;\na; SELECT 'COMMIT; b';\nCOMMIT;\n-- the end\n",
        "c; d",
        "BEGIN; e; ROLLBACK",
      ],
      sent: [
        "in: SAVEPOINT alembic_typeorm_1",
        "in: a",
        "in: SELECT 'COMMIT; b'",
        "in: RELEASE SAVEPOINT alembic_typeorm_1",
        "in: c; d",
        "in: SAVEPOINT alembic_typeorm_2",
        "in: e",
        "in: ROLLBACK TO SAVEPOINT alembic_typeorm_2",
        "in: RELEASE SAVEPOINT alembic_typeorm_2",
      ],
    },
    {
      name: "runs outside where the revision does, but for transactions of its own",
      isTransactional: false,
      statements: [
        "a",
        "ROLLBACK",
        "START TRANSACTION",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "b",
        "ROLLBACK",
        "c",
      ],
      sent: [
        "out: a",
        "in: SAVEPOINT alembic_typeorm_1",
        "in: b",
        "in: ROLLBACK TO SAVEPOINT alembic_typeorm_1",
        "in: RELEASE SAVEPOINT alembic_typeorm_1",
        "out: c",
      ],
    },
  ];
  for (const { name, isTransactional, statements, sent } of sequences) {
    it(name, async () => {
      const recorded = record({ isTransactional });
      for (const statement of statements) {
        await recorded.client.query(statement);
      }
      assert.deepEqual(recorded.sent, sent);
    });
  }

  it("refuses to roll back the run's transaction", async () => {
    await assert.rejects(record().client.query("ROLLBACK"), {
      code: "not-runnable",
      message: /M1700000000001 rolls back/,
    });
  });

  it("gives what pg gives, to a promise and to a callback", async () => {
    const { client } = record();
    const expected = { command: "SELECT", rowCount: 1, rows: [{ id: 1 }], fields: [] };
    assert.deepEqual(await client.query("SELECT $1", [1]), expected);
    assert.deepEqual(await client.query({ text: "SELECT $1", values: [1] }), expected);
    const called = await new Promise((resolve) => {
      void client.query("SELECT 1", (_error: unknown, result: unknown) => resolve(result));
    });
    assert.deepEqual(called, expected);
  });

  it("throws as pg does", async () => {
    await assert.rejects(record().client.query("FAIL"), (error: Error & { readonly code?: string }) => {
      assert.equal(error.message, "duplicate key");
      assert.equal(error.code, "23505");
      assert.ok(error.cause instanceof DatabaseError);
      return true;
    });
  });

  it("lets rows alone in a script as long as nobody looks at them", async () => {
    const { client } = record({ areRowsReadable: false });
    const { rows } = (await client.query("SELECT setval('s', 3)")) as { readonly rows: readonly unknown[] };
    assert.equal(await Promise.resolve(rows), rows);
    for (const look of [() => rows.length, () => rows[0], () => [...rows], () => JSON.stringify(rows)]) {
      assert.throws(look, { code: "reads-rows-offline", message: /M1700000000001 reads rows/ });
    }
  });

  it("refuses to stream", () => {
    const cursor = { text: "SELECT 1", submit: () => undefined };
    assert.throws(() => void record().client.query(cursor), { message: /streams rows/ });
  });
});

import assert from "node:assert/strict";
import { Client } from "pg";
import type { DatabaseError } from "pg";
import { invertOperation } from "../../src/operations/invertOperation";
import type { Operation } from "../../src/operations/operation";
import { refusesTransaction } from "../../src/sql/classifyStatement";
import { neededServer } from "../../src/sql/postgresql/neededServer";
import { renderOperation } from "../../src/sql/renderOperation";
import { sharedPostgres } from "../support/sharedPostgres";
import { recordOperations } from "../unit/operations/recordOperations";
import { samples } from "../unit/operations/sampleOperations";
import { counterparts } from "../unit/sql/alembicCounterparts";
import { readAlembicCases } from "../unit/sql/alembicOracle";
import { transactionCases } from "../unit/sql/transactionCases";

/** Each case has a schema of its own, so that one database and one dump serve for all. */
const ownSchemas = /\b(ops|app|billing|accounts|public)\b/g;

interface CaseDatabase {
  readonly url: string;
  /** Runs SQL of a case in the case's schemas. */
  run(index: number, text: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** The lines of a dump that another does not have, both ways. */
function difference(actual: string, expected: string): readonly string[] {
  const missing = (one: string, other: string, mark: string): readonly string[] => {
    const lines = new Set(other.split("\n"));
    return one.split("\n").flatMap((line) => (lines.has(line) ? [] : [`${mark} ${line}`]));
  };
  return [...missing(expected, actual, "-"), ...missing(actual, expected, "+")];
}

function assertSameDump(actual: string, expected: string): void {
  assert.deepEqual(difference(actual, expected), []);
  assert.equal(actual, expected);
}

function schemaOf(index: number): string {
  return `case_${index}`;
}

async function openCases(count: number): Promise<CaseDatabase> {
  const server = await sharedPostgres();
  const url = await server.createDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm");
  for (let index = 0; index < count; index += 1) {
    await client.query(`CREATE SCHEMA ${schemaOf(index)}`);
  }
  return {
    url,
    async run(index, text, values = []) {
      const own = text
        .replace(ownSchemas, (name) => (name === "public" ? schemaOf(index) : `${name}_${index}`))
        .replace(/CREATE EXTENSION (?!IF)/g, "CREATE EXTENSION IF NOT EXISTS ");
      try {
        await client.query(`SET search_path = ${schemaOf(index)}, public`);
        const result = values.length === 0 ? await client.query(own) : await client.query(own, [...values]);
        return result.rows as readonly unknown[];
      } catch (error) {
        throw new Error(`case ${index}: ${String(error)}\n${own}`, { cause: error });
      }
    },
    close: () => client.end(),
  };
}

async function runOperation(database: CaseDatabase, index: number, operation: Operation): Promise<void> {
  for (const { text, values } of renderOperation(operation, "postgresql")) {
    await database.run(index, text, values);
  }
}

async function rowsOf(
  database: CaseDatabase,
  index: number,
  sql: readonly string[],
): Promise<readonly unknown[]> {
  return sql.some((text) => /^(INSERT|UPDATE)/.test(text)) ? database.run(index, "SELECT * FROM t") : [];
}

describe("SQL of operations on PostgreSQL", function () {
  this.timeout(120_000);
  const open: CaseDatabase[] = [];
  const openDatabase = async (count: number): Promise<CaseDatabase> => {
    const database = await openCases(count);
    open.push(database);
    return database;
  };

  afterEach(async () => {
    await Promise.all(open.splice(0).map((database) => database.close()));
  });

  it("has the effect that Alembic's SQL has, for each recorded call", async () => {
    const server = await sharedPostgres();
    const cases = readAlembicCases();
    const theirs = await openDatabase(cases.length);
    const ours = await openDatabase(cases.length);
    for (const [index, { call, sql }] of cases.entries()) {
      const counterpart = counterparts[index];
      assert.ok(counterpart);
      for (const database of [theirs, ours]) {
        await database.run(index, counterpart.setup ?? "");
      }
      if (sql === undefined) {
        continue;
      }
      for (const text of sql) {
        await theirs.run(index, text);
      }
      const { namingConvention } = counterpart;
      const operations = await recordOperations(
        counterpart.call,
        namingConvention === undefined ? {} : { namingConvention },
      );
      for (const operation of operations) {
        await runOperation(ours, index, operation);
      }
      assert.deepEqual(await rowsOf(ours, index, sql), await rowsOf(theirs, index, sql), call);
    }
    assertSameDump(await server.dumpSchema(ours.url), await server.dumpSchema(theirs.url));
  });

  it("runs each kind of operation, and takes it back exactly where it has an inverse", async () => {
    const server = await sharedPostgres();
    const database = await openDatabase(samples.length);
    const made: { readonly index: number; readonly operation: Operation; readonly inverse: Operation }[] = [];
    const lasting: { readonly index: number; readonly operation: Operation }[] = [];
    const [version] = await database.run(0, "SHOW server_version_num");
    const serverVersion = Number(Reflect.get(version as object, "server_version_num"));
    for (const [index, { setup, call }] of samples.entries()) {
      await database.run(index, setup ?? "");
      for (const operation of await recordOperations(call)) {
        if (serverVersion < (neededServer(operation)?.major ?? 0) * 10_000) {
          // That it is refused before it is sent, `test/unit/sql/neededServer.test.ts` holds.
          continue;
        }
        const inverse = invertOperation(operation);
        if (inverse === undefined) {
          lasting.push({ index, operation });
        } else {
          made.push({ index, operation, inverse });
        }
      }
    }
    for (const { index, operation } of lasting) {
      await runOperation(database, index, operation);
    }
    const before = await server.dumpSchema(database.url);
    for (const { index, operation } of made) {
      await runOperation(database, index, operation);
    }
    const after = await server.dumpSchema(database.url);
    for (const { index, inverse } of made) {
      await runOperation(database, index, inverse);
    }
    assertSameDump(await server.dumpSchema(database.url), before);
    for (const { index, operation, inverse } of made) {
      await runOperation(database, index, invertOperation(inverse) ?? operation);
    }
    assertSameDump(await server.dumpSchema(database.url), after);
    assert.notEqual(after, before);
    assert.ok(
      made.length > lasting.length * 4,
      `${made.length} of ${lasting.length} operations are reversible`,
    );
  });

  it("refuses in a transaction just what refusesTransaction says", async () => {
    const server = await sharedPostgres();
    const client = new Client({ connectionString: await server.createDatabase() });
    await client.connect();
    try {
      await client.query(`CREATE TABLE t (a integer PRIMARY KEY); CREATE TYPE mood AS ENUM ('ok');
        CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
        CREATE MATERIALIZED VIEW m AS SELECT 1 AS a`);
      for (const { text, untried } of transactionCases) {
        if (untried === true) {
          continue;
        }
        await client.query("BEGIN");
        const code = await client.query(text).then(
          () => "",
          (error: DatabaseError) => error.code ?? "",
        );
        await client.query("ROLLBACK");
        assert.equal(code === "25001", refusesTransaction(text), `${text}: ${code}`);
      }
    } finally {
      await client.end();
    }
  });
});

import { Client } from "pg";
import { clientConnection } from "../../../src/database/postgresConnection";
import type { Connection } from "../../../src/database/connection";
import { introspect } from "../../../src/database/introspect/introspect";
import {
  differencesToOperations,
  type OperationList,
  type RevisionOperations,
} from "../../../src/autogenerate/plan/fromDifferences";
import type { CompareOptions } from "../../../src/autogenerate/compare/compareOptions";
import { compareSchemas, type SchemaComparison } from "../../../src/autogenerate/compare/compareSchemas";
import type { SchemaModel } from "../../../src/schema/model/schemaModel";
import { renderOperation } from "../../../src/sql/renderOperation";
import type { PostgresServer } from "../../support/postgresServer";

/** A database of a test, with one connection. */
export interface TestDatabase {
  readonly url: string;
  readonly connection: Connection;
  /** Ends the connection and drops the database: a hundred of them take long to remove at the end. */
  close(): Promise<void>;
}

async function dropDatabase(server: PostgresServer, url: string): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`DROP DATABASE ${new URL(url).pathname.slice(1)}`);
  await client.end();
}

export async function createTestDatabase(server: PostgresServer, script: string): Promise<TestDatabase> {
  const url = await server.createDatabase();
  const client = new Client({ connectionString: url });
  await client.connect();
  const connection = clientConnection(client, { onNotice: undefined, cancel: () => Promise.resolve() });
  await connection.run(script);
  return {
    url,
    connection,
    async close() {
      await connection.close();
      await dropDatabase(server, url);
    },
  };
}

export async function readModel(connection: Connection): Promise<SchemaModel> {
  const rows = await connection.query(
    "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1",
  );
  const schemas = rows.map((row) => ({ name: String(row["nspname"]) }));
  return introspect(connection, { schemas, defaultSchema: "public" });
}

export async function compareDatabases(
  before: Connection,
  after: Connection,
  options: CompareOptions,
): Promise<{ readonly comparison: SchemaComparison; readonly operations: RevisionOperations }> {
  const comparison = compareSchemas(await readModel(before), await readModel(after), options);
  return { comparison, operations: differencesToOperations(comparison) };
}

/** Runs operations as a revision does: in a transaction, but for those that are to be committed by themselves. */
export async function applyOperations(connection: Connection, list: OperationList): Promise<void> {
  await connection.run("BEGIN");
  try {
    for (const [index, operation] of list.operations.entries()) {
      const isAutocommit = list.autocommit.includes(index);
      for (const { text, values } of renderOperation(operation, "postgresql")) {
        if (isAutocommit) {
          await connection.run("COMMIT");
        }
        await connection.run(text, values);
        if (isAutocommit) {
          await connection.run("BEGIN");
        }
      }
    }
    await connection.run("COMMIT");
  } catch (error) {
    await connection.run("ROLLBACK");
    throw error;
  }
}

/** The SQL of operations, for a message. */
export function sqlOf(list: OperationList): string {
  return list.operations
    .flatMap((operation) => renderOperation(operation, "postgresql", { offline: true }))
    .map(({ text }) => `${text};`)
    .join("\n");
}

/** A dump with the columns of each table sorted: an added column comes last, wherever the entity has it. */
export function withSortedColumns(dump: string): string {
  const sorted = (block: string): string => block.split("\n").sort().join("\n");
  return dump
    .replaceAll(
      /^(CREATE (?:UNLOGGED )?TABLE \S+ \(\n)([\s\S]*?)(\n\))/gm,
      (_, head: string, body: string, tail: string) => `${head}${sorted(body.replaceAll(/,$/gm, ""))}${tail}`,
    )
    .replaceAll(/^(column \S+) +\d+ /gm, "$1 ")
    .replaceAll(/(?:^column .*\n)+/gm, (block) => `${sorted(block.trimEnd())}\n`);
}

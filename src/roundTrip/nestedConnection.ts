import type { Connection } from "../database/connection";
import { text } from "../database/introspect/rowValues";

const savepoint = "alembic_nested";

/** What stands for the statements that begin and end a transaction. */
const nested: ReadonlyMap<string, readonly string[]> = new Map([
  ["BEGIN", [`SAVEPOINT ${savepoint}`]],
  // A commit checks what is deferred.
  ["COMMIT", ["SET CONSTRAINTS ALL IMMEDIATE", `RELEASE SAVEPOINT ${savepoint}`]],
  [
    "COMMIT AND CHAIN",
    ["SET CONSTRAINTS ALL IMMEDIATE", `RELEASE SAVEPOINT ${savepoint}`, `SAVEPOINT ${savepoint}`],
  ],
  ["ROLLBACK", [`ROLLBACK TO SAVEPOINT ${savepoint}`, `RELEASE SAVEPOINT ${savepoint}`]],
]);

/**
 * A connection within a transaction that is open, for a run with transactions of its own: these become savepoints. What it runs
 * outside of them is refused where PostgreSQL refuses it in a transaction.
 */
export function nestedConnection(connection: Connection): Connection {
  return {
    dialect: connection.dialect,
    async run(statement, values, parsers) {
      const instead = nested.get(statement);
      if (instead === undefined) {
        return connection.run(statement, values, parsers);
      }
      for (const part of instead) {
        await connection.run(part);
      }
      return { rows: [], rowCount: 0 };
    },
    query: (statement, values) => connection.query(statement, values),
    cancel: () => connection.cancel(),
    isInTransaction: () => true,
    ...(connection.serverVersion === undefined ? {} : { serverVersion: connection.serverVersion }),
    close: () => Promise.resolve(),
  };
}

/** Sequences as they stand: a rollback does not set them back. */
export interface SequencePositions {
  restore(): Promise<void>;
}

export async function readSequences(connection: Connection): Promise<SequencePositions> {
  if (connection.dialect !== "postgresql") {
    return { restore: () => Promise.resolve() };
  }
  const rows = await connection.query(
    `SELECT pg_catalog.format('SELECT pg_catalog.setval(%L::pg_catalog.regclass, %s, %L)',
        pg_catalog.format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value IS NOT NULL)
        AS statement
     FROM pg_catalog.pg_sequences`,
  );
  return {
    async restore() {
      for (const row of rows) {
        await connection.run(text(row, "statement"));
      }
    },
  };
}

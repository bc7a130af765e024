import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Connection } from "../../src/database/connection";
import type { Database } from "../../src/database/database";
import { openSqliteDatabase } from "../../src/database/sqliteDatabase";
import { createOperations } from "../../src/operations/createOperations";
import type { NamingConvention } from "../../src/operations/namingConvention";
import { OperationQueue } from "../../src/operations/operationQueue";
import type { Operations } from "../../src/operations/operations";
import { renderOperation, type Statement } from "../../src/sql/renderOperation";
import { runSqliteBatch } from "../../src/run/runSqliteBatch";

/** Where `scripts/installSqliteDriver.mjs` puts better-sqlite3, for a Node that has no SQLite of its own. */
export const sqliteDriverFolder = join(dirname(dirname(__dirname)), ".vscode-test", "sqlite");

function isBetterSqliteInstalled(): boolean {
  return existsSync(join(sqliteDriverFolder, "node_modules", "better-sqlite3"));
}

/** Gives a project the driver as if it were installed in it; nothing where there is none. */
export function linkSqliteDriver(project: string): void {
  if (isBetterSqliteInstalled()) {
    mkdirSync(join(project, "node_modules"));
    symlinkSync(
      join(sqliteDriverFolder, "node_modules", "better-sqlite3"),
      join(project, "node_modules", "better-sqlite3"),
    );
  }
}

/** The rows of one query on a file, over a connection of its own. */
export async function readSqliteFile(file: string, query: string): Promise<readonly unknown[]> {
  const database = await openSqliteDatabase({ file, projectDirectory: sqliteDriverFolder });
  try {
    return (await database.connection.query(query)).map((row) => ({ ...row }));
  } finally {
    await database.close();
  }
}

/** A database in memory, with operations that run on it. */
export interface SqliteMemory {
  readonly connection: Connection;
  /** SQL of one or several statements. */
  readonly run: (sql: string) => Promise<void>;
  readonly query: (sql: string) => Promise<readonly unknown[]>;
  /** The statements of what `migrate` did, one text each. */
  readonly migrate: (
    migrate: (op: Operations) => Promise<void> | void,
    options?: { readonly namingConvention?: NamingConvention },
  ) => Promise<readonly string[]>;
  /** `sqlite_master`: the definitions by name, with space made even. */
  readonly schema: () => Promise<Readonly<Record<string, string>>>;
  readonly close: () => Promise<void>;
}

/** Opens an empty database in memory, and runs the SQL of `setup` on it. */
export async function openSqliteMemory(setup = ""): Promise<SqliteMemory> {
  const database: Database = await openSqliteDatabase({
    file: ":memory:",
    projectDirectory: sqliteDriverFolder,
  });
  const { connection } = database;
  if (setup !== "") {
    await connection.run(setup);
  }
  return {
    connection,
    run: async (sql) => void (await connection.run(sql)),
    query: async (sql) => (await connection.query(sql)).map((row) => ({ ...row })),
    async migrate(migrate, { namingConvention } = {}) {
      const texts: string[] = [];
      const queue = new OperationQueue();
      const send = async ({ text, values }: Statement) => {
        texts.push(text);
        return connection.run(text, values);
      };
      const op = createOperations(
        async (operation) => {
          if (operation.kind === "batchAlterTable") {
            await runSqliteBatch(operation, connection, send, () => undefined);
            return;
          }
          for (const statement of renderOperation(operation, "sqlite")) {
            await send(statement);
          }
        },
        { queue, dialect: "sqlite", ...(namingConvention === undefined ? {} : { namingConvention }) },
      );
      try {
        await migrate(op);
      } finally {
        await queue.finish();
      }
      return texts;
    },
    async schema() {
      const rows = await connection.query(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name",
      );
      return Object.fromEntries(
        rows.map(({ name, sql }) => [
          String(name),
          String(sql).replace(/\s+/g, " ").replaceAll("( ", "(").replaceAll(" )", ")"),
        ]),
      );
    },
    close: () => database.close(),
  };
}

/** A folder of a test's own. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "alembic-ts-sqlite-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

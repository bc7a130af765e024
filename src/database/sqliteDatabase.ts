import { existsSync, realpathSync } from "node:fs";
import * as path from "node:path";
import type { Database } from "./database";
import { DatabaseError } from "./databaseError";
import { sqliteConnection } from "./sqliteConnection";
import { openSqliteDriver, type SqliteDriver } from "./sqliteDriver";
import { acquireSqliteLock } from "./sqliteLock";

export interface SqliteOptions {
  /** An absolute path, or `:memory:`; a file that isn't there is made. */
  readonly file: string;
  /** Refuse to change it, and to make it (SQLite's `mode=ro`). */
  readonly isReadOnly?: boolean;
  /** Where `better-sqlite3` is looked for. */
  readonly projectDirectory: string;
}

/** How long a statement waits for another program that is writing. */
const busyMilliseconds = 5_000;

/**
 * Opens a file of SQLite. Foreign keys are not enforced on this connection, which is SQLite's own default and
 * Alembic's: a table that is dropped to be replaced would take the rows along that refer to it.
 * @throws DatabaseError `driver-missing`; `unreachable` for what can't be opened or is no database of SQLite.
 */
export async function openSqliteDatabase(options: SqliteOptions): Promise<Database> {
  const { file, projectDirectory } = options;
  if (options.isReadOnly === true && !existsSync(file)) {
    throw new DatabaseError("unreachable", `There is no file ${file}, and mode=ro creates none.`, {
      hint: "Correct the URL, or remove mode=ro from it.",
    });
  }
  if (file !== ":memory:" && !existsSync(path.dirname(file))) {
    throw new DatabaseError("unreachable", `Can't create ${file}: its folder doesn't exist.`, {
      hint: "Create the folder, or correct the URL: sqlite:///relative.db, sqlite:////absolute.db.",
    });
  }
  const driver = openFile(options);
  const connection = sqliteConnection(driver);
  return Promise.resolve({
    dialect: "sqlite",
    connection,
    lock: (lockOptions) =>
      file === ":memory:"
        ? Promise.resolve({ release: () => Promise.resolve() })
        : acquireSqliteLock(`${realpathSync.native(file)}.migrating`, projectDirectory, lockOptions),
    close: () => connection.close(),
  });
}

function openFile({ file, projectDirectory, isReadOnly }: SqliteOptions): SqliteDriver {
  let driver: SqliteDriver | undefined;
  try {
    driver = openSqliteDriver(file, projectDirectory);
    driver.run(`PRAGMA busy_timeout = ${String(busyMilliseconds)}`, []);
    driver.run("PRAGMA foreign_keys = OFF", []);
    // The file is read now: a text file would open, and fail later.
    driver.run("PRAGMA schema_version", []);
    requireVersion(driver);
    if (isReadOnly === true) {
      driver.run("PRAGMA query_only = ON", []);
    }
    return driver;
  } catch (error) {
    driver?.close();
    if (error instanceof DatabaseError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError("unreachable", `Can't open ${file} with SQLite: ${reason}.`, {
      hint: "Check that the file is an SQLite database and that you have read and write permission.",
    });
  }
}

/** RETURNING and DROP COLUMN came with 3.35, in March 2021. */
function requireVersion(driver: SqliteDriver): void {
  const [row] = driver.run("SELECT sqlite_version() AS version", []).rows;
  const version = String(row?.["version"]);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 3 || (major === 3 && minor < 35)) {
    throw new DatabaseError(
      "driver-missing",
      `SQLite 3.35 or later is required; this better-sqlite3 has ${version}.`,
      { hint: "Run `npm install better-sqlite3@latest` in the project." },
    );
  }
}

import { createRequire } from "node:module";
import * as path from "node:path";
import type { StatementResult } from "./connection";
import { DatabaseError } from "./databaseError";

/** A value that SQLite itself has. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** One open file of SQLite. Both drivers give the same rows by it. */
export interface SqliteDriver {
  readonly name: "node:sqlite" | "better-sqlite3";
  /**
   * Runs one statement.
   * @throws the driver's own errors
   */
  run(text: string, values: readonly SqliteValue[]): StatementResult;
  close(): void;
}

/** What the two have in common; `node:sqlite` was made after `better-sqlite3`. */
interface DriverStatement {
  all(...values: readonly SqliteValue[]): readonly Record<string, unknown>[];
  run(...values: readonly SqliteValue[]): { readonly changes: number | bigint };
  /** better-sqlite3: whether it gives rows. */
  readonly reader?: boolean;
  columns?(): readonly unknown[];
  /** better-sqlite3 */
  safeIntegers?(isOn: boolean): unknown;
  /** node:sqlite */
  setReadBigInts?(isOn: boolean): unknown;
}
interface DriverDatabase {
  prepare(text: string): DriverStatement;
  close(): void;
}
type OpenFile = (file: string) => DriverDatabase;

/**
 * Opens a file with the SQLite that is in Node, or else with the project's `better-sqlite3`.
 * @param projectDirectory where `better-sqlite3` is looked for
 * @throws DatabaseError `driver-missing`; the driver's own errors
 */
export function openSqliteDriver(file: string, projectDirectory: string): SqliteDriver {
  const builtIn = loadBuiltIn();
  if (builtIn !== undefined) {
    return driverOf("node:sqlite", builtIn(file));
  }
  const installed = loadInstalled(projectDirectory);
  if (installed !== undefined) {
    return driverOf("better-sqlite3", installed(file));
  }
  throw new DatabaseError(
    "driver-missing",
    `SQLite needs Node 22.13 or later, or the package better-sqlite3; this is Node ${process.versions.node}, and ${projectDirectory} has no better-sqlite3.`,
    { hint: "Run `npm install better-sqlite3` in the project, or update Node." },
  );
}

/** Node 22.5 to 22.12 have it behind a flag. */
function loadBuiltIn(): OpenFile | undefined {
  const exports = withoutExperimentalWarning(() => {
    try {
      return createRequire(__filename)("node:sqlite") as unknown;
    } catch {
      return undefined;
    }
  });
  return openerOf(exports === undefined ? undefined : Reflect.get(Object(exports), "DatabaseSync"));
}

/** @throws DatabaseError `driver-missing` for a package that is there and can't be loaded */
function loadInstalled(projectDirectory: string): OpenFile | undefined {
  const projectRequire = createRequire(path.join(projectDirectory, "package.json"));
  let entry: string;
  try {
    entry = projectRequire.resolve("better-sqlite3");
  } catch {
    return undefined;
  }
  try {
    const exports: unknown = projectRequire(entry);
    const open = openerOf(typeof exports === "function" ? exports : Reflect.get(Object(exports), "default"));
    // The native part is loaded with the first database.
    open?.(":memory:").close();
    return open;
  } catch (error) {
    throw new DatabaseError(
      "driver-missing",
      `The project's better-sqlite3 can't be loaded: ${firstLine(error)}`,
      {
        hint: `better-sqlite3 was built for a different Node.js version (this is ${process.versions.node}). Run \`npm rebuild better-sqlite3\`.`,
      },
    );
  }
}

function openerOf(constructor: unknown): OpenFile | undefined {
  return typeof constructor === "function"
    ? (file) => Reflect.construct(constructor, [file]) as DriverDatabase
    : undefined;
}

function withoutExperimentalWarning<Result>(load: () => Result): Result {
  const emitWarning = Object.getOwnPropertyDescriptor(process, "emitWarning");
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    if (emitWarning !== undefined) {
      Object.defineProperty(process, "emitWarning", emitWarning);
    }
  }
}

function driverOf(name: SqliteDriver["name"], database: DriverDatabase): SqliteDriver {
  return {
    name,
    run(text, values) {
      const statement = database.prepare(text);
      statement.setReadBigInts?.(true);
      statement.safeIntegers?.(true);
      if (givesRows(statement, text)) {
        const rows = statement.all(...values).map(readRow);
        return { rows, rowCount: rows.length };
      }
      const { changes } = statement.run(...values);
      return {
        rows: [],
        rowCount: /^\s*(?:INSERT|UPDATE|DELETE|REPLACE|WITH)\b/i.test(text) ? Number(changes) : 0,
      };
    },
    close: () => database.close(),
  };
}

function givesRows(statement: DriverStatement, text: string): boolean {
  return (
    statement.reader ??
    (statement.columns === undefined
      ? /^\s*(?:SELECT|VALUES|PRAGMA|EXPLAIN)\b|\bRETURNING\b/i.test(text)
      : statement.columns().length > 0)
  );
}

/** Whole numbers that JavaScript can't hold are text, as `pg` gives them. */
function readRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, readValue(value)]));
}

function readValue(value: unknown): unknown {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  return value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

import { splitStatements } from "../sql/splitStatements";
import { tokenize } from "../sqlText/lexer";
import type { Connection, StatementResult } from "./connection";
import { DatabaseError } from "./databaseError";
import type { SqliteDriver, SqliteValue } from "./sqliteDriver";

const nothing: StatementResult = { rows: [], rowCount: 0 };
const transactionControl = /^\s*(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

/** A `Connection` over an open file; closing it closes the file. */
export function sqliteConnection(driver: SqliteDriver): Connection {
  let isCancelled = false;
  let isInTransaction = false;

  function runOne(text: string, values: readonly unknown[]): StatementResult {
    try {
      const prepared = numberedToPlain(text, values);
      const result = driver.run(prepared.text, prepared.values.map(toSqliteValue));
      isInTransaction = followTransaction(text, isInTransaction);
      return result;
    } catch (error) {
      throw statementError(error, text);
    }
  }
  /** Several statements in one text are done together or not at all, as in PostgreSQL's simple protocol. */
  function runTogether(statements: readonly StatementWithValues[]): StatementResult {
    const runEach = (): StatementResult =>
      statements.map(({ text, values }) => runOne(text, values)).at(-1) ?? nothing;
    if (statements.some(({ text }) => transactionControl.test(text))) {
      return runEach();
    }
    driver.run("SAVEPOINT alembic_statements", []);
    try {
      const result = runEach();
      driver.run("RELEASE alembic_statements", []);
      return result;
    } catch (error) {
      driver.run("ROLLBACK TO alembic_statements", []);
      driver.run("RELEASE alembic_statements", []);
      throw error;
    }
  }
  async function run(text: string, values: readonly unknown[] = []): Promise<StatementResult> {
    // The driver works on this very thread: between statements, signals and timers get their turn.
    await new Promise((resolve) => setImmediate(resolve));
    const statements = splitStatements(text, "sqlite");
    const [first = ""] = statements;
    if (isCancelled && !/^ROLLBACK\b/i.test(first)) {
      isCancelled = false;
      throw new DatabaseError("cancelled", "Cancelled; this statement was not sent.", { sql: text });
    }
    if (statements.length > 1) {
      return runTogether(distributeValues(statements, values, text));
    }
    return statements.length === 0 ? nothing : runOne(immediate(first), values);
  }
  return {
    dialect: "sqlite",
    run,
    query: async (text, values) => (await run(text, values)).rows,
    cancel() {
      isCancelled = true;
      return Promise.resolve();
    },
    isInTransaction: () => isInTransaction,
    close() {
      driver.close();
      return Promise.resolve();
    },
  };
}

/** A transaction that reads first and writes later is refused when somebody else has written meanwhile. */
function immediate(text: string): string {
  return /^BEGIN(?:\s+TRANSACTION)?$/i.test(text) ? "BEGIN IMMEDIATE" : text;
}

function followTransaction(text: string, isOpen: boolean): boolean {
  if (/^BEGIN\b/i.test(text)) {
    return true;
  }
  return /^(?:COMMIT|END|ROLLBACK(?!\s+(?:TRANSACTION\s+)?TO\b))\b/i.test(text) ? false : isOpen;
}

interface StatementWithValues {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Numbered parameters count through all statements of a text; each `?` takes the next value. */
function distributeValues(
  statements: readonly string[],
  values: readonly unknown[],
  whole: string,
): readonly StatementWithValues[] {
  let taken = 0;
  let isNumbered = false;
  const distributed = statements.map((text) => {
    const tokens = [...tokenize(text, "sqlite")];
    const places = tokens.filter((token) => token.text === "?").length;
    const hasNumbers = tokens.some(({ kind }) => kind === "parameter");
    isNumbered ||= hasNumbers;
    taken += places;
    return { text, values: hasNumbers ? values : values.slice(taken - places, taken) };
  });
  if (taken !== values.length && !(taken === 0 && isNumbered)) {
    throw new DatabaseError(
      "statement-failed",
      `The statements have ${String(taken)} placeholders, and ${String(values.length)} values were given.`,
      { sql: whole },
    );
  }
  return distributed;
}

/**
 * `$1`, `$2`, … as every statement of a revision may have them. To SQLite those are names, not numbers.
 * @throws Error where there is no value for one of them, for which SQLite would take NULL
 */
function numberedToPlain(
  text: string,
  values: readonly unknown[],
): { readonly text: string; readonly values: readonly unknown[] } {
  const tokens = /\$\d/.test(text) ? [...tokenize(text, "sqlite")] : [];
  if (!tokens.some(({ kind }) => kind === "parameter")) {
    return { text, values };
  }
  const ordered: unknown[] = [];
  const plain = tokens.map((token) => {
    if (token.kind !== "parameter") {
      return token.text;
    }
    const index = Number(token.text.slice(1)) - 1;
    if (index < 0 || index >= values.length) {
      throw new Error(`There is no value for ${token.text}: ${String(values.length)} were given`);
    }
    ordered.push(values[index]);
    return "?";
  });
  return { text: plain.join(""), values: ordered };
}

function toSqliteValue(value: unknown): SqliteValue {
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "object":
      if (value === null || value instanceof Uint8Array) {
        return value;
      }
      return value instanceof Date ? value.toISOString() : JSON.stringify(value);
    case "undefined":
      return null;
    default:
      throw new Error(`A value of type ${typeof value} cannot be used in SQL`);
  }
}

function statementError(error: unknown, sql: string): DatabaseError {
  const message = error instanceof Error ? error.message : String(error);
  return new DatabaseError("statement-failed", message, {
    sql,
    detail: resultCode(error),
    hint: /database is locked/i.test(message)
      ? "Another program is writing to the file; try again when it is done."
      : undefined,
  });
}

/** SQLite's own code: `SQLITE_CONSTRAINT_UNIQUE` of better-sqlite3, a number of node:sqlite. */
function resultCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const number: unknown = Reflect.get(error, "errcode");
  const code: unknown = Reflect.get(error, "code");
  return typeof number === "number"
    ? `SQLite result code ${String(number)}`
    : typeof code === "string" && code.startsWith("SQLITE_")
      ? code
      : undefined;
}

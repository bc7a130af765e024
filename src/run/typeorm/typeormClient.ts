import { DatabaseError } from "../../database/databaseError";
import type { StatementResult } from "../../database/connection";
import { refusesTransaction } from "../../sql/classifyStatement";
import type { Statement } from "../../sql/renderOperation";
import { splitStatements } from "../../sql/splitStatements";
import type { ApplicationValues } from "../../typeorm/adopt/applicationValues";
import type { TypeormClient } from "../../typeorm/adopt/runScope";
import { MigrationError } from "../migrationError";
import { commandOf, returnsChanges, transactionControl } from "./statementKind";
import { TransactionLevels } from "./transactionLevels";
import { unreadableRows } from "./unreadableRows";

export interface TypeormClientOptions {
  readonly revision: string;
  /** The name of the migration's class. */
  readonly migration: string;
  readonly isTransactional: boolean;
  /** False in a script, which has no database to read from. */
  readonly areRowsReadable: boolean;
  readonly values: ApplicationValues;
  /** Sends a statement in its turn, inside the run's transaction or outside it. */
  readonly send: (statement: Statement, isInside: boolean, wantsRows: boolean) => Promise<StatementResult>;
}

/** What the `pg` package gives for a statement. */
interface ClientResult {
  readonly command: string;
  readonly rowCount: number;
  readonly rows: readonly unknown[];
  readonly fields: readonly unknown[];
}

type Callback = (error: unknown, result?: ClientResult) => void;

/**
 * Stands in for a client of the `pg` package: what TypeORM sends over it becomes statements of the revision, recorded,
 * resumed and committed like its operations.
 */
export function createTypeormClient(options: TypeormClientOptions): TypeormClient {
  const levels = new TransactionLevels(options.isTransactional);

  async function send(text: string, values: readonly unknown[] = []): Promise<StatementResult> {
    const statement = {
      text,
      values: options.values.sent(values),
      isTransactional: !refusesTransaction(text),
      parsers: options.values.parsers,
    };
    return options.send(statement, levels.isInside, returnsChanges(text));
  }

  async function control(kind: NonNullable<ReturnType<typeof transactionControl>>): Promise<void> {
    switch (kind) {
      case "begin":
        await options.send(plain(levels.begin()), true, false);
        return;
      case "isolation":
        // The transaction is the run's, and its isolation was chosen when it began.
        return;
      case "commit": {
        const text = levels.commit();
        if (text !== undefined) {
          await options.send(plain(text), true, false);
        }
        return;
      }
      case "rollback":
        if (levels.isRunItself) {
          throw rollsBack(options);
        }
        for (const text of levels.rollback()) {
          await options.send(plain(text), true, false);
        }
    }
  }

  /** A text of several statements that begins or ends transactions is taken apart, so that those are the run's too. */
  async function run(text: string, values: readonly unknown[]): Promise<ClientResult> {
    const parts = values.length === 0 ? statementsWithControl(text) : [];
    if (parts.length === 0) {
      return runPart(text, values);
    }
    let result: ClientResult = { command: "", rowCount: 0, rows: [], fields: [] };
    for (const part of parts) {
      result = await runPart(part, values);
    }
    return result;
  }

  async function runPart(text: string, values: readonly unknown[]): Promise<ClientResult> {
    const kind = transactionControl(text);
    if (kind !== undefined) {
      await control(kind);
      return { command: commandOf(text), rowCount: 0, rows: [], fields: [] };
    }
    const { rows, rowCount } = await send(text, values).catch((error: unknown) => {
      throw error instanceof DatabaseError ? clientError(error) : error;
    });
    return {
      command: commandOf(text),
      rowCount,
      rows: options.areRowsReadable ? rows : unreadableRows(() => readsRows(options, text)),
      fields: [],
    };
  }

  return {
    query(statement, values, callback) {
      const { text, parameters } = readStatement(statement, values, options);
      const result = run(text, parameters);
      const done = (typeof values === "function" ? values : callback) as Callback | undefined;
      if (done !== undefined) {
        result.then(
          (value) => done(null, value),
          (error: unknown) => done(error),
        );
      }
      return result;
    },
    on: () => undefined,
    removeListener: () => undefined,
  };
}

/** The statements of a text, where some of them are of transactions; else none. */
function statementsWithControl(text: string): readonly string[] {
  const statements = /\b(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT)\b/i.test(text) ? splitStatements(text) : [];
  return statements.length > 1 && statements.some((part) => transactionControl(part) !== undefined)
    ? statements
    : [];
}

function plain(text: string): Statement {
  return { text, values: [], isTransactional: true };
}

/** `query(text, values)` and `query({ text, values })`, the two forms of the `pg` package that TypeORM's users know. */
function readStatement(
  statement: unknown,
  values: unknown,
  { revision, migration }: TypeormClientOptions,
): { readonly text: string; readonly parameters: readonly unknown[] } {
  const isConfig = typeof statement === "object" && statement !== null;
  const text: unknown = isConfig ? Reflect.get(statement, "text") : statement;
  const isCursor = isConfig && typeof Reflect.get(statement, "submit") === "function";
  if (typeof text !== "string" || isCursor) {
    throw new MigrationError(
      "not-runnable",
      `The TypeORM migration ${migration} streams rows, which an adopted migration can't do.`,
      { revision, hint: "Read them with queryRunner.query(), in portions if there are many." },
    );
  }
  const given: unknown = isConfig ? Reflect.get(statement, "values") : values;
  return { text, parameters: Array.isArray(given) ? given : [] };
}

/** An error as the `pg` package throws it, for code that looks at its SQLSTATE. */
function clientError(error: DatabaseError): Error {
  return Object.assign(new Error(error.message, { cause: error }), {
    severity: "ERROR",
    code: error.sqlState,
    detail: error.detail,
    hint: error.hint,
    position: error.position === undefined ? undefined : String(error.position),
  });
}

function readsRows({ revision, migration }: TypeormClientOptions, text: string): MigrationError {
  return new MigrationError(
    "reads-rows-offline",
    `The TypeORM migration ${migration} reads rows, and a script has no database to read them from.`,
    {
      revision,
      sql: text,
      hint: "Leave that revision out of the range, or run it against a database; plain queryRunner.query() statements can be scripted.",
    },
  );
}

function rollsBack({ revision, migration }: TypeormClientOptions): MigrationError {
  return new MigrationError(
    "not-runnable",
    `The TypeORM migration ${migration} rolls back the transaction that it runs in, which is the whole run's.`,
    {
      revision,
      hint: "To undo a part, start a nested transaction with queryRunner.startTransaction() and roll that one back. To give up, throw an error.",
    },
  );
}

import { captureCallSite, type CallSite } from "../operations/callSite";
import { OperationError } from "../operations/operationError";
import type { OperationQueue, Turn } from "../operations/operationQueue";
import { fragmentOf, isSqlFragment, type SqlFragment } from "../operations/sqlFragment";
import type { MigrationConnection, StatementResult, StreamOptions } from "../project/migrationConnection";
import { refusesTransaction } from "../sql/classifyStatement";
import { renderOperation, type Statement } from "../sql/renderOperation";
import { splitStatements } from "../sql/splitStatements";
import { MigrationError } from "./migrationError";
import type { MigrationSession } from "./session";
import { openRowReader, type RowReader } from "./rowReader";
import type { StatementSender } from "./statementSender";

/**
 * The `connection` of a revision. Its statements take their turn among the operations, so that a row is read
 * after the operations above it, awaited or not.
 * @param calls told where statements are called, and where one was that failed
 */
export function createMigrationConnection(
  revision: string,
  session: MigrationSession,
  queue: OperationQueue,
  sender: Pick<StatementSender, "send" | "readRows">,
  calls: { readonly called: (site: CallSite) => void; readonly failed: (site: CallSite) => void },
): MigrationConnection {
  async function execute<Row extends object>(
    text: string | SqlFragment,
    parameters: readonly unknown[],
    { wantsRows, callSite }: { readonly wantsRows: boolean; readonly callSite: CallSite },
  ): Promise<StatementResult<Row>> {
    calls.called(callSite);
    return queue.enqueue(async (turn) => {
      try {
        if (wantsRows && session.isOffline) {
          throw readsRowsOffline(revision, "query");
        }
        let result: StatementResult<object> = nothing;
        for (const statement of toStatements(text, parameters, session)) {
          result = await sender.send(statement, { ...turn, callSite }, wantsRows);
        }
        return result as StatementResult<Row>;
      } catch (error) {
        calls.failed(callSite);
        throw error;
      }
    });
  }
  // Named functions of their own: what called them is the first place in the stack that is of interest.
  function executeFrom<Row extends object>(
    statement: string | SqlFragment,
    parameters: readonly unknown[] = [],
  ): Promise<StatementResult<Row>> {
    return execute<Row>(statement, parameters, { wantsRows: false, callSite: captureCallSite(executeFrom) });
  }
  function queryFrom<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const callSite = captureCallSite(queryFrom);
    return execute<Row>(statement, parameters, { wantsRows: true, callSite }).then(({ rows }) => rows);
  }
  function streamFrom<Row extends object = Record<string, unknown>>(
    statement: string | SqlFragment,
    parameters: readonly unknown[] = [],
    options: StreamOptions = {},
  ): AsyncIterable<Row> {
    const callSite = captureCallSite(streamFrom);
    const inTurn = <Result>(task: (turn: Turn) => Promise<Result>): Promise<Result> => {
      calls.called(callSite);
      return queue.enqueue(async (turn) => {
        try {
          return await task(turn);
        } catch (error) {
          calls.failed(callSite);
          throw error;
        }
      });
    };
    return rowsOf<Row>(
      () =>
        inTurn(async (turn) => {
          if (session.isOffline) {
            throw readsRowsOffline(revision, "stream");
          }
          const wanted = oneStatement(statement, parameters, session);
          const reader = await sender.readRows(wanted, turn, rowsAtOnceOf(options));
          return { next: () => inTurn(() => reader.next()), close: () => inTurn(() => reader.close()) };
        }),
      () => queue.hasFailed,
    );
  }
  return { execute: executeFrom, query: queryFrom, stream: streamFrom };
}

/**
 * The rows that a reader gives, one by one.
 * @param isLost whether something has failed, after which there is nothing left to close
 */
async function* rowsOf<Row extends object>(
  open: () => Promise<RowReader>,
  isLost: () => boolean,
): AsyncGenerator<Row, void, undefined> {
  const reader = await open();
  try {
    for (let rows = await reader.next(); rows.length > 0; rows = await reader.next()) {
      yield* rows as readonly Row[];
    }
  } finally {
    if (!isLost()) {
      await reader.close();
    }
  }
}

const usualRowsAtOnce = 1000;

function rowsAtOnceOf({ rowsAtOnce = usualRowsAtOnce }: StreamOptions): number {
  if (!Number.isSafeInteger(rowsAtOnce) || rowsAtOnce < 1) {
    throw new OperationError(
      "invalid-argument",
      `rowsAtOnce of connection.stream() is ${String(rowsAtOnce)}`,
      "Give a whole number from 1.",
    );
  }
  return rowsAtOnce;
}

function oneStatement(
  text: string | SqlFragment,
  parameters: readonly unknown[],
  session: MigrationSession,
): Statement {
  const [statement, ...others] = toStatements(text, parameters, session);
  if (statement === undefined || others.length > 0) {
    throw new OperationError(
      "not-supported",
      "connection.stream() takes one statement",
      "Run the others with connection.execute().",
    );
  }
  return statement;
}

const nothing: StatementResult<object> = { rows: [], rowCount: 0 };

function readsRowsOffline(revision: string, method: "query" | "stream"): MigrationError {
  return new MigrationError(
    "reads-rows-offline",
    `Revision ${revision} reads rows with connection.${method}(), and a script has no database to read them from.`,
    {
      revision,
      hint: "Guard that part with `if (!context.isOffline)`, or run it with connection.execute() when its rows aren't needed.",
    },
  );
}

/** A `connection` for hooks, which run between the statements of a revision and not among them. */
export function directConnection(
  run: (text: string, values: readonly unknown[]) => Promise<StatementResult<Record<string, unknown>>>,
  session: MigrationSession,
): MigrationConnection {
  const execute = async <Row extends object>(
    text: string | SqlFragment,
    parameters: readonly unknown[] = [],
  ) => {
    let result: StatementResult<object> = nothing;
    for (const statement of toStatements(text, parameters, session)) {
      result = await run(statement.text, statement.values);
    }
    return result as StatementResult<Row>;
  };
  return {
    execute,
    query: async <Row extends object>(text: string | SqlFragment, parameters?: readonly unknown[]) =>
      (await execute<Row>(text, parameters)).rows,
    stream: <Row extends object>(
      text: string | SqlFragment,
      parameters: readonly unknown[] = [],
      options: StreamOptions = {},
    ) =>
      rowsOf<Row>(
        () =>
          openRowReader(oneStatement(text, parameters, session), {
            session,
            run: (part, values = []) => run(part, values),
            outlivesTransaction: true,
            rowsAtOnce: rowsAtOnceOf(options),
          }),
        () => false,
      ),
  };
}

/** Each statement of a text by itself, as `op.execute` has them; with parameters beside it, the text as it is. */
function toStatements(
  text: string | SqlFragment,
  parameters: readonly unknown[],
  session: MigrationSession,
): readonly Statement[] {
  if (!isSqlFragment(text) && parameters.length > 0) {
    splitStatements(text, session.dialect);
    return [{ text, values: parameters, isTransactional: !refusesTransaction(text) }];
  }
  return renderOperation({ kind: "execute", sql: fragmentOf(text) }, session.dialect, {
    offline: session.isOffline,
  });
}

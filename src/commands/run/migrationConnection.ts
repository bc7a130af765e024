import type { OperationQueue } from "../../operations/operationQueue";
import { isSqlFragment, type SqlFragment } from "../../operations/sqlFragment";
import type { MigrationConnection, StatementResult } from "../../project/migration";
import { refusesTransaction } from "../../sql/classifyStatement";
import { renderOperation, type Statement } from "../../sql/renderOperation";
import { MigrationError } from "./migrationError";
import type { MigrationSession } from "./session";
import type { SendStatement } from "./statementSender";

/**
 * The `connection` of a revision. Its statements take their turn among the operations, so that a row is read
 * after the operations above it, awaited or not.
 */
export function createMigrationConnection(
  revision: string,
  session: MigrationSession,
  queue: OperationQueue,
  send: SendStatement,
): MigrationConnection {
  async function execute<Row extends object>(
    text: string | SqlFragment,
    parameters: readonly unknown[],
    wantsRows: boolean,
  ): Promise<StatementResult<Row>> {
    return queue.enqueue(async (turn) => {
      const result = await send(toStatement(text, parameters, session), turn, wantsRows);
      return result as StatementResult<Row>;
    });
  }
  return {
    execute: (text, parameters = []) => execute(text, parameters, false),
    async query<Row extends object>(text: string | SqlFragment, parameters: readonly unknown[] = []) {
      if (session.isOffline) {
        throw new MigrationError(
          "reads-rows-offline",
          `Revision ${revision} reads rows with connection.query(), and a script has no database to read them from.`,
          {
            revision,
            hint: "Guard that part with `if (!context.isOffline)`, or run it with connection.execute() when its rows aren't needed.",
          },
        );
      }
      return (await execute<Row>(text, parameters, true)).rows;
    },
  };
}

/** A `connection` for hooks, which run between the statements of a revision and not among them. */
export function directConnection(
  run: (text: string, values: readonly unknown[]) => Promise<StatementResult<object>>,
  session: MigrationSession,
): MigrationConnection {
  const execute = async <Row extends object>(
    text: string | SqlFragment,
    parameters: readonly unknown[] = [],
  ) => {
    const statement = toStatement(text, parameters, session);
    return (await run(statement.text, statement.values)) as StatementResult<Row>;
  };
  return {
    execute,
    query: async <Row extends object>(text: string | SqlFragment, parameters?: readonly unknown[]) =>
      (await execute<Row>(text, parameters)).rows,
  };
}

function toStatement(
  text: string | SqlFragment,
  parameters: readonly unknown[],
  session: MigrationSession,
): Statement {
  if (!isSqlFragment(text)) {
    return { text, values: parameters, isTransactional: !refusesTransaction(text) };
  }
  const [statement] = renderOperation({ kind: "execute", sql: text }, session.dialect, {
    offline: session.isOffline,
  });
  return statement ?? { text: "", values: [], isTransactional: true };
}

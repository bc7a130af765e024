import type { SchemaOption, SqlText } from "../arguments";
import type { ColumnType } from "../column/columnType";
import type { JsonValue } from "../jsonValue";
import type { FragmentScalar, SqlFragment, SqlValue } from "../sqlFragment";
import type { OnTable } from "../target";

/**
 * A cell of a row: a value, or SQL that computes it. A list is JSON in a JSON column and an array in any other; the
 * insert looks up the type of the column.
 */
export type RowValue = FragmentScalar | readonly JsonValue[] | SqlFragment;

export interface BulkInsert extends OnTable {
  readonly kind: "bulkInsert";
  readonly columns: readonly string[];
  /** As long as `columns` each; `undefined` never occurs: a column that a row leaves out is sql`DEFAULT`. */
  readonly rows: readonly (readonly RowValue[])[];
}

export interface Execute {
  readonly kind: "execute";
  readonly sql: SqlFragment;
}

export type DataOperation = BulkInsert | Execute;

export interface BulkInsertOptions extends SchemaOption {
  /**
   * Types of columns, if the values alone do not determine them: with `{ settings: "jsonb" }` lists and strings become
   * JSON, with `{ tags: "text[]" }` lists become arrays. Lists need this only in a script (`--sql`), and only if empty.
   */
  readonly types?: Readonly<Record<string, ColumnType>>;
}

/** Rows and statements. */
export interface DataOperations {
  /**
   * Inserts rows, many in one statement. A column that a row leaves out gets its default.
   *
   * @param rows by column name; objects become JSON; lists JSON in a `json` or `jsonb` column, arrays in any other; dates
   *   UTC; a string in a JSON column is JSON text as it stands; sql`…` is an expression
   * @throws OperationError for a value that SQL cannot represent, and in a script for `[]` in a column without a type
   * @example
   * await op.bulkInsert("roles", [
   *   { id: 1, name: "admin" },
   *   { id: 2, name: "reader" },
   * ]);
   */
  bulkInsert(
    table: string,
    rows: readonly Readonly<Record<string, SqlValue | SqlFragment | undefined>>[],
    options?: BulkInsertOptions,
  ): Promise<void>;

  /**
   * Runs SQL: a string, which may hold several statements, or sql`…` with parameters. A statement that PostgreSQL
   * refuses inside a transaction runs outside one.
   *
   * @example
   * await op.execute("CREATE INDEX CONCURRENTLY idx_users_email ON users (email)");
   * await op.execute(sql`UPDATE users SET status = ${"active"} WHERE status = ${"enabled"}`);
   */
  execute(statement: SqlText): Promise<void>;
}

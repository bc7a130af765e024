/** One statement for a driver: `values` are for `$1`, `$2`, … (SQLite: `?`) in `text`. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** `false`: the database refuses it inside a transaction. */
  readonly isTransactional: boolean;
}

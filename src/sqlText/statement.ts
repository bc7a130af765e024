/** What reads the text of a column's value, by its type: the `types` of the `pg` package. */
export interface ValueParsers {
  readonly getTypeParser: (typeOid: number, format?: string) => (text: string) => unknown;
}

/** One statement for a driver: `values` are for `$1`, `$2`, … (SQLite: `?`) in `text`. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** `false`: the database refuses it inside a transaction. */
  readonly isTransactional: boolean;
  /** Instead of those of the connection. */
  readonly parsers?: ValueParsers | undefined;
}

import type { FragmentArray, FragmentScalar, SqlFragment } from "../sqlFragment";
import type { OnTable } from "./target";

/** A cell of a row: a value, or SQL that makes it. */
export type RowValue = FragmentScalar | FragmentArray | SqlFragment;

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

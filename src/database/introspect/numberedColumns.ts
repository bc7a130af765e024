import type { Row } from "../connection";
import { groupRows, text } from "./rowValues";

/** What constraints and indexes have to know of a column that they give by its number. */
export interface NumberedColumn {
  readonly name: string;
  /** The OID of its collation; `0` where its type has none. */
  readonly collation: string;
}

/** Columns by the OID of their relation and their own number. */
export type NumberedColumns = ReadonlyMap<string, ReadonlyMap<string, NumberedColumn>>;

/** The columns of the columns' query by their numbers. */
export function numberColumns(rows: readonly Row[]): NumberedColumns {
  return new Map(
    [...groupRows(rows, "relation")].map(([relation, group]) => [
      relation,
      new Map(
        group.map((row) => [
          text(row, "number"),
          { name: text(row, "name"), collation: text(row, "collation_id") },
        ]),
      ),
    ]),
  );
}

/** @throws Error where somebody has added the column since the columns were read */
export function numberedColumn(columns: NumberedColumns, relation: string, number: string): NumberedColumn {
  const column = columns.get(relation)?.get(number);
  if (column === undefined) {
    throw new Error("A table was changed while the schema was read. Run the command again.");
  }
  return column;
}

/**
 * The names of columns. Left out are 0, for an expression of an exclusion and for whole rows, and the negative numbers of system
 * columns.
 *
 * @param numbers joined by commas. Empty or undefined for a constraint without columns.
 * @returns nothing for a relation that is not read, as a foreign table: nobody asks for its constraints
 * @throws Error as `numberedColumn` does
 */
export function columnNames(
  columns: NumberedColumns,
  relation: string,
  numbers: string | undefined,
): readonly string[] {
  return !columns.has(relation) || numbers === undefined || numbers === ""
    ? []
    : numbers
        .split(",")
        .filter((number) => Number(number) > 0)
        .map((number) => numberedColumn(columns, relation, number).name);
}

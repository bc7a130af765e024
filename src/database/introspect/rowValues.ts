import type { Row } from "../connection";

/** A text of a row. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : String(value);
}

/** A text, or `undefined` for NULL. */
export function optionalText(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === null || value === undefined ? undefined : text(row, column);
}

/** A boolean; false for NULL. */
export function flag(row: Row, column: string): boolean {
  return row[column] === true;
}

/** A `text[]`; empty for NULL. */
export function textList(row: Row, column: string): readonly string[] {
  const value = row[column];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A JSON array of objects; empty for NULL. */
export function rowList(row: Row, column: string): readonly Row[] {
  const value = row[column];
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}

/** One of a few letters as what it stands for. */
export function letter<Meaning>(row: Row, column: string, meanings: ReadonlyMap<string, Meaning>): Meaning {
  const meaning = meanings.get(text(row, column));
  if (meaning === undefined) {
    throw new Error(`The catalog's ${column} is '${text(row, column)}', which is not known.`);
  }
  return meaning;
}

/** Rows by one of their columns, in their order. */
export function groupRows(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = text(row, column);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [row]);
    } else {
      group.push(row);
    }
  }
  return groups;
}

import type { Makers } from "../makers";
import { schemaKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { present } from "../sparse";
import { fragmentOf, isSqlFragment, jsonText, sqlText, toFragmentValue, toJsonValue } from "../sqlFragment";
import type { SqlFragment, SqlValue } from "../sqlFragment";
import type { DataOperations, BulkInsert, RowValue } from "./rows";

type Row = Readonly<Record<string, SqlValue | SqlFragment | undefined>>;

/** The makers of rows and statements. */
export const rowMakers: Makers<keyof DataOperations> = {
  bulkInsert: (table, rows, { schema, types } = {}) => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const typeOf = new Map(Object.entries(types ?? {}));
    return present<BulkInsert>({
      kind: "bulkInsert",
      table,
      schema,
      columns,
      rows: rows.map((row) => columns.map((column) => cell(row, column, typeOf.get(column)))),
    });
  },
  execute: (statement) => ({ kind: "execute", sql: fragmentOf(statement) }),
};

function cell(row: Row, column: string, type: string | undefined): RowValue {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  if (value === undefined) {
    return sqlText("DEFAULT");
  }
  if (isSqlFragment(value)) {
    return value;
  }
  if (type !== undefined && /^jsonb?$/i.test(type.trim()) && value !== null) {
    return jsonText(value);
  }
  if (!Array.isArray(value)) {
    return toFragmentValue(value);
  }
  return type === undefined
    ? value.map(toJsonValue)
    : { kind: "sql", text: ["", ""], values: [toFragmentValue(value)] };
}

/** What their methods take. */
export const rowSignatures: Signatures<keyof DataOperations> = {
  bulkInsert: [given.table, ["rows", "objects"], ["options?", { ...schemaKeys, types: "object" }]],
  execute: [["statement", "sql"]],
};

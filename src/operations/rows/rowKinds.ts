import { tableSubject } from "../kind";
import type { KindTable } from "../kind";
import { call, plain } from "../printing/printedCall";
import type { OperationCall } from "../printing/printedCall";
import type { BulkInsert, DataOperation } from "./rows";

/** The ways back, the printed calls and the words of each operation on rows, and of statements. */
export const rowKinds: KindTable<DataOperation> = {
  bulkInsert: { invert: () => undefined, calls: bulkInsertCall, subject: tableSubject },
  execute: {
    invert: () => undefined,
    calls: ({ kind, sql }) => [{ method: kind, input: [plain(sql)] }],
    subject: () => "",
  },
};

function bulkInsertCall({ table, columns, rows, schema }: BulkInsert): readonly OperationCall[] {
  const printed = rows.map((row, rowIndex) =>
    Object.fromEntries(
      columns.flatMap((column, index) => {
        const cell = row[index];
        const isLeftOut = rowIndex > 0 && JSON.stringify(cell) === defaultCell;
        return isLeftOut ? [] : [[column, cell]];
      }),
    ),
  );
  return [call("bulkInsert", [table, printed], { schema })];
}

const defaultCell = JSON.stringify({ kind: "sql", text: ["DEFAULT"], values: [] });

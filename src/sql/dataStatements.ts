import type { BulkInsert, Execute, RowValue } from "../operations/rows/rows";
import { toFragmentValue, type SqlFragment } from "../operations/sqlFragment";
import { refusesTransaction } from "./classifyStatement";
import type { Dialect } from "../sqlText/dialect";
import { inlineFragment, parametrizeFragment } from "./fragment";
import { significantTokens } from "../sqlText/lexer";
import { quoteNameList, quoteQualifiedName } from "./quote";
import { splitStatements } from "./splitStatements";
import type { Statement } from "../sqlText/statement";

/** PostgreSQL's protocol counts parameters in 16 bits, SQLite allows 32,766. */
const maximumParameters = 32_000;
const maximumRows = 1_000;

/** Statements that take parameters. */
const parametrized: ReadonlySet<string> = new Set([
  "SELECT",
  "INSERT",
  "UPDATE",
  "DELETE",
  "MERGE",
  "WITH",
  "VALUES",
  "REPLACE",
]);

/** A statement whose values are all in its text. */
export function plainStatement(text: string): Statement {
  return { text, values: [], isTransactional: !refusesTransaction(text) };
}

/** `INSERT` for all rows: parameters for a live run, literals in a script. */
export function bulkInsert(
  operation: BulkInsert,
  dialect: Dialect,
  isOffline: boolean,
): readonly Statement[] {
  if (operation.rows.length === 0) {
    return [];
  }
  const table = quoteQualifiedName(operation.schema, operation.table);
  if (operation.columns.length === 0) {
    return operation.rows.map(() => plainStatement(`INSERT INTO ${table} DEFAULT VALUES`));
  }
  const rows = Math.max(1, Math.min(maximumRows, Math.floor(maximumParameters / operation.columns.length)));
  const statements: Statement[] = [];
  for (let start = 0; start < operation.rows.length; start += rows) {
    const head = `INSERT INTO ${table} ${quoteNameList(operation.columns)} VALUES`;
    const fragment = insertFragment(head, operation.rows.slice(start, start + rows), dialect);
    statements.push(statementOf(fragment, dialect, isOffline));
  }
  return statements;
}

function insertFragment(head: string, rows: readonly (readonly RowValue[])[], dialect: Dialect): SqlFragment {
  const text = [head];
  const values: SqlFragment["values"][number][] = [];
  const append = (piece: string): void => {
    text[text.length - 1] = (text[text.length - 1] ?? "") + piece;
  };
  rows.forEach((row, rowIndex) => {
    append(`${rowIndex === 0 ? "" : ","}\n    (`);
    row.forEach((cell, cellIndex) => {
      append(cellIndex === 0 ? "" : ", ");
      if (typeof cell === "object" && cell !== null && "kind" in cell) {
        append(cell.text[0] ?? "");
        values.push(...cell.values);
        text.push(...cell.text.slice(1));
      } else {
        values.push(
          Array.isArray(cell) && dialect === "sqlite" ? JSON.stringify(cell) : toFragmentValue(cell),
        );
        text.push("");
      }
    });
    append(")");
  });
  return { kind: "sql", text, values };
}

function statementOf(fragment: SqlFragment, dialect: Dialect, isOffline: boolean): Statement {
  return isOffline
    ? { text: inlineFragment(fragment, dialect), values: [], isTransactional: true }
    : { ...parametrizeFragment(fragment, dialect), isTransactional: true };
}

/** Each statement of the text by itself, so that one which refuses a transaction can run outside. */
export function execute({ sql }: Execute, dialect: Dialect, isOffline: boolean): readonly Statement[] {
  const texts = splitStatements(inlineFragment(sql, dialect), dialect);
  const hasValues = sql.values.length > 0;
  if (!isOffline && hasValues && texts.length === 1) {
    const { text, values } = parametrizeFragment(sql, dialect);
    const [statement = text] = splitStatements(text, dialect);
    const [first] = significantTokens(statement, dialect);
    if (first !== undefined && parametrized.has(first.text.toUpperCase())) {
      return [{ text: statement, values, isTransactional: true }];
    }
  }
  return texts.map(plainStatement);
}

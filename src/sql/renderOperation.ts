import type { Operation } from "../operations/operation";
import type { Dialect } from "../sqlText/dialect";
import { renderPostgresql } from "./postgresql/renderPostgresql";
import { renderSqlite } from "./sqlite/renderSqlite";
import type { Statement } from "../sqlText/statement";

export type { Dialect } from "../sqlText/dialect";
export type { Statement } from "../sqlText/statement";

export interface RenderOptions {
  /** For a script: every value is written into the text, `values` is empty. */
  readonly offline?: boolean;
}

/**
 * The SQL of an operation, in the order in which it has to run; statements end without a semicolon. Parameters are
 * used in data statements only: PostgreSQL takes none in definitions, where values are always written as literals.
 *
 * @throws OperationError for what the dialect cannot do (`needs-batch`, `not-supported`) and for SQL or names that
 *   cannot be written safely
 */
export function renderOperation(
  operation: Operation,
  dialect: Dialect,
  { offline = false }: RenderOptions = {},
): readonly Statement[] {
  return dialect === "postgresql" ? renderPostgresql(operation, offline) : renderSqlite(operation, offline);
}

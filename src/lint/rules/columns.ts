import type { ColumnDef, Constraint, Node } from "libpg-query";
import {
  isChange,
  nodeOf,
  nodesBelow,
  nodesOf,
  relationName,
  strings,
  tableChanges,
  typeText,
} from "../syntaxTree";
import type { TableChange } from "../syntaxTree";

/** The column that an ADD COLUMN adds. */
export function addedColumn(change: TableChange): ColumnDef | undefined {
  return isChange(change, "AT_AddColumn") ? nodeOf(change.command.def, "ColumnDef") : undefined;
}

export function constraintsOf(column: ColumnDef): readonly Constraint[] {
  return nodesOf(column.constraints, "Constraint");
}

export function hasConstraint(column: ColumnDef, type: NonNullable<Constraint["contype"]>): boolean {
  return constraintsOf(column).some(({ contype }) => contype === type);
}

/** The expression of a column's default. */
export function defaultOf(column: ColumnDef): Node | undefined {
  return constraintsOf(column).find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
}

/** All columns that a statement makes, in new tables and old ones. */
export function columnsMade(node: Node): readonly { readonly table: string; readonly column: ColumnDef }[] {
  const table = nodeOf(node, "CreateStmt");
  const made = nodesOf(table?.tableElts, "ColumnDef").map((column) => ({
    table: relationName(table?.relation),
    column,
  }));
  const added = tableChanges(node).flatMap((change) => {
    const column = addedColumn(change);
    return column === undefined ? [] : [{ table: change.table, column }];
  });
  return [...made, ...added];
}

export function isSerial(column: ColumnDef): boolean {
  return /^(?:big|small)?serial[248]?$/.test(typeText(column.typeName));
}

/** What is known of how a default behaves: a constant for all rows there are, or one for each. */
export type DefaultKind = "constant" | "volatile" | "unknown";

/** They give another value for each row (`provolatile` is `v` in pg_proc). */
const volatileFunctions: ReadonlySet<string> = new Set([
  "clock_timestamp",
  "gen_random_bytes",
  "gen_random_uuid",
  "lastval",
  "nextval",
  "pg_sleep",
  "random",
  "random_normal",
  "setseed",
  "setval",
  "timeofday",
  "txid_current",
  "uuid_generate_v1",
  "uuid_generate_v1mc",
  "uuid_generate_v4",
  "uuidv4",
  "uuidv7",
]);

/** Common in defaults, and the same for all rows of a statement. */
const steadyFunctions: ReadonlySet<string> = new Set([
  "age",
  "array_fill",
  "coalesce",
  "concat",
  "current_schema",
  "current_setting",
  "date_part",
  "date_trunc",
  "decode",
  "encode",
  "format",
  "jsonb_build_array",
  "jsonb_build_object",
  "json_build_array",
  "json_build_object",
  "lower",
  "make_date",
  "make_interval",
  "md5",
  "now",
  "statement_timestamp",
  "timezone",
  "to_char",
  "to_date",
  "to_json",
  "to_jsonb",
  "to_timestamp",
  "to_tsvector",
  "transaction_timestamp",
  "upper",
]);

export function kindOfDefault(expression: Node | undefined): DefaultKind {
  const names = nodesBelow(expression, "FuncCall").map(
    ({ funcname }) => strings(funcname).at(-1)?.toLowerCase() ?? "",
  );
  if (names.some((name) => volatileFunctions.has(name))) {
    return "volatile";
  }
  return names.every((name) => steadyFunctions.has(name)) ? "constant" : "unknown";
}

export function functionNames(expression: Node | undefined): readonly string[] {
  return nodesBelow(expression, "FuncCall").map(({ funcname }) => strings(funcname).join("."));
}

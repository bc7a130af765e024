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

/** All columns that a statement adds, to new tables and old ones. */
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

/** All columns to which a statement gives another type. */
export function columnsRetyped(node: Node): ReturnType<typeof columnsMade> {
  return tableChanges(node).flatMap((change) => {
    const column = nodeOf(change.command.def, "ColumnDef");
    return isChange(change, "AT_AlterColumnType") && column !== undefined
      ? [{ table: change.table, column: { ...column, colname: change.command.name } as ColumnDef }]
      : [];
  });
}

export function isSerial(column: ColumnDef): boolean {
  return /^(?:big|small)?serial[248]?$/.test(typeText(column.typeName));
}

/** What is known of how a default behaves: one value for all existing rows, or one for each. */
export type DefaultKind = "constant" | "volatile" | "unknown";

/** They return another value for each row (`provolatile` is `v` in pg_proc). */
const volatileFunctions: ReadonlySet<string> = new Set([
  "clock_timestamp",
  "currval",
  "gen_random_bytes",
  "gen_random_uuid",
  "lastval",
  "nextval",
  "pg_sleep",
  "random",
  "gen_salt",
  "random_normal",
  "setseed",
  "setval",
  "timeofday",
  "uuid_generate_v1",
  "uuid_generate_v1mc",
  "uuid_generate_v4",
  "uuidv4",
  "uuidv7",
]);

/** Common in defaults, and the same for all rows of a statement. */
const steadyFunctions: ReadonlySet<string> = new Set([
  "abs",
  "age",
  "array_append",
  "array_fill",
  "ceil",
  "coalesce",
  "concat",
  "concat_ws",
  "current_database",
  "current_schema",
  "current_setting",
  "date",
  "daterange",
  "date_part",
  "date_trunc",
  "decode",
  "encode",
  "floor",
  "format",
  "int4range",
  "int8range",
  "jsonb_build_array",
  "jsonb_build_object",
  "json_build_array",
  "json_build_object",
  "left",
  "length",
  "lower",
  "lpad",
  "make_date",
  "make_interval",
  "make_time",
  "make_timestamp",
  "make_timestamptz",
  "md5",
  "now",
  "numrange",
  "pg_current_xact_id",
  "repeat",
  "replace",
  "right",
  "round",
  "sha256",
  "split_part",
  "statement_timestamp",
  "string_to_array",
  "substr",
  "substring",
  "timezone",
  "to_char",
  "to_date",
  "to_json",
  "to_jsonb",
  "to_timestamp",
  "to_tsvector",
  "transaction_timestamp",
  "trunc",
  "tsrange",
  "tstzrange",
  "txid_current",
  "upper",
  "uuid_generate_v3",
  "uuid_generate_v5",
  "uuid_nil",
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

/** The functions of a default of which it is not known whether they are volatile. */
export function unknownFunctions(expression: Node | undefined): readonly string[] {
  return nodesBelow(expression, "FuncCall")
    .map(({ funcname }) => strings(funcname))
    .filter((parts) => !steadyFunctions.has(parts.at(-1)?.toLowerCase() ?? ""))
    .map((parts) => parts.join("."));
}

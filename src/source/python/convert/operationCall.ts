import type { AlterColumnOptions } from "../../../operations/column/column";
import type { MakerName, Makers } from "../../../operations/makers";
import type { Operation } from "../../../operations/operation";
import { present } from "../../../operations/sparse";
import { sqlText } from "../../../operations/sqlFragment";
import { convertBulkInsert } from "./bulkInsert";
import { CallArguments, dropOptions, Inconvertible, isAbsent, textOfTerm } from "./callArguments";
import { readColumn } from "./column";
import { readEnum, readType } from "./columnType";
import {
  createCheckConstraint,
  createForeignKey,
  createPrimaryKey,
  createUniqueConstraint,
  dropConstraint,
} from "./constraintCall";
import { columnIndexes, convertCreateTable } from "./createTable";
import { createIndex, dropIndex } from "./indexCall";
import { defaultSql, textSql } from "./sqlTerm";
import type { CallTerm, Term } from "./term";

type AllMakers = Makers<MakerName>;

/** The table of a batch, which its methods leave out. */
export interface BatchTable {
  readonly table: string;
  readonly schema: string | undefined;
}

interface Directive {
  /** Alembic's names of the positional arguments. */
  readonly parameters: readonly string[];
  /** Those of the arguments that a batch gives. */
  readonly table: string;
  readonly schema: string;
  readonly convert: (makers: AllMakers, given: CallArguments) => readonly Operation[];
}

function onTable(
  parameters: readonly string[],
  convert: Directive["convert"],
  table = "table_name",
  schema = "schema",
): Directive {
  return { parameters, table, schema, convert };
}

/** Those of both `op` and a batch. */
const alterations: Readonly<Record<string, Directive>> = {
  add_column: onTable(["table_name", "column", "schema"], addColumn),
  drop_column: onTable(["table_name", "column_name", "schema"], dropColumn),
  alter_column: onTable(["table_name", "column_name"], alterColumn),
  create_index: onTable(["index_name", "table_name", "columns", "schema", "unique"], createIndex),
  drop_index: onTable(["index_name", "table_name", "schema"], dropIndex),
  create_foreign_key: onTable(
    ["constraint_name", "source_table", "referent_table", "local_cols", "remote_cols"],
    createForeignKey,
    "source_table",
    "source_schema",
  ),
  create_unique_constraint: onTable(
    ["constraint_name", "table_name", "columns", "schema"],
    createUniqueConstraint,
  ),
  create_check_constraint: onTable(
    ["constraint_name", "table_name", "condition", "schema"],
    createCheckConstraint,
  ),
  create_primary_key: onTable(["constraint_name", "table_name", "columns", "schema"], createPrimaryKey),
  drop_constraint: onTable(["constraint_name", "table_name", "type_", "schema"], dropConstraint),
  create_table_comment: onTable(["table_name", "comment", "existing_comment", "schema"], createTableComment),
  drop_table_comment: onTable(["table_name", "existing_comment", "schema"], dropTableComment),
};

/** Those of `op` alone. */
const others: Readonly<Record<string, Directive>> = {
  drop_table: onTable(["table_name", "schema"], dropTable),
  rename_table: onTable(["old_table_name", "new_table_name", "schema"], renameTable, "old_table_name"),
};

/**
 * The operations of one call in a revision: of `op`, of its connection, or of an enum's type.
 * @throws Inconvertible, OperationError
 */
export function convertCall(makers: AllMakers, call: CallTerm): readonly Operation[] {
  if (call.receiver !== undefined) {
    return convertMethod(makers, call, call.receiver);
  }
  const name = /^alembic\.op\.(\w+)$/.exec(call.path)?.[1] ?? "";
  switch (name) {
    case "create_table":
      return convertCreateTable(makers, call);
    case "bulk_insert":
      return convertBulkInsert(makers, call);
    case "execute":
      return [makers.execute(statementOf(call))];
  }
  const directive = directiveOf(alterations, name) ?? directiveOf(others, name);
  if (directive === undefined) {
    throw new Inconvertible(`${call.path === "" ? "this call" : call.path} is not converted`);
  }
  return finished(makers, directive, new CallArguments(call, directive.parameters));
}

/** The operations of a call of a batch's method. */
export function convertBatchCall(makers: AllMakers, call: CallTerm, batch: BatchTable): readonly Operation[] {
  const directive = directiveOf(alterations, call.path);
  if (directive === undefined) {
    throw new Inconvertible(`${call.path} of a batch is not converted`);
  }
  const names = new Set([directive.table, directive.schema]);
  const given = new CallArguments(
    call,
    directive.parameters.filter((name) => !names.has(name)),
  );
  given.supply(directive.table, batch.table);
  given.supply(directive.schema, batch.schema);
  return finished(makers, directive, given);
}

function directiveOf(table: Readonly<Record<string, Directive>>, name: string): Directive | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function finished(makers: AllMakers, directive: Directive, given: CallArguments): readonly Operation[] {
  const operations = directive.convert(makers, given);
  given.finish();
  return operations;
}

/** `op.get_bind().execute(…)`, `sa.Enum(…).create(…)`. */
function convertMethod(makers: AllMakers, call: CallTerm, receiver: Term): readonly Operation[] {
  const home = receiver.kind === "call" && receiver.receiver === undefined ? receiver.path : "";
  if (home === "alembic.op.get_bind" && call.path === "execute") {
    return [makers.execute(statementOf(call))];
  }
  const isEnum = home === "sqlalchemy.Enum" || home === "postgresql.ENUM";
  if (receiver.kind !== "call" || !isEnum || (call.path !== "create" && call.path !== "drop")) {
    throw new Inconvertible(`${call.path} is not converted`);
  }
  const { name, schema, values, checksFirst } = readEnum(receiver);
  const given = new CallArguments(call, ["bind", "checkfirst"]);
  const bind = given.take("bind");
  if (bind?.kind !== "call" || bind.path !== "alembic.op.get_bind") {
    throw new Inconvertible(`${call.path} of an enum is not given op.get_bind()`);
  }
  const isChecked = given.optionalFlag("checkfirst") ?? checksFirst;
  given.finish();
  const place = schema === undefined ? {} : { schema };
  if (call.path === "drop") {
    return [makers.dropEnum(name, { ...place, ...(isChecked ? { ifExists: true } : {}) })];
  }
  if (values.length === 0) {
    throw new Inconvertible(`the values of the enum ${name} are not written out`);
  }
  return [makers.createEnum(name, values, { ...place, ...(isChecked ? { ifNotExists: true } : {}) })];
}

function statementOf(call: CallTerm): string {
  const given = new CallArguments(call, ["sqltext"]);
  const statement = given.take("sqltext");
  given.finish();
  if (statement?.kind === "literal") {
    return textSql(textOfTerm(statement, "the statement"));
  }
  if (statement?.kind === "call" && statement.path === "sqlalchemy.text") {
    const text = new CallArguments(statement, ["text"]);
    const sql = textSql(text.text("text"));
    text.finish();
    return sql;
  }
  throw new Inconvertible("the statement is not a plain string or sa.text(…)");
}

function addColumn(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const table = given.text("table_name");
  const schema = given.optionalText("schema");
  const column = readColumn(given.take("column"));
  if (column.isPrimaryKey || column.autoincrement === true) {
    throw new Inconvertible(`${column.name} is added as a primary key`);
  }
  given.ignore("insert_before", "insert_after");
  const options = present<{ schema?: string; ifNotExists?: boolean }>({
    schema,
    ifNotExists: given.optionalFlag("if_not_exists"),
  });
  return [
    makers.addColumn(table, column.name, column.options, options),
    ...columnIndexes(makers, table, schema, [column]),
  ];
}

function dropColumn(makers: AllMakers, given: CallArguments): readonly Operation[] {
  return [makers.dropColumn(given.text("table_name"), given.text("column_name"), dropOptions(given))];
}

function alterColumn(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const type = given.take("type_");
  const using = given.take("postgresql_using");
  const existingType = given.take("existing_type");
  if (!isAbsent(type) && mayHaveCheck(existingType)) {
    throw new Inconvertible("the check constraint of existing_type goes with the type");
  }
  const serverDefault = given.take("server_default");
  const comment = given.take("comment");
  // Of a column that exists, only MySQL takes notice of the first.
  given.ignore("autoincrement", "existing_autoincrement", "existing_comment");
  const changes = present<AlterColumnOptions>({
    type: isAbsent(type) ? undefined : readType(type).type,
    using: isAbsent(using) ? undefined : sqlText(textOfTerm(using, "postgresql_using")),
    nullable: given.optionalFlag("nullable"),
    default: isLeftAlone(serverDefault)
      ? undefined
      : isAbsent(serverDefault)
        ? null
        : defaultSql(serverDefault),
    comment: isLeftAlone(comment) ? undefined : isAbsent(comment) ? null : textOfTerm(comment, "comment"),
    newName: given.optionalText("new_column_name"),
    schema: given.optionalText("schema"),
    ...existing(given, existingType),
  });
  const table = given.text("table_name");
  return [makers.alterColumn(table, given.text("column_name"), changes)];
}

/** Whether a column of a type may have a CHECK that SQLAlchemy made with it: PostgreSQL's own enums and booleans have none. */
function mayHaveCheck(type: Term | undefined): boolean {
  if (type?.kind !== "call" || !/^(?:sqlalchemy\.Enum|postgresql\.ENUM)$/.test(type.path)) {
    return false;
  }
  const isSurely = (name: string, value: boolean): boolean => {
    const term = type.keywords.get(name);
    return term === undefined || (term.kind === "literal" && term.value === value);
  };
  // What is not said is false and true.
  return !isSurely("create_constraint", false) && !isSurely("native_enum", true);
}

function isLeftAlone(term: Term | undefined): term is undefined {
  return term === undefined || (term.kind === "literal" && term.value === false);
}

/** What was before, as far as it can be read: nothing of it reaches the database. */
function existing(
  given: CallArguments,
  type: Term | undefined,
): Pick<AlterColumnOptions, "existingType" | "existingNullable" | "existingDefault"> {
  const nullable = given.take("existing_nullable");
  const serverDefault = given.take("existing_server_default");
  return present<Pick<AlterColumnOptions, "existingType" | "existingNullable" | "existingDefault">>({
    existingType: isAbsent(type) ? undefined : readable(() => readType(type).type),
    existingNullable:
      nullable?.kind === "literal" && typeof nullable.value === "boolean" ? nullable.value : undefined,
    existingDefault: isLeftAlone(serverDefault)
      ? undefined
      : isAbsent(serverDefault)
        ? null
        : readable(() => defaultSql(serverDefault)),
  });
}

function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Inconvertible) {
      return undefined;
    }
    throw error;
  }
}

function dropTable(makers: AllMakers, given: CallArguments): readonly Operation[] {
  return [makers.dropTable(given.text("table_name"), dropOptions(given))];
}

function renameTable(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const schema = given.optionalText("schema");
  const names = [given.text("old_table_name"), given.text("new_table_name")] as const;
  return [makers.renameTable(...names, schema === undefined ? {} : { schema })];
}

function createTableComment(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const table = given.text("table_name");
  const comment = given.text("comment");
  return [makers.createTableComment(table, comment, commentOptions(given))];
}

function dropTableComment(makers: AllMakers, given: CallArguments): readonly Operation[] {
  return [makers.dropTableComment(given.text("table_name"), commentOptions(given))];
}

function commentOptions(given: CallArguments): { schema?: string; existingComment?: string } {
  return present<{ schema?: string; existingComment?: string }>({
    schema: given.optionalText("schema"),
    existingComment: given.optionalText("existing_comment"),
  });
}

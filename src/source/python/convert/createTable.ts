import type { NamedColumnOptions } from "../../../operations/column/columnDefinition";
import type {
  CheckOptions,
  ForeignKeyOptions,
  PrimaryKeyOptions,
  UniqueOptions,
} from "../../../operations/constraint/constraintDefinition";
import type { MakerName, Makers } from "../../../operations/makers";
import type { Operation } from "../../../operations/operation";
import { present } from "../../../operations/sparse";
import type { CreateTableOptions } from "../../../operations/table/table";
import { CallArguments, Inconvertible, textOfTerm, textsOfTerm } from "./callArguments";
import { deferrability, foreignKeyActions, readColumn, referenceOf, type ColumnTerm } from "./column";
import type { EnumTerm } from "./columnType";
import { tableIndex } from "./indexCall";
import { conditionSql } from "./sqlTerm";
import type { CallTerm, Term } from "./term";

type AllMakers = Makers<MakerName>;

interface TableParts {
  readonly columns: ColumnTerm[];
  readonly primaryKeys: PrimaryKeyOptions[];
  readonly uniques: UniqueOptions[];
  readonly checks: CheckOptions[];
  readonly foreignKeys: ForeignKeyOptions[];
  readonly indexes: CallTerm[];
}

/** `op.create_table`, with the types that it makes before the table and the indexes that it makes after it. */
export function convertCreateTable(makers: AllMakers, call: CallTerm): readonly Operation[] {
  const given = new CallArguments(call, ["table_name"]);
  const table = given.text("table_name");
  const schema = given.optionalText("schema");
  const parts = readTableParts(given.takeRest());
  const [primaryKey, another] = parts.primaryKeys;
  if (another !== undefined) {
    throw new Inconvertible(`${table} has several primary keys`);
  }
  const flagged = parts.columns.filter(({ isPrimaryKey }) => isPrimaryKey).map(({ name }) => name);
  if (primaryKey !== undefined && flagged.some((name) => !primaryKey.columns.includes(name))) {
    throw new Inconvertible(`${table} names its primary key in two places`);
  }
  const key = primaryKey?.columns ?? flagged;
  const options = present<CreateTableOptions>({
    columns: parts.columns.map((column) => tableColumn(column, key, parts)),
    primaryKey: primaryKey ?? (key.length > 0 ? key : undefined),
    uniques: parts.uniques,
    checks: parts.checks,
    foreignKeys: parts.foreignKeys,
    comment: given.optionalText("comment"),
    schema,
    ifNotExists: given.optionalFlag("if_not_exists"),
  });
  given.finish();
  return [
    ...enumsOf(makers, parts.columns),
    makers.createTable(table, options),
    ...columnIndexes(makers, table, schema, parts.columns),
    ...parts.indexes.map((term) => tableIndex(makers, { table, schema }, term)),
  ];
}

/** The index of a column that has `index=True`. */
export function columnIndexes(
  makers: AllMakers,
  table: string,
  schema: string | undefined,
  columns: readonly ColumnTerm[],
): readonly Operation[] {
  const indexed = columns.filter(({ isIndexed }) => isIndexed);
  if (schema !== undefined && indexed.length > 0) {
    throw new Inconvertible("index=True in a table with a schema is not converted");
  }
  return indexed.map(({ name, isUnique }) =>
    makers.createIndex(null, table, [name], isUnique ? { unique: true } : {}),
  );
}

function enumsOf(makers: AllMakers, columns: readonly ColumnTerm[]): readonly Operation[] {
  const created = new Map<string, Operation>();
  for (const { enumTerm } of columns) {
    if (enumTerm !== undefined && isCreated(enumTerm)) {
      // SQLAlchemy makes a type of one name once in a run.
      const { name, values } = enumTerm;
      const schema = enumTerm.schema === undefined ? {} : { schema: enumTerm.schema };
      created.set(
        JSON.stringify([enumTerm.schema, name]),
        makers.createEnum(name, values, { ...schema, ifNotExists: true }),
      );
    }
  }
  return [...created.values()];
}

function isCreated({ name, isCreatedWithTable, values }: EnumTerm): boolean {
  if (isCreatedWithTable === undefined) {
    throw new Inconvertible(`sa.Enum takes no notice of create_type=False, for ${name}`);
  }
  if (isCreatedWithTable && values.length === 0) {
    throw new Inconvertible(`the values of the enum ${name} are not written out`);
  }
  return isCreatedWithTable;
}

const serialTypes: ReadonlyMap<string, string> = new Map([
  ["integer", "serial"],
  ["bigint", "bigserial"],
  ["smallint", "smallserial"],
]);

function tableColumn(column: ColumnTerm, key: readonly string[], parts: TableParts): NamedColumnOptions {
  const { name, options } = column;
  if (!key.includes(name)) {
    return { name, ...options };
  }
  const { nullable: _nullable, ...rest } = options;
  return { name, ...rest, type: isSerial(column, key, parts) ? serialOf(options.type) : options.type };
}

function serialOf(type: string): string {
  const serial = serialTypes.get(type);
  if (serial === undefined) {
    throw new Inconvertible(`a primary key of type ${type} that counts up is not converted`);
  }
  return serial;
}

/** SQLAlchemy's rule of which column of a primary key counts up. */
function isSerial(column: ColumnTerm, key: readonly string[], { foreignKeys }: TableParts): boolean {
  const { name, options, autoincrement, hasPythonDefault } = column;
  const hasValue =
    options.default !== undefined || options.identity !== undefined || options.generatedAs !== undefined;
  if (autoincrement === false || hasValue) {
    return false;
  }
  const isNumber = serialTypes.has(options.type) || /^numeric/.test(options.type);
  const isReference =
    options.references !== undefined || foreignKeys.some(({ columns }) => columns.includes(name));
  const counts = autoincrement === true || (key.length === 1 && isNumber && !isReference);
  if (counts && hasPythonDefault) {
    throw new Inconvertible(`the primary key ${name} has a default of Python`);
  }
  return counts;
}

function readTableParts(terms: readonly Term[]): TableParts {
  const parts: TableParts = {
    columns: [],
    primaryKeys: [],
    uniques: [],
    checks: [],
    foreignKeys: [],
    indexes: [],
  };
  for (const term of terms) {
    readTablePart(term, parts);
  }
  return parts;
}

function readTablePart(term: Term, parts: TableParts): void {
  if (term.kind !== "call") {
    throw new Inconvertible("a part of the table is not written out");
  }
  switch (term.path) {
    case "sqlalchemy.Column":
      parts.columns.push(readColumn(term));
      return;
    case "sqlalchemy.PrimaryKeyConstraint": {
      const { columns, name, given } = columnsConstraint(term);
      parts.primaryKeys.push({ columns, ...name, ...deferrability(given) });
      given.finish();
      return;
    }
    case "sqlalchemy.UniqueConstraint": {
      const { columns, name, given } = columnsConstraint(term);
      const nullsNotDistinct = given.optionalFlag("postgresql_nulls_not_distinct");
      parts.uniques.push(
        present<UniqueOptions>({ columns, ...name, ...deferrability(given), nullsNotDistinct }),
      );
      given.finish();
      return;
    }
    case "sqlalchemy.CheckConstraint": {
      const given = new CallArguments(term, ["sqltext"]);
      parts.checks.push({ condition: conditionSql(given.take("sqltext")), ...nameOf(given) });
      given.finish();
      return;
    }
    case "sqlalchemy.ForeignKeyConstraint":
      parts.foreignKeys.push(readForeignKeyConstraint(term));
      return;
    case "sqlalchemy.Index":
      parts.indexes.push(term);
      return;
    default:
      throw new Inconvertible(`${term.path} in a table is not converted`);
  }
}

function columnsConstraint(term: CallTerm): {
  readonly columns: readonly string[];
  readonly name: ReturnType<typeof nameOf>;
  readonly given: CallArguments;
} {
  const given = new CallArguments(term, []);
  const columns = given.takeRest().map((column) => textOfTerm(column, `a column of ${term.path}`));
  return { columns, name: nameOf(given), given };
}

function nameOf(given: CallArguments): {
  readonly name?: NonNullable<ReturnType<CallArguments["constraintName"]>>;
} {
  const name = given.constraintName("name");
  return name === null ? {} : { name };
}

function readForeignKeyConstraint(term: CallTerm): ForeignKeyOptions {
  const given = new CallArguments(term, ["columns", "refcolumns"]);
  const columns = given.texts("columns");
  const references = referenceOf(textsOfTerm(given.take("refcolumns"), "the target of a foreign key"));
  const foreignKey = { columns, references, ...nameOf(given), ...foreignKeyActions(given) };
  given.finish();
  return foreignKey;
}

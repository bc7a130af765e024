import type { MakerName, Makers } from "../../../operations/makers";
import type { Operation } from "../../../operations/operation";
import { CallArguments, Inconvertible, textOfTerm } from "./callArguments";
import { readType } from "./columnType";
import type { CallTerm, Term } from "./term";

interface InsertedTable {
  readonly name: string;
  readonly schema: string | undefined;
  readonly columns: ReadonlyMap<string, ColumnKind>;
}

/** Of what a value becomes in a column of this type. */
type ColumnKind = "json" | "array" | "boolean" | "other";

/** `op.bulk_insert` of rows that are written out. */
export function convertBulkInsert(makers: Makers<MakerName>, call: CallTerm): readonly Operation[] {
  const given = new CallArguments(call, ["table", "rows"]);
  const table = readTable(given.take("table"));
  const rows = given.take("rows");
  given.ignore("multiinsert");
  given.finish();
  if (rows?.kind !== "list" || rows.items.length === 0) {
    throw new Inconvertible("the rows are not written out");
  }
  const inserted = rows.items.map((row) => readRow(row, table));
  const [first = {}] = inserted;
  const keys = Object.keys(first).sort().join();
  if (inserted.some((row) => Object.keys(row).sort().join() !== keys)) {
    throw new Inconvertible("the rows have different columns");
  }
  const options = table.schema === undefined ? {} : { schema: table.schema };
  return [makers.bulkInsert(table.name, inserted, options)];
}

function readTable(term: Term | undefined): InsertedTable {
  const isTable =
    term?.kind === "call" && /^(?:alembic\.op\.create_table|sqlalchemy\.(?:table|Table))$/.test(term.path);
  if (!isTable) {
    throw new Inconvertible("the table is not written out");
  }
  const isCreated = term.path === "alembic.op.create_table";
  const given = new CallArguments(term, ["name"]);
  const name = given.take("name") ?? given.take("table_name");
  const parts = given.takeRest();
  const metadata = parts.filter(isMetadata).map(schemaOfMetadata);
  const schema = given.optionalText("schema") ?? metadata.find((each) => each !== undefined);
  if (!isCreated) {
    given.ignore("extend_existing", "keep_existing", "comment");
    given.finish();
  }
  return {
    name: textOfTerm(name, "the name of the table"),
    schema,
    columns: new Map(parts.filter((part) => !isMetadata(part)).flatMap(readColumnKind)),
  };
}

function isMetadata(term: Term): term is CallTerm {
  return term.kind === "call" && /^sqlalchemy\.(?:schema\.)?MetaData$/.test(term.path);
}

/** The schema that a `MetaData` gives to tables that name none of their own. */
function schemaOfMetadata(term: CallTerm): string | undefined {
  const given = new CallArguments(term, ["bind"]);
  const schema = given.optionalText("schema");
  given.ignore("bind", "naming_convention", "info");
  given.finish();
  return schema;
}

function readColumnKind(term: Term): readonly (readonly [string, ColumnKind])[] {
  if (term.kind === "name") {
    throw new Inconvertible("the MetaData of the table is not written out");
  }
  if (term.kind !== "call") {
    throw new Inconvertible("a column of the table is not written out");
  }
  if (term.path !== "sqlalchemy.column" && term.path !== "sqlalchemy.Column") {
    return [];
  }
  if (term.keywords.has("default") || term.keywords.has("insert_default") || term.keywords.has("key")) {
    throw new Inconvertible("a column of the table has a default or a key of Python");
  }
  const [name, type] = term.positional;
  return [[textOfTerm(name, "the name of a column"), kindOf(type ?? term.keywords.get("type_"))]];
}

const kindsByType: ReadonlyMap<string, ColumnKind> = new Map([
  ["json", "json"],
  ["jsonb", "json"],
  ["boolean", "boolean"],
]);

/** @throws Inconvertible for a type that may send another value than the one written, as a type of the project may */
function kindOf(type: Term | undefined): ColumnKind {
  if (type === undefined || hasPlainLabels(type)) {
    return "other";
  }
  const { type: name } = readType(type);
  return name.endsWith("[]") ? "array" : (kindsByType.get(name) ?? "other");
}

/** An enum by its labels sends them as they are; one by a class of Python sends the names of its members. */
function hasPlainLabels(type: Term): boolean {
  return (
    type.kind === "call" &&
    /^(?:sqlalchemy|postgresql)\.(?:Enum|ENUM)$/.test(type.path) &&
    type.positional.every(({ kind }) => kind === "literal")
  );
}

type Value = string | number | boolean | null | { readonly [key: string]: unknown };

function readRow(term: Term, { columns }: InsertedTable): Readonly<Record<string, Value>> {
  if (term.kind !== "dict") {
    throw new Inconvertible("a row is not written out");
  }
  return Object.fromEntries(
    term.entries.map(([key, value]) => {
      if (!columns.has(key)) {
        throw new Inconvertible(`the table has no column ${key}`);
      }
      return [key, readValue(key, value, columns.get(key) ?? "other")];
    }),
  );
}

function readValue(key: string, term: Term, kind: ColumnKind): Value {
  const value = valueIn(kind, term);
  if (value === undefined) {
    throw new Inconvertible(`the value of ${key} is not converted`);
  }
  return value;
}

function valueIn(kind: ColumnKind, term: Term): Value | undefined {
  switch (kind) {
    case "json":
      return term.kind === "dict" ? jsonOf(term) : undefined;
    case "boolean":
      return booleanOf(plainOf(term));
    case "array":
      return undefined;
    case "other":
      return plainOf(term);
  }
}

/** SQLAlchemy sends 0 and 1 as truth values, and refuses what else is none. */
function booleanOf(value: ReturnType<typeof plainOf>): boolean | null | undefined {
  switch (value) {
    case 0:
    case 1:
      return value === 1;
    case true:
    case false:
    case null:
      return value;
    default:
      return undefined;
  }
}

function plainOf(term: Term): string | number | boolean | null | undefined {
  return term.kind === "literal" ? term.value : undefined;
}

function jsonOf(term: Term & { readonly kind: "dict" }): { readonly [key: string]: unknown } {
  return Object.fromEntries(term.entries.map(([key, value]) => [key, jsonValueOf(value)]));
}

function jsonValueOf(term: Term): unknown {
  switch (term.kind) {
    case "literal":
      return term.value;
    case "list":
      return term.items.map(jsonValueOf);
    case "dict":
      return jsonOf(term);
    default:
      throw new Inconvertible("a value of a row is not written out");
  }
}

import type { MakerName, Makers } from "../../../operations/makers";
import type { Operation } from "../../../operations/operation";
import { CallArguments, Inconvertible, textOfTerm } from "./callArguments";
import type { CallTerm, Term } from "./term";

interface InsertedTable {
  readonly name: string;
  readonly schema: string | undefined;
  readonly columns: ReadonlyMap<string, ColumnKind>;
}

/** Of what a value becomes in a column of this type. */
type ColumnKind = "json" | "array" | "other";

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
  const given = new CallArguments(term, ["name"]);
  const name = given.take("name") ?? given.take("table_name");
  const parts = given.takeRest().filter((part) => !(part.kind === "name" || isMetadata(part)));
  return {
    name: textOfTerm(name, "the name of the table"),
    schema: given.optionalText("schema"),
    columns: new Map(parts.flatMap(readColumnKind)),
  };
}

function isMetadata(term: Term): boolean {
  return term.kind === "call" && term.path === "sqlalchemy.MetaData";
}

function readColumnKind(term: Term): readonly (readonly [string, ColumnKind])[] {
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

function kindOf(type: Term | undefined): ColumnKind {
  const path = type?.kind === "call" || type?.kind === "name" ? type.path : "";
  return /JSONB?$|^with_variant$/.test(path) ? "json" : /ARRAY$/.test(path) ? "array" : "other";
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
  const value = kind === "json" ? (term.kind === "dict" ? jsonOf(term) : undefined) : plainOf(term);
  if (value === undefined || kind === "array") {
    throw new Inconvertible(`the value of ${key} is not converted`);
  }
  return value;
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

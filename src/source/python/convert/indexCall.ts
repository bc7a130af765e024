import type { IndexElementArgument } from "../../../operations/index/indexDefinition";
import type { CreateIndexOptions } from "../../../operations/index/tableIndex";
import type { MakerName, Makers } from "../../../operations/makers";
import type { Operation } from "../../../operations/operation";
import { present } from "../../../operations/sparse";
import {
  dropOptions,
  Inconvertible,
  isAbsent,
  textOfTerm,
  textsOfTerm,
  CallArguments,
} from "./callArguments";
import { conditionSql, expressionSql } from "./sqlTerm";
import type { CallTerm, Term } from "./term";

type AllMakers = Makers<MakerName>;

/** `create_index`. */
export function createIndex(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const columns = given.take("columns");
  if (columns?.kind !== "list") {
    throw new Inconvertible("the columns of an index are not written out");
  }
  const place = { table: given.text("table_name"), schema: given.optionalText("schema") };
  return [indexOn(makers, place, columns.items, given)];
}

/** `sa.Index("ix_users", "name")` among the parts of a table. */
export function tableIndex(makers: AllMakers, place: IndexedTable, term: CallTerm): Operation {
  const given = new CallArguments(term, ["index_name"]);
  const index = indexOn(makers, place, given.takeRest(), given);
  given.finish();
  return index;
}

interface IndexedTable {
  readonly table: string;
  readonly schema: string | undefined;
}

function indexOn(
  makers: AllMakers,
  { table, schema }: IndexedTable,
  columns: readonly Term[],
  given: CallArguments,
): Operation {
  const classes = readClasses(given.take("postgresql_ops"));
  const elements = columns.map((item) => indexElement(item, classes));
  if (classes.size > 0) {
    throw new Inconvertible("postgresql_ops names something that is not a column of the index");
  }
  const where = given.take("postgresql_where");
  const include = given.take("postgresql_include");
  const options = present<CreateIndexOptions>({
    schema,
    unique: given.optionalFlag("unique") === true ? true : undefined,
    using: given.optionalText("postgresql_using"),
    where: isAbsent(where) ? undefined : conditionSql(where),
    include: isAbsent(include) ? undefined : textsOfTerm(include, "postgresql_include"),
    nullsNotDistinct: given.optionalFlag("postgresql_nulls_not_distinct"),
    tablespace: given.optionalText("postgresql_tablespace"),
    with: readStorage(given.take("postgresql_with")),
    concurrently: given.optionalFlag("postgresql_concurrently"),
    ifNotExists: given.optionalFlag("if_not_exists"),
  });
  return makers.createIndex(given.constraintName("index_name"), table, elements, options);
}

function readClasses(term: Term | undefined): Map<string, string> {
  if (isAbsent(term)) {
    return new Map();
  }
  if (term.kind !== "dict") {
    throw new Inconvertible("postgresql_ops is not written out");
  }
  return new Map(term.entries.map(([column, value]) => [column, textOfTerm(value, "postgresql_ops")]));
}

function indexElement(term: Term, classes: Map<string, string>): IndexElementArgument {
  if (term.kind !== "literal") {
    return expressionSql(term);
  }
  const column = textOfTerm(term, "a column of an index");
  const opclass = classes.get(column);
  classes.delete(column);
  return opclass === undefined ? column : { column, opclass };
}

function readStorage(term: Term | undefined): CreateIndexOptions["with"] {
  if (isAbsent(term)) {
    return undefined;
  }
  if (term.kind !== "dict") {
    throw new Inconvertible("postgresql_with is not written out");
  }
  return Object.fromEntries(
    term.entries.map(([key, value]) => {
      if (value.kind !== "literal" || value.value === null) {
        throw new Inconvertible("postgresql_with is not written out");
      }
      return [key, value.value];
    }),
  );
}

/** `drop_index`. */
export function dropIndex(makers: AllMakers, given: CallArguments): readonly Operation[] {
  const name = given.constraintName("index_name");
  if (name === null) {
    throw new Inconvertible("the index has no name");
  }
  const options = {
    ...dropOptions(given),
    ...(given.optionalFlag("postgresql_concurrently") === true ? { concurrently: true } : {}),
  };
  // What the index was: `drop_index` takes it, and does nothing with it.
  given.ignore("unique", "postgresql_using", "postgresql_where", "postgresql_ops", "postgresql_include");
  given.ignore("postgresql_with", "postgresql_nulls_not_distinct");
  return [makers.dropIndex(name, given.optionalText("table_name"), options)];
}

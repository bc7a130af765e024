import type { IndexElement } from "../../operations/index/indexDefinition";
import type { CreateIndex, DropIndex, IndexOperation } from "../../operations/index/tableIndex";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteNameList, quoteQualifiedName } from "../quote";
import { checkedSql, storageParameters, words } from "../sqlText";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on indexes. */
export const indexStatements: StatementsOf<IndexOperation> = {
  createIndex,
  dropIndex,
};

function createIndex({ index, ...operation }: CreateIndex): readonly string[] {
  const create = words(
    "CREATE",
    index.unique === true && "UNIQUE",
    "INDEX",
    operation.concurrently === true && "CONCURRENTLY",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteIdentifier(index.name),
    `ON ${quoteQualifiedName(operation.schema, operation.table)}`,
    index.using !== undefined && `USING ${quoteIdentifier(index.using)}`,
    `(${index.columns.map(indexElement).join(", ")})`,
    index.include !== undefined && `INCLUDE ${quoteNameList(index.include)}`,
    index.nullsNotDistinct === true && "NULLS NOT DISTINCT",
    storageParameters(index.with),
    index.tablespace !== undefined && `TABLESPACE ${quoteIdentifier(index.tablespace)}`,
    index.where !== undefined && `WHERE ${inlineFragment(index.where, dialect)}`,
  );
  return [create];
}

function indexElement(element: IndexElement): string {
  if (element.kind === "sql") {
    return inlineFragment(element, dialect);
  }
  return words(
    element.kind === "column"
      ? quoteIdentifier(element.name)
      : `(${inlineFragment(element.expression, dialect)})`,
    element.collation !== undefined && `COLLATE ${quoteIdentifier(element.collation)}`,
    element.opclass !== undefined && checkedSql(element.opclass, "operator class"),
    element.order?.toUpperCase(),
    element.nulls !== undefined && `NULLS ${element.nulls.toUpperCase()}`,
  );
}

function dropIndex(operation: DropIndex): readonly string[] {
  const drop = words(
    "DROP INDEX",
    operation.concurrently === true && "CONCURRENTLY",
    operation.ifExists === true && "IF EXISTS",
    quoteQualifiedName(operation.schema, operation.name),
    operation.cascade === true && "CASCADE",
  );
  return [drop];
}

import { tableSubject } from "../kind";
import type { KindTable } from "../kind";
import type { NamingConvention } from "../namingConvention";
import type { Operation } from "../operation";
import { call, nameArgument } from "../printing/printedCall";
import type { OperationCall } from "../printing/printedCall";
import { present } from "../sparse";
import { indexElementArgument, indexOptions } from "./indexArguments";
import type { CreateIndex, DropIndex, IndexOperation } from "./tableIndex";

/** The ways back, the printed calls and the words of each operation on indexes. */
export const indexKinds: KindTable<IndexOperation> = {
  createIndex: {
    invert: invertCreateIndex,
    calls: createIndexCall,
    subject: (operation) => `${operation.index.name} on ${tableSubject(operation)}`,
  },
  dropIndex: {
    invert: invertDropIndex,
    calls: dropIndexCall,
    subject: ({ name, table, schema }) =>
      table === undefined ? name : `${name} on ${tableSubject({ schema, table })}`,
  },
};

function invertCreateIndex({ table, schema, index, concurrently, ifNotExists }: CreateIndex): Operation {
  return present<DropIndex>({
    kind: "dropIndex",
    name: index.name,
    table,
    schema,
    ifExists: ifNotExists,
    concurrently,
    was: index,
  });
}

function invertDropIndex({ table, schema, was, concurrently, ifExists }: DropIndex): Operation | undefined {
  return was === undefined || table === undefined
    ? undefined
    : present<CreateIndex>({
        kind: "createIndex",
        table,
        schema,
        index: was,
        concurrently,
        ifNotExists: ifExists,
      });
}

function createIndexCall(
  operation: CreateIndex,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const { table, index, schema, concurrently, ifNotExists } = operation;
  const columns = index.columns.map(indexElementArgument);
  const options = { ...indexOptions(index), concurrently, ifNotExists, schema };
  return [call("createIndex", [nameArgument(index.name, "ix", convention), table, columns], options)];
}

function dropIndexCall(
  operation: DropIndex,
  convention: NamingConvention | undefined,
): readonly OperationCall[] {
  const { name, table, schema, ifExists, cascade, concurrently, was } = operation;
  const printed =
    was === undefined ? undefined : { columns: was.columns.map(indexElementArgument), ...indexOptions(was) };
  const options = { schema, ifExists, cascade, concurrently, was: printed };
  const printedName = nameArgument(name, "ix", convention);
  return [call("dropIndex", table === undefined ? [printedName] : [printedName, table], options)];
}

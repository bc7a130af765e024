import { namedSubject } from "../kind";
import type { KindTable } from "../kind";
import { call, namedCall } from "../printing/printedCall";
import { present } from "../sparse";
import type { CreateSchema, DropExtension, DropSchema, NamedObject, SchemaOperation } from "./schema";

const renameMethods: Readonly<Record<NamedObject, string>> = {
  index: "renameIndex",
  view: "renameView",
  "materialized view": "renameMaterializedView",
  sequence: "renameSequence",
  type: "renameType",
  domain: "renameDomain",
  schema: "renameSchema",
};

/** The ways back, the printed calls and the words of each operation on schemas and extensions, and of what moves or renames a thing. */
export const schemaKinds: KindTable<SchemaOperation> = {
  createSchema: {
    invert: ({ name, ifNotExists }) =>
      present<DropSchema>({ kind: "dropSchema", name, ifExists: ifNotExists }),
    calls: namedCall,
    subject: namedSubject,
  },
  dropSchema: {
    invert: ({ name, ifExists }) =>
      present<CreateSchema>({ kind: "createSchema", name, ifNotExists: ifExists }),
    calls: namedCall,
    subject: namedSubject,
  },
  createExtension: {
    invert: ({ name, ifNotExists }) =>
      present<DropExtension>({ kind: "dropExtension", name, ifExists: ifNotExists }),
    calls: namedCall,
    subject: namedSubject,
  },
  dropExtension: { invert: () => undefined, calls: namedCall, subject: namedSubject },
  renameObject: {
    invert: (operation) => ({ ...operation, name: operation.newName, newName: operation.name }),
    calls: ({ object, name, newName, schema }) => [call(renameMethods[object], [name, newName], { schema })],
    subject: ({ object, name, newName }) => `${object} ${name} to ${newName}`,
  },
  setSchema: {
    invert: (operation) =>
      operation.schema === undefined
        ? undefined
        : { ...operation, schema: operation.newSchema, newSchema: operation.schema },
    calls: ({ kind, object, name, newSchema, schema }) => [call(kind, [object, name, newSchema], { schema })],
    subject: namedSubject,
  },
};

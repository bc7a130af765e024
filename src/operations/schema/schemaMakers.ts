import type { DropOptions } from "../arguments";
import type { Makers } from "../makers";
import { schemaKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { flag, present } from "../sparse";
import type {
  SchemaOperations,
  CreateExtension,
  CreateSchema,
  DropExtension,
  DropSchema,
  NamedObject,
  RenameObject,
  SetSchema,
} from "./schema";

/** The maker of the renaming of such a thing. */
export function renameMaker(object: NamedObject) {
  return (name: string, newName: string, { schema }: { readonly schema?: string } = {}): RenameObject =>
    present<RenameObject>({ kind: "renameObject", object, schema, name, newName });
}

/** The makers of schemas and extensions, and of what moves a thing between schemas. */
export const schemaMakers: Makers<keyof SchemaOperations> = {
  createSchema: (name, { authorization, ifNotExists } = {}) =>
    present<CreateSchema>({
      kind: "createSchema",
      name,
      authorization,
      ifNotExists: flag(ifNotExists),
    }),
  dropSchema: (name, options: DropOptions = {}) =>
    present<DropSchema>({
      kind: "dropSchema",
      name,
      ifExists: flag(options.ifExists),
      cascade: flag(options.cascade),
    }),
  renameSchema: (name, newName) => ({ kind: "renameObject", object: "schema", name, newName }),
  setSchema: (object, name, newSchema, { schema } = {}) =>
    present<SetSchema>({ kind: "setSchema", object, schema, name, newSchema }),
  createExtension: (name, { schema, version, ifNotExists, cascade } = {}) =>
    present<CreateExtension>({
      kind: "createExtension",
      name,
      schema,
      version,
      ifNotExists: flag(ifNotExists),
      cascade: flag(cascade),
    }),
  dropExtension: (name, options: DropOptions = {}) =>
    present<DropExtension>({
      kind: "dropExtension",
      name,
      ifExists: flag(options.ifExists),
      cascade: flag(options.cascade),
    }),
};

/** What their methods take. */
export const schemaSignatures: Signatures<keyof SchemaOperations> = {
  createSchema: [given.name, ["options?", { ifNotExists: "flag", authorization: "text" }]],
  dropSchema: [given.name, ["options?", { ifExists: "flag", cascade: "flag" }]],
  renameSchema: [given.oldName, given.newName],
  setSchema: [["object", "text"], given.name, ["newSchema", "text"], given.schemaOption],
  createExtension: [
    given.name,
    ["options?", { ...schemaKeys, version: "text", ifNotExists: "flag", cascade: "flag" }],
  ],
  dropExtension: [given.name, ["options?", { ifExists: "flag", cascade: "flag" }]],
};

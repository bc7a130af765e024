import type { DropOptions } from "./arguments";
import type { Makers } from "./makers";
import type { CreateExtension, CreateSchema, DropExtension, DropSchema, SetSchema } from "./records/schema";
import { renameMaker } from "./renameMaker";
import { flag, present } from "./sparse";

/** The makers of schemas and extensions, and of what moves a thing between schemas. */
export const schemaMakers: Makers<
  | "createSchema"
  | "dropSchema"
  | "renameSchema"
  | "setSchema"
  | "createExtension"
  | "dropExtension"
  | "renameIndex"
> = {
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
  renameIndex: renameMaker("index"),
};

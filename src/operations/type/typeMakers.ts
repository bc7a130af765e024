import { requireKind } from "../argumentKinds";
import { makeCheck } from "../constraint/makeConstraint";
import { dropFlags, makeDefault } from "../makers";
import type { Makers } from "../makers";
import { dropKeys, refuseUnknownOptions, schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { renameMaker } from "../schema/schemaMakers";
import { flag, present } from "../sparse";
import type {
  TypeOperations,
  AddEnumValue,
  CreateDomain,
  CreateEnum,
  DomainDefinition,
  DomainOptions,
  DropDomain,
  DropEnum,
  EnumColumn,
  EnumColumnOptions,
  RenameEnumValue,
  ReplaceEnum,
} from "./type";

/** The makers of enums and domains. */
export const typeMakers: Makers<keyof TypeOperations> = {
  createEnum: (name, values, { schema, ifNotExists } = {}) =>
    present<CreateEnum>({
      kind: "createEnum",
      name,
      schema,
      values: [...values],
      ifNotExists: flag(ifNotExists),
    }),
  dropEnum: (name, options = {}) =>
    present<DropEnum>({
      kind: "dropEnum",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : [...options.was],
    }),
  addEnumValue: (name, value, { schema, before, after, ifNotExists } = {}) =>
    present<AddEnumValue>({
      kind: "addEnumValue",
      name,
      schema,
      value,
      before,
      after,
      ifNotExists: flag(ifNotExists),
    }),
  renameEnumValue: (name, value, newValue, { schema } = {}) =>
    present<RenameEnumValue>({ kind: "renameEnumValue", name, schema, value, newValue }),
  replaceEnum: (name, values, { schema, mapping, columns, was }) => {
    requireKind(columns, "objects", `The option "columns" of the replacement of "${name}"`);
    return present<ReplaceEnum>({
      kind: "replaceEnum",
      name,
      schema,
      values: [...values],
      mapping: Object.entries(mapping ?? {}).map(([from, to]) => [from, to] as const),
      columns: columns.map(makeEnumColumn),
      was: was === undefined ? undefined : [...was],
    });
  },
  createDomain: (name, type, options = {}) =>
    present<CreateDomain>({
      kind: "createDomain",
      name,
      schema: options.schema,
      ...makeDomain(name, type, options),
    }),
  dropDomain: (name, options = {}) =>
    present<DropDomain>({
      kind: "dropDomain",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeDomain(name, options.was.type, options.was),
    }),
  renameType: renameMaker("type"),
  renameDomain: renameMaker("domain"),
};

const enumColumnKeys: OptionKeys<EnumColumnOptions> = {
  table: "text",
  schema: "text",
  column: "text",
  array: "flag",
  default: "any",
  existingDefault: "any",
};

function makeEnumColumn(options: EnumColumnOptions): EnumColumn {
  refuseUnknownOptions(options, enumColumnKeys, "a column of the enum");
  return present<EnumColumn>({
    table: options.table,
    schema: options.schema,
    column: options.column,
    array: flag(options.array),
    default: makeDefault(options.default),
    existingDefault: makeDefault(options.existingDefault),
  });
}

function makeDomain(name: string, type: string, options: DomainOptions): DomainDefinition {
  const unnamed = { namingConvention: undefined };
  return present<DomainDefinition>({
    type,
    collation: options.collation,
    default: makeDefault(options.default ?? undefined),
    nullable: options.nullable ?? true,
    checks: (options.checks ?? []).map((check) => makeCheck(unnamed, name, check)),
  });
}

const values = ["values", "names"] as const;

const domainKeys: OptionKeys<DomainOptions> = {
  collation: "text",
  default: "any",
  nullable: "flag",
  checks: "objects",
};

/** What their methods take. */
export const typeSignatures: Signatures<keyof TypeOperations> = {
  createEnum: [given.name, values, ["options?", { ...schemaKeys, ifNotExists: "flag" }]],
  dropEnum: [given.name, ["options?", { ...dropKeys, was: "names" }]],
  addEnumValue: [
    given.name,
    ["value", "text"],
    ["options?", { ...schemaKeys, before: "text", after: "text", ifNotExists: "flag" }],
  ],
  renameEnumValue: [given.name, ["value", "text"], ["newValue", "text"], given.schemaOption],
  replaceEnum: [
    given.name,
    values,
    ["options", { ...schemaKeys, mapping: "object", columns: "objects", was: "names" }],
  ],
  createDomain: [given.name, ["type", "text"], ["options?", { ...domainKeys, ...schemaKeys }]],
  dropDomain: [given.name, ["options?", { ...dropKeys, was: { ...domainKeys, type: "text" } }]],
  renameType: [given.oldName, given.newName, given.schemaOption],
  renameDomain: [given.oldName, given.newName, given.schemaOption],
};

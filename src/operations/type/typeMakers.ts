import { requireKind } from "../argumentKinds";
import { makeCheck } from "../constraint/makeConstraint";
import { dropFlags, makeDefault } from "../makers";
import type { Makers } from "../makers";
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

function makeEnumColumn(options: EnumColumnOptions): EnumColumn {
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

/** What their methods take. */
export const typeSignatures: Signatures<keyof TypeOperations> = {
  createEnum: [given.name, values, given.options],
  dropEnum: [given.name, given.options],
  addEnumValue: [given.name, ["value", "text"], given.options],
  renameEnumValue: [given.name, ["value", "text"], ["newValue", "text"], given.options],
  replaceEnum: [given.name, values, ["options", "object"]],
  createDomain: [given.name, ["type", "text"], given.options],
  dropDomain: [given.name, given.options],
  renameType: [given.oldName, given.newName, given.options],
  renameDomain: [given.oldName, given.newName, given.options],
};

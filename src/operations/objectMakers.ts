import type { DropOptions, SequenceOptions, SqlText } from "./arguments";
import type {
  DomainDefinition,
  MaterializedViewDefinition,
  PolicyDefinition,
  TriggerDefinition,
  ViewDefinition,
} from "./definitions";
import { makeDefault, makeInteger, makeSequence } from "./makeColumn";
import { makeCheck } from "./makeConstraint";
import type * as record from "./operation";
import type { Makers } from "./makers";
import type { PolicyOptions, TriggerOptions } from "./routineOperations";
import type { SequenceOwnerOptions } from "./sequenceOperations";
import { flag, present } from "./sparse";
import { fragmentOf } from "./sqlFragment";
import type { SqlFragment } from "./sqlFragment";
import { dropFlags } from "./tableMakers";
import type { DomainOptions, EnumColumnOptions } from "./typeOperations";
import type { MaterializedViewOptions, ViewOptions } from "./viewOperations";

type TypeNames =
  | "createEnum"
  | "dropEnum"
  | "addEnumValue"
  | "renameEnumValue"
  | "replaceEnum"
  | "createDomain"
  | "dropDomain"
  | "renameType"
  | "renameDomain";
type ViewNames =
  | "createView"
  | "replaceView"
  | "dropView"
  | "renameView"
  | "createMaterializedView"
  | "dropMaterializedView"
  | "refreshMaterializedView"
  | "renameMaterializedView";
type SequenceNames = "createSequence" | "alterSequence" | "dropSequence" | "renameSequence";
type RoutineNames = "createFunction" | "dropFunction" | "createTrigger" | "dropTrigger";
type PolicyNames = "enableRowLevelSecurity" | "disableRowLevelSecurity" | "createPolicy" | "dropPolicy";
type SchemaNames =
  | "createSchema"
  | "dropSchema"
  | "renameSchema"
  | "setSchema"
  | "createExtension"
  | "dropExtension"
  | "renameIndex";

/** The makers of all that is not a table, a column, an index or a constraint. */
export function objectMakers(): Makers<
  TypeNames | ViewNames | SequenceNames | RoutineNames | PolicyNames | SchemaNames
> {
  return {
    ...typeMakers,
    ...viewMakers,
    ...sequenceMakers,
    ...routineMakers,
    ...policyMakers,
    ...schemaMakers,
  };
}

function rename(object: record.NamedObject) {
  return (
    name: string,
    newName: string,
    { schema }: { readonly schema?: string } = {},
  ): record.RenameObject =>
    present<record.RenameObject>({ kind: "renameObject", object, schema, name, newName });
}

function optional(text: SqlText | undefined): SqlFragment | undefined {
  return text === undefined ? undefined : fragmentOf(text);
}

const typeMakers: Makers<TypeNames> = {
  createEnum: (name, values, { schema, ifNotExists } = {}) =>
    present<record.CreateEnum>({
      kind: "createEnum",
      name,
      schema,
      values: [...values],
      ifNotExists: flag(ifNotExists),
    }),
  dropEnum: (name, options = {}) =>
    present<record.DropEnum>({
      kind: "dropEnum",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : [...options.was],
    }),
  addEnumValue: (name, value, { schema, before, after, ifNotExists } = {}) =>
    present<record.AddEnumValue>({
      kind: "addEnumValue",
      name,
      schema,
      value,
      before,
      after,
      ifNotExists: flag(ifNotExists),
    }),
  renameEnumValue: (name, value, newValue, { schema } = {}) =>
    present<record.RenameEnumValue>({ kind: "renameEnumValue", name, schema, value, newValue }),
  replaceEnum: (name, values, { schema, mapping, columns, was }) =>
    present<record.ReplaceEnum>({
      kind: "replaceEnum",
      name,
      schema,
      values: [...values],
      mapping: Object.entries(mapping ?? {}).map(([from, to]) => [from, to] as const),
      columns: columns.map(makeEnumColumn),
      was: was === undefined ? undefined : [...was],
    }),
  createDomain: (name, type, options = {}) =>
    present<record.CreateDomain>({
      kind: "createDomain",
      name,
      schema: options.schema,
      ...makeDomain(name, type, options),
    }),
  dropDomain: (name, options = {}) =>
    present<record.DropDomain>({
      kind: "dropDomain",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeDomain(name, options.was.type, options.was),
    }),
  renameType: rename("type"),
  renameDomain: rename("domain"),
};

function makeEnumColumn(options: EnumColumnOptions): record.EnumColumn {
  return present<record.EnumColumn>({
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

function makeView(query: SqlText, options: ViewOptions): ViewDefinition {
  return present<ViewDefinition>({
    query: fragmentOf(query),
    columns: options.columns,
    with: options.with,
    checkOption: options.checkOption,
  });
}

function makeMaterializedView(query: SqlText, options: MaterializedViewOptions): MaterializedViewDefinition {
  return present<MaterializedViewDefinition>({
    query: fragmentOf(query),
    columns: options.columns,
    using: options.using,
    with: options.with,
    tablespace: options.tablespace,
    withData: options.withData === false ? false : undefined,
  });
}

const viewMakers: Makers<ViewNames> = {
  createView: (name, query, options = {}) =>
    present<record.CreateView>({
      kind: "createView",
      name,
      schema: options.schema,
      ...makeView(query, options),
    }),
  replaceView: (name, query, options = {}) =>
    present<record.ReplaceView>({
      kind: "replaceView",
      name,
      schema: options.schema,
      ...makeView(query, options),
      was: options.was === undefined ? undefined : makeView(options.was.query, options.was),
    }),
  dropView: (name, options = {}) =>
    present<record.DropView>({
      kind: "dropView",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeView(options.was.query, options.was),
    }),
  renameView: rename("view"),
  createMaterializedView: (name, query, options = {}) =>
    present<record.CreateMaterializedView>({
      kind: "createMaterializedView",
      name,
      schema: options.schema,
      ...makeMaterializedView(query, options),
      ifNotExists: flag(options.ifNotExists),
    }),
  dropMaterializedView: (name, options = {}) =>
    present<record.DropMaterializedView>({
      kind: "dropMaterializedView",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeMaterializedView(options.was.query, options.was),
    }),
  refreshMaterializedView: (name, { schema, concurrently, withData } = {}) =>
    present<record.RefreshMaterializedView>({
      kind: "refreshMaterializedView",
      name,
      schema,
      concurrently: flag(concurrently),
      withData: withData === false ? false : undefined,
    }),
  renameMaterializedView: rename("materialized view"),
};

function makeOwner(owner: SequenceOwnerOptions): record.SequenceOwner {
  return present<record.SequenceOwner>({ table: owner.table, schema: owner.schema, column: owner.column });
}

function makeOwnedSequence(
  options: SequenceOptions & { readonly ownedBy?: SequenceOwnerOptions },
): NonNullable<record.DropSequence["was"]> {
  return options.ownedBy === undefined
    ? makeSequence(options)
    : { ...makeSequence(options), ownedBy: makeOwner(options.ownedBy) };
}

const sequenceMakers: Makers<SequenceNames> = {
  createSequence: (name, options = {}) =>
    present<record.CreateSequence>({
      kind: "createSequence",
      name,
      schema: options.schema,
      ...makeSequence(options),
      ownedBy: options.ownedBy === undefined ? undefined : makeOwner(options.ownedBy),
      ifNotExists: flag(options.ifNotExists),
    }),
  alterSequence: (name, options) =>
    present<record.AlterSequence>({
      kind: "alterSequence",
      name,
      schema: options.schema,
      ...makeSequence(options),
      ownedBy:
        options.ownedBy === undefined || options.ownedBy === null
          ? options.ownedBy
          : makeOwner(options.ownedBy),
      restart:
        options.restart === undefined || options.restart === true
          ? options.restart
          : makeInteger(options.restart),
      was: options.was === undefined ? undefined : makeSequence(options.was),
    }),
  dropSequence: (name, options = {}) =>
    present<record.DropSequence>({
      kind: "dropSequence",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeOwnedSequence(options.was),
    }),
  renameSequence: rename("sequence"),
};

function makeTrigger(options: TriggerOptions): TriggerDefinition {
  return present<TriggerDefinition>({
    event: fragmentOf(options.event),
    action: fragmentOf(options.action),
    constraint: flag(options.constraint),
  });
}

const routineMakers: Makers<RoutineNames> = {
  createFunction: (name, definition, options = {}) =>
    present<record.CreateFunction>({
      kind: "createFunction",
      name,
      schema: options.schema,
      arguments: options.arguments ?? "",
      definition: fragmentOf(definition),
      procedure: flag(options.procedure),
      orReplace: flag(options.orReplace),
      was: options.was === undefined ? undefined : { definition: fragmentOf(options.was) },
    }),
  dropFunction: (name, options = {}) =>
    present<record.DropFunction>({
      kind: "dropFunction",
      name,
      ...dropFlags(options),
      arguments: options.arguments ?? "",
      procedure: flag(options.procedure),
      was: options.was === undefined ? undefined : { definition: fragmentOf(options.was) },
    }),
  createTrigger: (name, table, options) =>
    present<record.CreateTrigger>({
      kind: "createTrigger",
      name,
      table,
      schema: options.schema,
      ...makeTrigger(options),
      orReplace: flag(options.orReplace),
    }),
  dropTrigger: (name, table, options = {}) =>
    present<record.DropTrigger>({
      kind: "dropTrigger",
      name,
      table,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeTrigger(options.was),
    }),
};

function makePolicy(options: PolicyOptions): PolicyDefinition {
  return present<PolicyDefinition>({
    as: options.as,
    for: options.for,
    to: options.to === undefined ? undefined : [...options.to],
    using: optional(options.using),
    withCheck: optional(options.withCheck),
  });
}

const policyMakers: Makers<PolicyNames> = {
  enableRowLevelSecurity: (table, { schema, force } = {}) =>
    present<record.EnableRowLevelSecurity>({
      kind: "enableRowLevelSecurity",
      table,
      schema,
      force: flag(force),
    }),
  disableRowLevelSecurity: (table, { schema, force } = {}) =>
    present<record.DisableRowLevelSecurity>({
      kind: "disableRowLevelSecurity",
      table,
      schema,
      force: flag(force),
    }),
  createPolicy: (name, table, options = {}) =>
    present<record.CreatePolicy>({
      kind: "createPolicy",
      name,
      table,
      schema: options.schema,
      ...makePolicy(options),
    }),
  dropPolicy: (name, table, options = {}) =>
    present<record.DropPolicy>({
      kind: "dropPolicy",
      name,
      table,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makePolicy(options.was),
    }),
};

const schemaMakers: Makers<SchemaNames> = {
  createSchema: (name, { authorization, ifNotExists } = {}) =>
    present<record.CreateSchema>({
      kind: "createSchema",
      name,
      authorization,
      ifNotExists: flag(ifNotExists),
    }),
  dropSchema: (name, options: DropOptions = {}) =>
    present<record.DropSchema>({
      kind: "dropSchema",
      name,
      ifExists: flag(options.ifExists),
      cascade: flag(options.cascade),
    }),
  renameSchema: (name, newName) => ({ kind: "renameObject", object: "schema", name, newName }),
  setSchema: (object, name, newSchema, { schema } = {}) =>
    present<record.SetSchema>({ kind: "setSchema", object, schema, name, newSchema }),
  createExtension: (name, { schema, version, ifNotExists, cascade } = {}) =>
    present<record.CreateExtension>({
      kind: "createExtension",
      name,
      schema,
      version,
      ifNotExists: flag(ifNotExists),
      cascade: flag(cascade),
    }),
  dropExtension: (name, options: DropOptions = {}) =>
    present<record.DropExtension>({
      kind: "dropExtension",
      name,
      ifExists: flag(options.ifExists),
      cascade: flag(options.cascade),
    }),
  renameIndex: rename("index"),
};

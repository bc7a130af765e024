import type { ConstraintName } from "../arguments";
import { requireName, dropFlags } from "../makers";
import type { MakeContext, Makers } from "../makers";
import { namedKind, resolveName } from "../namingConvention";
import type { Operation } from "../operation";
import { OperationError } from "../operationError";
import { dropKeys, schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { present } from "../sparse";
import type {
  ConstraintOperations,
  CreateCheckConstraint,
  CreateExcludeConstraint,
  CreateForeignKey,
  CreateForeignKeyOptions,
  CreatePrimaryKey,
  CreatePrimaryKeyOptions,
  CreateUniqueConstraint,
  DropConstraint,
  RenameConstraint,
  ValidateConstraint,
} from "./constraint";
import type { ConstraintDefinition, ConstraintType, DeferrableOptions } from "./constraintDefinition";
import { makeCheck, makeExclude, makeForeignKey, makePrimaryKey, makeUnique } from "./makeConstraint";

const constraintTypes: readonly ConstraintType[] = ["primary", "foreignkey", "unique", "check", "exclude"];

/** The makers of operations on constraints. */
export function constraintMakers(context: MakeContext): Makers<keyof ConstraintOperations> {
  return {
    createPrimaryKey: (name, table, columns, { schema, ...options } = {}) =>
      present<CreatePrimaryKey>({
        kind: "createPrimaryKey",
        table,
        schema,
        constraint: makePrimaryKey(context, table, { ...options, name, columns }),
      }),
    createForeignKey: (name, table, referent, columns, remoteColumns, options = {}) =>
      makeCreateForeignKey(context, name, [table, referent], [columns, remoteColumns], options),
    createUniqueConstraint: (name, table, columns, { schema, ...options } = {}) =>
      present<CreateUniqueConstraint>({
        kind: "createUniqueConstraint",
        table,
        schema,
        constraint: makeUnique(context, table, { ...options, name, columns }),
      }),
    createCheckConstraint: (name, table, condition, { schema, ...options } = {}) =>
      present<CreateCheckConstraint>({
        kind: "createCheckConstraint",
        table,
        schema,
        constraint: makeCheck(context, table, { ...options, name, condition }),
      }),
    createExcludeConstraint: (name, table, elements, { schema, ...options } = {}) =>
      present<CreateExcludeConstraint>({
        kind: "createExcludeConstraint",
        table,
        schema,
        constraint: makeExclude(context, table, { ...options, name, elements }),
      }),
    dropConstraint: (name, table, options = {}) =>
      present<DropConstraint>({
        kind: "dropConstraint",
        table,
        name: constraintName(context, name, table, options.type, options.was),
        ...dropFlags(options),
        type: options.type,
        was: options.was,
      }),
    validateConstraint: (name, table, { schema, type } = {}) =>
      present<ValidateConstraint>({
        kind: "validateConstraint",
        table,
        schema,
        name: requireName(constraintName(context, name, table, type)),
      }),
    renameConstraint: (table, name, newName, { schema } = {}) =>
      present<RenameConstraint>({ kind: "renameConstraint", table, schema, name, newName }),
  };
}

function makeCreateForeignKey(
  context: MakeContext,
  name: ConstraintName | null,
  [table, referent]: readonly [string, string],
  [columns, remoteColumns]: readonly [readonly string[], readonly string[]],
  { sourceSchema, referentSchema, ...options }: CreateForeignKeyOptions,
): Operation {
  const references = { table: referent, columns: remoteColumns };
  return present<CreateForeignKey>({
    kind: "createForeignKey",
    table,
    schema: sourceSchema,
    constraint: makeForeignKey(context, table, {
      ...options,
      name,
      columns,
      references: referentSchema === undefined ? references : { ...references, schema: referentSchema },
    }),
  });
}

/** The name of a constraint that is there; undefined where neither the call nor the naming convention has one. */
function constraintName(
  context: MakeContext,
  name: ConstraintName | null,
  table: string,
  type: ConstraintType | undefined,
  was?: ConstraintDefinition,
): string | undefined {
  if (type !== undefined && !constraintTypes.includes(type)) {
    throw new OperationError(
      "invalid-argument",
      `"${String(type)}" is not a type of constraint.`,
      `Give one of ${constraintTypes.join(", ")}, or none.`,
    );
  }
  const columns = was !== undefined && "columns" in was ? was.columns : undefined;
  const subject = columns === undefined ? { table } : { table, columns };
  const convention = type === undefined ? undefined : context.namingConvention;
  const resolved =
    type === undefined && typeof name === "string"
      ? name
      : resolveName(convention, namedKind(type ?? "check"), name, subject);
  return resolved === undefined ? undefined : requireName(resolved);
}

const deferrableKeys: OptionKeys<DeferrableOptions> = { deferrable: "flag", initially: "text" };

const createPrimaryKeyKeys: OptionKeys<CreatePrimaryKeyOptions> = {
  ...deferrableKeys,
  ...schemaKeys,
  include: "names",
  usingIndex: "text",
};

/** What their methods take. */
export const constraintSignatures: Signatures<keyof ConstraintOperations> = {
  createPrimaryKey: [given.constraintName, given.table, given.columns, ["options?", createPrimaryKeyKeys]],
  createForeignKey: [
    given.constraintName,
    ["sourceTable", "text"],
    ["referentTable", "text"],
    ["localColumns", "names"],
    ["remoteColumns", "names"],
    [
      "options?",
      {
        sourceSchema: "text",
        referentSchema: "text",
        onDelete: "text",
        onUpdate: "text",
        match: "text",
        ...deferrableKeys,
        notValid: "flag",
      },
    ],
  ],
  createUniqueConstraint: [
    given.constraintName,
    given.table,
    given.columns,
    ["options?", { ...createPrimaryKeyKeys, nullsNotDistinct: "flag" }],
  ],
  createCheckConstraint: [
    given.constraintName,
    given.table,
    ["condition", "sql"],
    ["options?", { ...schemaKeys, notValid: "flag", noInherit: "flag" }],
  ],
  createExcludeConstraint: [
    given.constraintName,
    given.table,
    ["elements", "excludeElements"],
    ["options?", { ...deferrableKeys, ...schemaKeys, using: "text", where: "sql" }],
  ],
  dropConstraint: [
    given.constraintName,
    given.table,
    ["options?", { ...dropKeys, type: "text", was: "object" }],
  ],
  validateConstraint: [["name", "name"], given.table, ["options?", { ...schemaKeys, type: "text" }]],
  renameConstraint: [given.table, given.oldName, given.newName, given.schemaOption],
};

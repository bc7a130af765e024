import type { ConstraintName, IndexOptions } from "./arguments";
import type { AlterColumnOptions } from "./columnOperations";
import type { CreateForeignKeyOptions } from "./constraintOperations";
import type { ConstraintDefinition } from "./definitions";
import type { CreateIndexOptions, DropIndexOptions } from "./indexOperations";
import { makeColumn, makeDefault, makeIdentity } from "./makeColumn";
import { makeCheck, makeExclude, makeForeignKey, makePrimaryKey, makeUnique } from "./makeConstraint";
import type { MakeContext } from "./makeConstraint";
import { makeIndex } from "./makeIndex";
import { namedKind, resolveName } from "./namingConvention";
import type { Operation } from "./operation";
import type { AddColumn, AlterColumn, DropColumn } from "./records/column";
import type {
  CreateCheckConstraint,
  CreateExcludeConstraint,
  CreateForeignKey,
  CreatePrimaryKey,
  CreateUniqueConstraint,
  DropConstraint,
  RenameConstraint,
  ValidateConstraint,
} from "./records/constraint";
import type { ConstraintType } from "./definitions";
import type { CreateIndex, DropIndex } from "./records/tableIndex";
import { OperationError } from "./operationError";
import type { Makers } from "./makers";
import { refuseUnknownOptions } from "./optionKeys";
import type { OptionKeys } from "./optionKeys";
import { flag, present } from "./sparse";
import { fragmentOf } from "./sqlFragment";
import { dropFlags } from "./tableMakers";

const alterColumnKeys: OptionKeys<AlterColumnOptions> = {
  type: true,
  using: true,
  collation: true,
  nullable: true,
  default: true,
  identity: true,
  generated: true,
  comment: true,
  newName: true,
  existingType: true,
  existingNullable: true,
  existingDefault: true,
  existingIdentity: true,
  existingComment: true,
  schema: true,
};

const indexKeys: OptionKeys<IndexOptions> = {
  unique: true,
  using: true,
  include: true,
  nullsNotDistinct: true,
  with: true,
  tablespace: true,
  where: true,
};
const createIndexKeys: OptionKeys<CreateIndexOptions> = {
  ...indexKeys,
  concurrently: true,
  ifNotExists: true,
  schema: true,
};

const constraintTypes: readonly ConstraintType[] = ["primary", "foreignkey", "unique", "check", "exclude"];

/** The makers of columns, indexes, constraints and comments of a table. */
export function alterationMakers(
  context: MakeContext,
): Makers<
  | "addColumn"
  | "dropColumn"
  | "alterColumn"
  | "renameColumn"
  | "createIndex"
  | "dropIndex"
  | "createPrimaryKey"
  | "createForeignKey"
  | "createUniqueConstraint"
  | "createCheckConstraint"
  | "createExcludeConstraint"
  | "dropConstraint"
  | "validateConstraint"
  | "renameConstraint"
> {
  return {
    addColumn: (table, name, definition, { schema, ifNotExists } = {}) =>
      present<AddColumn>({
        kind: "addColumn",
        table,
        schema,
        ...makeColumn(context, table, name, definition),
        ifNotExists: flag(ifNotExists),
      }),
    dropColumn: (table, column, options = {}) =>
      present<DropColumn>({
        kind: "dropColumn",
        table,
        column,
        ...dropFlags(options),
        was: options.was === undefined ? undefined : makeColumn(context, table, column, options.was),
      }),
    alterColumn: makeAlterColumn,
    renameColumn: (table, column, newName, { schema } = {}) =>
      present<AlterColumn>({ kind: "alterColumn", table, schema, column, newName }),
    createIndex: (name, table, columns, options = {}) => {
      refuseUnknownOptions(options, createIndexKeys, `an index of "${table}"`);
      return present<CreateIndex>({
        kind: "createIndex",
        table,
        schema: options.schema,
        index: makeIndex(context, name, table, columns, options),
        concurrently: flag(options.concurrently),
        ifNotExists: flag(options.ifNotExists),
      });
    },
    dropIndex: (name, table, options = {}) => makeDropIndex(context, name, table, options),
    ...constraintMakers(context),
  };
}

function makeDropIndex(
  context: MakeContext,
  name: ConstraintName,
  table: string | undefined,
  options: DropIndexOptions,
): Operation {
  const finalName = requireName(resolveName(context.namingConvention, "ix", name, { table }));
  const { was } = options;
  const final = { kind: "finalName", name: finalName } as const;
  return present<DropIndex>({
    kind: "dropIndex",
    name: finalName,
    table,
    ...dropFlags(options),
    concurrently: flag(options.concurrently),
    was: was === undefined ? undefined : makeIndex(context, final, table, was.columns, was),
  });
}

function constraintMakers(
  context: MakeContext,
): Makers<
  | "createPrimaryKey"
  | "createForeignKey"
  | "createUniqueConstraint"
  | "createCheckConstraint"
  | "createExcludeConstraint"
  | "dropConstraint"
  | "validateConstraint"
  | "renameConstraint"
> {
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
        name: constraintName(context, name, table, type),
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

function constraintName(
  context: MakeContext,
  name: ConstraintName,
  table: string,
  type: ConstraintType | undefined,
  was?: ConstraintDefinition,
): string {
  if (type !== undefined && !constraintTypes.includes(type)) {
    throw new OperationError(
      "invalid-argument",
      `"${String(type)}" is no type of a constraint.`,
      `Give one of ${constraintTypes.join(", ")}, or none.`,
    );
  }
  const columns = was !== undefined && "columns" in was ? was.columns : undefined;
  const subject = columns === undefined ? { table } : { table, columns };
  const convention = type === undefined ? undefined : context.namingConvention;
  return requireName(
    type === undefined && typeof name === "string"
      ? name
      : resolveName(convention, namedKind(type ?? "check"), name, subject),
  );
}

function requireName(name: string | undefined): string {
  if (name === undefined || name === "") {
    throw new OperationError("missing-name", "What is dropped or validated has to be named.");
  }
  return name;
}

function makeAlterColumn(table: string, column: string, changes: AlterColumnOptions): Operation {
  const subject = `the change of column "${column}" of "${table}"`;
  refuseUnknownOptions(changes, alterColumnKeys, subject);
  for (const key of ["using", "collation"] as const) {
    if (changes[key] !== undefined && changes.type === undefined) {
      throw new OperationError("invalid-argument", `"${key}" in ${subject} needs a "type" beside it.`);
    }
  }
  if (changes.generated !== undefined && changes.generated !== null) {
    throw new OperationError(
      "not-supported",
      `PostgreSQL cannot make an existing column a generated one: ${subject}.`,
      "Drop the column and add it again.",
    );
  }
  if (changes.type !== undefined && /^(small|big)?serial\d?$/i.test(changes.type.trim())) {
    throw new OperationError(
      "invalid-argument",
      `"${changes.type}" is a type for new columns only: ${subject}.`,
      'Give the integer type, and identity: "by default" for its numbers.',
    );
  }
  return present<AlterColumn>({
    kind: "alterColumn",
    table,
    schema: changes.schema,
    column,
    type: changes.type,
    using: changes.using === undefined ? undefined : fragmentOf(changes.using),
    collation: changes.collation,
    nullable: changes.nullable,
    default: makeDefault(changes.default),
    identity: optionalIdentity(changes.identity),
    generated: changes.generated,
    comment: changes.comment,
    newName: changes.newName,
    existingType: changes.existingType,
    existingNullable: changes.existingNullable,
    existingDefault: makeDefault(changes.existingDefault),
    existingIdentity: optionalIdentity(changes.existingIdentity),
    existingComment: changes.existingComment,
  });
}

function optionalIdentity(
  identity: AlterColumnOptions["identity"],
): ReturnType<typeof makeIdentity> | null | undefined {
  return identity === null || identity === undefined ? identity : makeIdentity(identity);
}

import type { ConstraintDefinition, ReferencesOptions } from "../constraint/constraintDefinition";
import { makeCheck, makeForeignKey, makePrimaryKey, makeUnique } from "../constraint/makeConstraint";
import { makeDefault } from "../makers";
import type { MakeContext } from "../makers";
import { OperationError } from "../operationError";
import { refuseUnknownOptions } from "../optionKeys";
import type { OptionKeys } from "../optionKeys";
import { makeSequence, sequenceKeys } from "../sequence/sequenceMakers";
import { present } from "../sparse";
import { fragmentOf } from "../sqlFragment";
import type {
  ColumnDefinition,
  ColumnOptions,
  GeneratedDefinition,
  IdentityArgument,
  IdentityDefinition,
  IdentityOptions,
} from "./columnDefinition";

export interface MadeColumn {
  readonly column: ColumnDefinition;
  /** On this column alone, in the order primary key, unique, check, foreign key. */
  readonly constraints: readonly ConstraintDefinition[];
}

/** What a column takes. */
export const columnKeys: OptionKeys<ColumnOptions> = {
  type: "text",
  nullable: "flag",
  default: "any",
  primaryKey: "flag",
  unique: "nameOrFlag",
  references: "objectOrText",
  check: "sqlOrObject",
  generated: { expression: "sql", stored: "flag" },
  generatedAs: "sql",
  identity: "objectOrText",
  collation: "text",
  comment: "textOrNull",
};

const identityKeys: OptionKeys<IdentityOptions> = { ...sequenceKeys, always: "flag" };

/** An identity as records keep it. */
export function makeIdentity(identity: IdentityArgument): IdentityDefinition {
  if (typeof identity === "string") {
    return { generation: identity };
  }
  refuseUnknownOptions(identity, identityKeys, "an identity");
  return { generation: identity.always === true ? "always" : "by default", ...makeSequence(identity) };
}

/**
 * A column and the constraints that its options ask for.
 *
 * @throws OperationError if the options contradict each other
 */
export function makeColumn(
  context: MakeContext,
  table: string,
  name: string,
  options: ColumnOptions,
): MadeColumn {
  const subject = `column "${name}" of "${table}"`;
  refuseUnknownOptions(options, columnKeys, subject);
  refuseContradictions(options, subject);
  const column = present<ColumnDefinition>({
    name,
    type: options.type,
    nullable: options.nullable ?? !impliesNotNull(options),
    default: makeDefault(options.default ?? undefined),
    collation: options.collation,
    generated: makeGenerated(options),
    identity: options.identity === undefined ? undefined : makeIdentity(options.identity),
    comment: options.comment,
  });
  return { column, constraints: columnConstraints(context, table, name, options) };
}

function makeGenerated(options: ColumnOptions): GeneratedDefinition | undefined {
  if (options.generatedAs !== undefined) {
    return { expression: fragmentOf(options.generatedAs), stored: true };
  }
  return options.generated === undefined
    ? undefined
    : { expression: fragmentOf(options.generated.expression), stored: options.generated.stored ?? true };
}

function isSerial(type: string): boolean {
  return /^(small|big)?serial\d?$/i.test(type.trim());
}

function impliesNotNull(options: ColumnOptions): boolean {
  return options.primaryKey === true || options.identity !== undefined || isSerial(options.type);
}

function refuseContradictions(options: ColumnOptions, subject: string): void {
  if (typeof options.type !== "string" || options.type.trim() === "") {
    throw new OperationError(
      "invalid-argument",
      `The ${subject} has no type.`,
      'Give one of PostgreSQL\'s types: { type: "text" }.',
    );
  }
  const given: readonly (readonly [string, unknown])[] = [
    ["default", options.default ?? undefined],
    ["identity", options.identity],
    ["generated", options.generated],
    ["generatedAs", options.generatedAs],
    [`type "${options.type}"`, isSerial(options.type) ? true : undefined],
  ];
  const sources = given.flatMap(([source, value]) => (value === undefined ? [] : [source]));
  if (sources.length > 1) {
    throw new OperationError(
      "invalid-argument",
      `The ${subject} gets its value from both ${sources.join(" and ")}.`,
    );
  }
  if (options.nullable === true && impliesNotNull(options)) {
    throw new OperationError(
      "invalid-argument",
      `The ${subject} is nullable, which a primary key, identity or serial column never is.`,
      "Leave nullable out.",
    );
  }
}

function columnConstraints(
  context: MakeContext,
  table: string,
  name: string,
  options: ColumnOptions,
): readonly ConstraintDefinition[] {
  const constraints: ConstraintDefinition[] = [];
  const columns = [name];
  if (options.primaryKey === true) {
    constraints.push(makePrimaryKey(context, table, { columns }));
  }
  if (options.unique !== undefined && options.unique !== false) {
    constraints.push(
      makeUnique(context, table, options.unique === true ? { columns } : { columns, name: options.unique }),
    );
  }
  if (options.check !== undefined) {
    const check = typeof options.check === "object" && "condition" in options.check;
    constraints.push(
      makeCheck(context, table, check ? options.check : { condition: options.check }, columns),
    );
  }
  if (options.references !== undefined) {
    const reference =
      typeof options.references === "string" ? parseReference(options.references) : options.references;
    constraints.push(makeForeignKey(context, table, referenceOptions(columns, reference)));
  }
  return constraints;
}

/** `"users.id"`, `"app.users.id"`: as SQLAlchemy's ForeignKey. */
function parseReference(text: string): ReferencesOptions {
  const parts = text.split(".");
  const [column, table, schema] = parts.reverse();
  if (parts.length > 3 || parts.includes("") || column === undefined || table === undefined) {
    throw new OperationError(
      "invalid-argument",
      `"${text}" does not name a table and a column.`,
      'Write "table.column" or "schema.table.column", or { table, column } for names with dots.',
    );
  }
  return schema === undefined ? { table, column } : { schema, table, column };
}

function referenceOptions(
  columns: readonly string[],
  { table, schema, column, ...rest }: ReferencesOptions,
): Parameters<typeof makeForeignKey>[2] {
  return {
    ...rest,
    columns,
    references: present<{ table: string; schema?: string; columns?: readonly string[] }>({
      schema,
      table,
      columns: column === undefined ? undefined : [column],
    }),
  };
}

import type { ConstraintName } from "../arguments";
import { requireKind } from "../argumentKinds";
import type { MakeContext } from "../makers";
import { resolveName } from "../namingConvention";
import type { NamedKind, NamingSubject } from "../namingConvention";
import { OperationError } from "../operationError";
import { refuseUnknownOptions } from "../optionKeys";
import type { OptionKeys } from "../optionKeys";
import { flag, present } from "../sparse";
import { fragmentOf, isSqlFragment } from "../sqlFragment";
import type { SqlFragment } from "../sqlFragment";
import type {
  CheckDefinition,
  CheckOptions,
  ExcludeArgument,
  ExcludeDefinition,
  ExcludeElement,
  ExcludeOptions,
  ForeignKeyDefinition,
  ForeignKeyOptions,
  ForeignKeyReference,
  PrimaryKeyDefinition,
  PrimaryKeyOptions,
  UniqueDefinition,
  UniqueOptions,
} from "./constraintDefinition";

type Named<Options> = Omit<Options, "name"> & { readonly name?: ConstraintName | null };

/** What a primary key takes. */
export const primaryKeyKeys: OptionKeys<Named<PrimaryKeyOptions> & { usingIndex?: string }> = {
  name: "nameOrNull",
  columns: "names",
  include: "names",
  deferrable: "flag",
  initially: "text",
  usingIndex: "text",
};

const uniqueKeys: OptionKeys<Named<UniqueOptions> & { usingIndex?: string }> = {
  ...primaryKeyKeys,
  nullsNotDistinct: "flag",
};

const checkKeys: OptionKeys<Named<CheckOptions> & { notValid?: boolean }> = {
  name: "nameOrNull",
  condition: "sql",
  noInherit: "flag",
  notValid: "flag",
};

const foreignKeyKeys: OptionKeys<Named<ForeignKeyOptions> & { notValid?: boolean }> = {
  name: "nameOrNull",
  columns: "names",
  references: { schema: "text", table: "text", columns: "names" },
  onDelete: "text",
  onUpdate: "text",
  match: "text",
  deferrable: "flag",
  initially: "text",
  notValid: "flag",
};

const excludeKeys: OptionKeys<Named<ExcludeOptions>> = {
  name: "nameOrNull",
  elements: "excludeElements",
  using: "text",
  where: "sql",
  deferrable: "flag",
  initially: "text",
};

function finalName(
  { namingConvention }: MakeContext,
  kind: NamedKind,
  name: ConstraintName | null | undefined,
  subject: NamingSubject,
): string | undefined {
  return resolveName(namingConvention, kind, name, subject);
}

function copied(names: readonly string[], subject: string): readonly string[] {
  if (!Array.isArray(names) || names.length === 0) {
    throw new OperationError(
      "invalid-argument",
      `The ${subject} names no columns.`,
      "Give a list of column names.",
    );
  }
  return [...(names as readonly string[])];
}

function listOrNothing(names: readonly string[] | undefined): readonly string[] | undefined {
  return names === undefined || names.length === 0 ? undefined : [...names];
}

/** A primary key with its final name. */
export function makePrimaryKey(
  context: MakeContext,
  table: string,
  options: Named<PrimaryKeyOptions> & { readonly usingIndex?: string },
): PrimaryKeyDefinition {
  refuseUnknownOptions(options, primaryKeyKeys, `the primary key of "${table}"`);
  const columns = copied(options.columns, `primary key of "${table}"`);
  return present<PrimaryKeyDefinition>({
    kind: "primaryKey",
    name: finalName(context, "pk", options.name, { table, columns }),
    columns,
    include: listOrNothing(options.include),
    usingIndex: options.usingIndex,
    deferrable: options.deferrable,
    initially: options.initially,
  });
}

/** A unique constraint with its final name. */
export function makeUnique(
  context: MakeContext,
  table: string,
  options: Named<UniqueOptions> & { readonly usingIndex?: string },
): UniqueDefinition {
  refuseUnknownOptions(options, uniqueKeys, `a unique constraint of "${table}"`);
  const columns = copied(options.columns, `unique constraint of "${table}"`);
  return present<UniqueDefinition>({
    kind: "unique",
    name: finalName(context, "uq", options.name, { table, columns }),
    columns,
    include: listOrNothing(options.include),
    nullsNotDistinct: flag(options.nullsNotDistinct),
    usingIndex: options.usingIndex,
    deferrable: options.deferrable,
    initially: options.initially,
  });
}

/** @param columns what the naming convention may use, where it is known */
export function makeCheck(
  context: MakeContext,
  table: string,
  options: Named<CheckOptions> & { readonly notValid?: boolean },
  columns?: readonly string[],
): CheckDefinition {
  refuseUnknownOptions(options, checkKeys, `a check constraint of "${table}"`);
  return present<CheckDefinition>({
    kind: "check",
    name: finalName(context, "ck", options.name, columns === undefined ? { table } : { table, columns }),
    condition: fragmentOf(options.condition),
    notValid: flag(options.notValid),
    noInherit: flag(options.noInherit),
  });
}

/** A foreign key with its final name. */
export function makeForeignKey(
  context: MakeContext,
  table: string,
  options: Named<ForeignKeyOptions> & { readonly notValid?: boolean },
): ForeignKeyDefinition {
  refuseUnknownOptions(options, foreignKeyKeys, `a foreign key of "${table}"`);
  const columns = copied(options.columns, `foreign key of "${table}"`);
  requireKind(options.references, "object", `The option "references" of a foreign key of "${table}"`);
  const references = present<ForeignKeyReference>({
    schema: options.references.schema,
    table: options.references.table,
    columns: listOrNothing(options.references.columns),
  });
  if (references.columns !== undefined && references.columns.length !== columns.length) {
    throw new OperationError(
      "invalid-argument",
      `A foreign key of "${table}" has ${columns.length} columns for ${references.columns.length} of "${references.table}".`,
    );
  }
  const subject = {
    table,
    columns,
    referredTable: references.table,
    referredColumns: references.columns ?? [],
  };
  return present<ForeignKeyDefinition>({
    kind: "foreignKey",
    name: finalName(context, "fk", options.name, subject),
    columns,
    references,
    onDelete: options.onDelete,
    onUpdate: options.onUpdate,
    match: options.match,
    deferrable: options.deferrable,
    initially: options.initially,
    notValid: flag(options.notValid),
  });
}

/** An exclude constraint with its final name. */
export function makeExclude(
  context: MakeContext,
  table: string,
  options: Named<ExcludeOptions>,
): ExcludeDefinition {
  refuseUnknownOptions(options, excludeKeys, `an exclude constraint of "${table}"`);
  requireKind(
    options.elements,
    "excludeElements",
    `The option "elements" of an exclude constraint of "${table}"`,
  );
  const elements = options.elements.map(makeExcludeElement);
  if (elements.length === 0) {
    throw new OperationError("invalid-argument", `An exclude constraint of "${table}" has no elements.`);
  }
  const columns = elements.flatMap((element) => (element.kind === "column" ? [element.name] : []));
  return present<ExcludeDefinition>({
    kind: "exclude",
    name: finalName(context, "ex", options.name, { table, columns }),
    using: options.using,
    elements,
    where: options.where === undefined ? undefined : fragmentOf(options.where),
    deferrable: options.deferrable,
    initially: options.initially,
  });
}

const columnElementKeys = { column: "text", operator: "text", opclass: "text" } as const;
const expressionElementKeys = { expression: "sql", operator: "text", opclass: "text" } as const;

function makeExcludeElement(argument: ExcludeArgument): ExcludeElement {
  if (isPair(argument)) {
    const [element, operator] = argument;
    return isSqlFragment(element)
      ? { kind: "expression", expression: element, operator }
      : { kind: "column", name: element, operator };
  }
  refuseUnknownOptions<object>(
    argument,
    "expression" in argument ? expressionElementKeys : columnElementKeys,
    "an element of an exclude constraint",
  );
  const { operator, opclass } = argument;
  return present<ExcludeElement>(
    "column" in argument
      ? { kind: "column", name: argument.column, operator, opclass }
      : { kind: "expression", expression: argument.expression, operator, opclass },
  );
}

function isPair(
  argument: ExcludeArgument,
): argument is readonly [element: string | SqlFragment, operator: string] {
  return Array.isArray(argument);
}

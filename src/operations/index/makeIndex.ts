import { requireKind } from "../argumentKinds";
import type { ConstraintName } from "../arguments";
import type { MakeContext } from "../makers";
import { resolveName } from "../namingConvention";
import { OperationError } from "../operationError";
import { refuseUnknownOptions, type OptionKeys } from "../optionKeys";
import { flag, present } from "../sparse";
import { fragmentOf, isSqlFragment } from "../sqlFragment";
import type {
  IndexDefinition,
  IndexElement,
  IndexElementArgument,
  IndexElementOptions,
  IndexOptions,
} from "./indexDefinition";

/**
 * An index.
 *
 * @param name `null`: made by the naming convention
 * @throws OperationError if there is no name and none can be made
 */
export function makeIndex(
  context: MakeContext,
  name: ConstraintName | null,
  table: string | undefined,
  columns: readonly IndexElementArgument[],
  options: IndexOptions,
): IndexDefinition {
  requireKind(columns, "elements", `"columns" of an index of "${table ?? ""}"`);
  const elements = columns.map(makeIndexElement);
  if (elements.length === 0) {
    throw new OperationError("invalid-argument", `An index of "${table ?? ""}" has no columns.`);
  }
  const plain = elements.map((element) => (element.kind === "column" ? element.name : undefined));
  const names = plain.includes(undefined) ? plain.slice(0, plain.indexOf(undefined)) : plain;
  const finalName = resolveName(context.namingConvention, "ix", name, {
    table,
    columns: names.filter((column) => column !== undefined),
  });
  if (finalName === undefined) {
    throw new OperationError("missing-name", `An index of "${table ?? ""}" has no name.`);
  }
  return present<IndexDefinition>({
    name: finalName,
    columns: elements,
    unique: flag(options.unique),
    using: options.using,
    include: options.include === undefined || options.include.length === 0 ? undefined : [...options.include],
    nullsNotDistinct: flag(options.nullsNotDistinct),
    with: options.with === undefined ? undefined : { ...options.with },
    tablespace: options.tablespace,
    where: options.where === undefined ? undefined : fragmentOf(options.where),
  });
}

const elementKeys: OptionKeys<IndexElementOptions> = {
  collation: "text",
  opclass: "text",
  order: "text",
  nulls: "text",
};
const columnElementKeys = { column: "text", ...elementKeys } as const;
const expressionElementKeys = { expression: "sql", ...elementKeys } as const;

function makeIndexElement(argument: IndexElementArgument): IndexElement {
  if (typeof argument === "string") {
    return { kind: "column", name: argument };
  }
  if (isSqlFragment(argument)) {
    return argument;
  }
  refuseUnknownOptions<object>(
    argument,
    "expression" in argument ? expressionElementKeys : columnElementKeys,
    "an element of an index",
  );
  const { collation, opclass, order, nulls } = argument;
  if (!("expression" in argument)) {
    requireKind(argument.column, "text", 'The option "column" of an element of an index');
  }
  return "column" in argument
    ? present<IndexElement>({ kind: "column", name: argument.column, collation, opclass, order, nulls })
    : present<IndexElement>({
        kind: "expression",
        expression: fragmentOf(argument.expression),
        collation,
        opclass,
        order,
        nulls,
      });
}

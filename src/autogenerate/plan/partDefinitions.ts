import type {
  ConstraintDefinition,
  ExcludeElement,
  ReferentialAction,
} from "../../operations/constraint/constraintDefinition";
import type { ConstraintModel, ForeignKeyAction } from "../../schema/model/constraintModel";
import type { StorageParameters } from "../../operations/definitions";
import type { IndexDefinition, IndexElement } from "../../operations/index/indexDefinition";
import type { IndexElementModel, IndexModel } from "../../schema/model/indexModel";
import { flag, present } from "../../operations/sparse";
import { sqlText, type SqlFragment } from "../../operations/sqlFragment";
import { stripParentheses } from "../../sqlText/parentheses";
import { inSchema, type PlanContext } from "./planContext";

function listed(names: readonly string[]): readonly string[] | undefined {
  return names.length === 0 ? undefined : names;
}

function condition(text: string | undefined): SqlFragment | undefined {
  return text === undefined ? undefined : sqlText(stripParentheses(text));
}

/** `fillfactor=70` and the like as a record. */
export function storageParameters(options: readonly string[]): StorageParameters | undefined {
  return options.length === 0
    ? undefined
    : Object.fromEntries(
        options.map((option) => {
          const at = option.indexOf("=");
          const value = option.slice(at + 1);
          const isNumber = /^-?\d+(\.\d+)?$/.test(value);
          const isFlag = value === "true" || value === "false";
          return [option.slice(0, at), isNumber ? Number(value) : isFlag ? value === "true" : value];
        }),
      );
}

function deferrability(constraint: {
  readonly isDeferrable: boolean;
  readonly isInitiallyDeferred: boolean;
}): {
  readonly deferrable?: boolean;
  readonly initially?: "deferred";
} {
  return {
    ...(constraint.isDeferrable ? { deferrable: true } : {}),
    ...(constraint.isInitiallyDeferred ? { initially: "deferred" } : {}),
  };
}

function action(value: ForeignKeyAction): ReferentialAction | undefined {
  return value === "no action" ? undefined : value;
}

/** A constraint as an operation has it; `undefined` if it has something that operations don't know. */
export function constraintDefinition(
  context: PlanContext,
  constraint: ConstraintModel,
): ConstraintDefinition | undefined {
  if (constraint.isOpaque) {
    return undefined;
  }
  const { name } = constraint;
  switch (constraint.kind) {
    case "primaryKey":
      return present<ConstraintDefinition>({
        kind: "primaryKey",
        name,
        columns: constraint.columns,
        include: listed(constraint.include),
        ...deferrability(constraint),
      });
    case "unique":
      return present<ConstraintDefinition>({
        kind: "unique",
        name,
        columns: constraint.columns,
        include: listed(constraint.include),
        nullsNotDistinct: flag(constraint.nullsNotDistinct),
        ...deferrability(constraint),
      });
    case "check":
      return present<ConstraintDefinition>({
        kind: "check",
        name,
        condition: sqlText(stripParentheses(constraint.condition)),
        notValid: flag(!constraint.isValid),
        noInherit: flag(constraint.noInherit),
      });
    case "foreignKey":
      return present<ConstraintDefinition>({
        kind: "foreignKey",
        name,
        columns: constraint.columns,
        references: {
          ...inSchema(context, constraint.referencedSchema),
          table: constraint.referencedTable,
          columns: constraint.referencedColumns,
        },
        onDelete: action(constraint.onDelete),
        onUpdate: action(constraint.onUpdate),
        match: constraint.match === "simple" ? undefined : constraint.match,
        notValid: flag(!constraint.isValid),
        ...deferrability(constraint),
      });
    case "exclude":
      return excludeDefinition(constraint);
  }
}

function excludeDefinition(
  constraint: Extract<ConstraintModel, { kind: "exclude" }>,
): ConstraintDefinition | undefined {
  const isPlain = constraint.elements.every(
    ({ collation, opclassOptions, isDescending, nullsFirst }) =>
      collation === undefined && opclassOptions.length === 0 && !isDescending && !nullsFirst,
  );
  return isPlain
    ? present<ConstraintDefinition>({
        kind: "exclude",
        name: constraint.name,
        using: constraint.method,
        elements: constraint.elements.map(excludeElement),
        where: condition(constraint.predicate),
        ...deferrability(constraint),
      })
    : undefined;
}

function excludeElement(element: IndexElementModel & { readonly operator: string }): ExcludeElement {
  const options = present<{ operator: string; opclass?: string }>({
    operator: element.operator,
    opclass: element.opclass,
  });
  return element.kind === "column"
    ? { kind: "column", name: element.text, ...options }
    : { kind: "expression", expression: sqlText(stripParentheses(element.text)), ...options };
}

/** An index of the catalog as operations have it, without what is the default. */
export function indexDefinition(index: IndexModel): IndexDefinition {
  return present<IndexDefinition>({
    name: index.name,
    columns: index.elements.map(indexElement),
    unique: flag(index.isUnique),
    using: index.method === "btree" ? undefined : index.method,
    include: listed(index.include),
    nullsNotDistinct: flag(index.nullsNotDistinct),
    with: storageParameters(index.options),
    tablespace: index.tablespace,
    where: condition(index.predicate),
  });
}

function indexElement(element: IndexElementModel): IndexElement {
  if (element.opclassOptions.length > 0) {
    return sqlText(wholeElement(element));
  }
  const options = {
    collation: element.collation,
    opclass: element.opclass,
    order: element.isDescending ? ("desc" as const) : undefined,
    nulls: nullsOf(element),
  };
  const isBare = Object.values(options).every((option) => option === undefined);
  if (element.kind === "column") {
    return present<IndexElement>({ kind: "column", name: element.text, ...options });
  }
  return isBare
    ? sqlText(element.text)
    : present<IndexElement>({
        kind: "expression",
        expression: sqlText(stripParentheses(element.text)),
        ...options,
      });
}

/** Only where it is not what the order brings along. */
function nullsOf({ isDescending, nullsFirst }: IndexElementModel): "first" | "last" | undefined {
  return isDescending === nullsFirst ? undefined : nullsFirst ? "first" : "last";
}

/** `name gist_trgm_ops (siglen=32) DESC`: records of elements don't have all of it. */
function wholeElement(element: IndexElementModel): string {
  const nulls = nullsOf(element);
  const name = element.kind === "column" ? `"${element.text.replaceAll('"', '""')}"` : element.text;
  return [
    name,
    element.collation === undefined ? "" : `COLLATE "${element.collation.replaceAll('"', '""')}"`,
    `${element.opclass ?? ""} (${element.opclassOptions.join(", ")})`,
    element.isDescending ? "DESC" : "",
    nulls === undefined ? "" : `NULLS ${nulls.toUpperCase()}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

import { isOfType } from "../compare/compareTypes";
import type { CheckDefinition } from "../../operations/constraint/constraintDefinition";
import type { DifferenceOf, SchemaDifference } from "../compare/difference";
import { printedQualifiedName } from "../../sqlText/expression";
import { isSameName } from "../../schema/findNamed";
import type { DomainModel, EnumModel, SequenceModel } from "../../schema/model/schemaModel";
import { present } from "../../operations/sparse";
import { sql, sqlText } from "../../operations/sqlFragment";
import type { ColumnModel } from "../../schema/model/columnModel";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import type { DomainDefinition, EnumColumn } from "../../operations/type/type";
import { shortTypeName } from "../../sqlText/typeName";
import { columnDefault, sequenceDefinition, wholeSequenceDefinition } from "./columnDefinitions";
import { defaultFromText } from "./defaults";
import { stripParentheses } from "../../sqlText/parentheses";
import {
  emitComment,
  identifier,
  inSchema,
  type PlanContext,
  type PlanWarning,
  spokenName,
} from "./planContext";

/** Whether all old values stay in their order, so that new ones need only be added. */
export function isOnlyAdded(before: EnumModel, after: EnumModel): boolean {
  const kept = after.values.filter((value) => before.values.includes(value));
  return kept.length === before.values.length && kept.every((value, at) => value === before.values[at]);
}

/** An enum that is new, gone or changed; where values were not only added, the type is replaced. */
export function emitEnum(
  context: PlanContext,
  { before, after }: DifferenceOf<"enum">,
  differences: readonly SchemaDifference[],
): void {
  if (before === undefined && after !== undefined) {
    context.emit("types", {
      kind: "createEnum",
      ...inSchema(context, after.schema),
      name: after.name,
      values: after.values,
    });
    commentOnType(context, "TYPE", after);
  } else if (after === undefined && before !== undefined) {
    context.emit("dropTypes", { kind: "dropEnum", ...inSchema(context, before.schema), name: before.name });
  } else if (before !== undefined && after !== undefined) {
    if (isOnlyAdded(before, after)) {
      emitAddedValues(context, before, after, differences);
    } else {
      emitReplacedEnum(context, before, after);
    }
  }
}

function emitAddedValues(
  context: PlanContext,
  before: EnumModel,
  after: EnumModel,
  differences: readonly SchemaDifference[],
): void {
  const place = { ...inSchema(context, after.schema), name: after.name };
  const there = new Set(before.values);
  const type = printedQualifiedName(after.schema, after.name, context.defaultSchema);
  const others = JSON.stringify(differences.filter(({ kind }) => kind !== "enum"));
  const added = after.values.filter((value) => !there.has(value));
  // Those that are not used yet may be the neighbours of those that are.
  const isAhead = added.some((value) => isValueUsed(others, value, type));
  after.values.forEach((value, at) => {
    if (there.has(value)) {
      return;
    }
    const previous = after.values[at - 1];
    const next = after.values.slice(at + 1).find((each) => there.has(each));
    there.add(value);
    const position =
      next === undefined ? {} : previous === undefined ? { before: next } : { after: previous };
    const operation = { kind: "addEnumValue" as const, ...place, value, ...position };
    if (isAhead) {
      context.emitAutocommit("enumValues", operation, ...(value === added[0] ? [committed] : []));
    } else {
      context.emit("types", operation);
    }
  });
}

const committed: PlanWarning = {
  code: "autocommit",
  text: "committed separately: a transaction cannot use an enum value that it has added",
};

/** Texts of differences are compared as JSON: so is the value. */
function isValueUsed(texts: string, value: string, type: string): boolean {
  const literal = JSON.stringify(`'${value.replaceAll("'", "''")}'::${type}`).slice(1, -1);
  const isInArray = texts.includes(JSON.stringify(value).slice(1, -1)) && texts.includes(`}'::${type}[]`);
  return texts.includes(literal) || isInArray;
}

function emitReplacedEnum(context: PlanContext, before: EnumModel, after: EnumModel): void {
  const gone = before.values.filter((value) => !after.values.includes(value));
  const columns = context.from.tables.flatMap((table) => {
    const counterpart = context.to.tables.find((each) => isSameName(each, table));
    // A table that goes is gone by then.
    return counterpart === undefined ? [] : enumColumns(context, table, counterpart, after);
  });
  const warnings: readonly PlanWarning[] =
    columns.length === 0
      ? []
      : gone.length === 0
        ? [
            {
              code: "rewrite",
              text: `the columns of the type ${spokenName(context, after)} are rewritten while their tables are locked`,
            },
          ]
        : [
            {
              code: "may-fail",
              text: `fails if a row has ${gone.map((value) => `'${value}'`).join(" or ")}: give their new values in mapping`,
            },
          ];
  context.emit(
    "replaceEnums",
    {
      kind: "replaceEnum",
      ...inSchema(context, after.schema),
      name: after.name,
      values: after.values,
      mapping: [],
      columns,
      was: before.values,
    },
    ...warnings,
  );
}

/**
 * The columns of a type at the time when it is replaced, each with the default that it shall have after it. Those that go,
 * or leave the type, have done so by then.
 */
function enumColumns(
  context: PlanContext,
  table: TableModel,
  counterpart: TableModel,
  type: QualifiedName,
): readonly EnumColumn[] {
  return table.columns
    .filter((column) => !column.isInherited && isOfType(column.type, type, context.defaultSchema))
    .flatMap((column) => {
      const wanted = counterpart.columns.find(({ name }) => name === column.name);
      if (wanted === undefined || leavesEnum(context, column, wanted, [type])) {
        return [];
      }
      const isSameType = wanted.type === column.type;
      const value = isSameType ? columnDefault(context, wanted) : undefined;
      return present<EnumColumn>({
        ...inSchema(context, table.schema),
        table: table.name,
        column: column.name,
        array: column.type.endsWith("[]") ? true : undefined,
        default: column.default === undefined && value === undefined ? undefined : (value ?? null),
      });
    });
}

/** Whether a column that changes is of an enum that is replaced, and is not afterwards. */
export function leavesEnum(
  context: PlanContext,
  before: ColumnModel,
  after: ColumnModel,
  replaced: readonly QualifiedName[],
): boolean {
  const isReplaced = ({ type }: ColumnModel): boolean =>
    replaced.some((each) => isOfType(type, each, context.defaultSchema));
  return isReplaced(before) && !isReplaced(after);
}

/** Whether replacing an enum has set the default of a column already. */
export function isDefaultSetByEnum(
  context: PlanContext,
  replaced: readonly EnumModel[],
  type: string,
): boolean {
  return replaced.some((each) => isOfType(type, each, context.defaultSchema));
}

function commentOnType(
  context: PlanContext,
  object: string,
  type: QualifiedName & { readonly comment: string | undefined },
): void {
  if (type.comment !== undefined) {
    emitComment(context, object, identifier(context, type), type.comment);
  }
}

/** A domain that is new, gone or changed. */
export function emitDomain(context: PlanContext, { before, after }: DifferenceOf<"domain">): void {
  if (before !== undefined && after !== undefined && before.type === after.type) {
    return emitAlteredDomain(context, before, after);
  }
  if (before !== undefined) {
    const phase = after === undefined ? "dropTypes" : "types";
    context.emit(phase, { kind: "dropDomain", ...inSchema(context, before.schema), name: before.name });
  }
  if (after !== undefined) {
    const place = { ...inSchema(context, after.schema), name: after.name };
    context.emit("types", {
      kind: "createDomain",
      ...place,
      ...domainDefinition(after),
    });
    commentOnType(context, "DOMAIN", after);
  }
}

function domainDefinition(domain: DomainModel): DomainDefinition {
  return present<DomainDefinition>({
    type: shortTypeName(domain.type),
    collation: domain.collation,
    default: domain.default === undefined ? undefined : defaultFromText(domain.default, domain.type),
    nullable: domain.isNullable,
    checks: domain.checks.map(({ name, condition }): CheckDefinition => ({
      kind: "check",
      name,
      condition: sqlText(stripParentheses(condition)),
    })),
  });
}

/** A domain in use cannot be dropped: it is altered. */
function emitAlteredDomain(context: PlanContext, before: DomainModel, after: DomainModel): void {
  const alter = (change: ReturnType<typeof sql>): void =>
    context.emit("types", {
      kind: "execute",
      sql: sql`ALTER DOMAIN ${identifier(context, after)} ${change}`,
    });
  const isKept = (check: DomainModel["checks"][number], others: DomainModel["checks"]): boolean =>
    others.some(({ name, condition }) => name === check.name && condition === check.condition);
  for (const check of before.checks.filter((each) => !isKept(each, after.checks))) {
    alter(sql`DROP CONSTRAINT ${sql.identifier(check.name)}`);
  }
  if (before.default !== after.default) {
    alter(after.default === undefined ? sql`DROP DEFAULT` : sql`SET DEFAULT ${sql.raw(after.default)}`);
  }
  if (before.isNullable !== after.isNullable) {
    alter(after.isNullable ? sql`DROP NOT NULL` : sql`SET NOT NULL`);
  }
  for (const check of after.checks.filter((each) => !isKept(each, before.checks))) {
    alter(
      sql`ADD CONSTRAINT ${sql.identifier(check.name)} CHECK (${sql.raw(stripParentheses(check.condition))})`,
    );
  }
}

/** A composite type that is new, gone or changed. */
export function emitCompositeType(
  context: PlanContext,
  { before, after }: DifferenceOf<"compositeType">,
): void {
  if (before !== undefined) {
    context.emit(after === undefined ? "dropTypes" : "types", {
      kind: "execute",
      sql: sql`DROP TYPE ${identifier(context, before)}`,
    });
  }
  if (after !== undefined) {
    const attributes = after.attributes.map(
      ({ name, type }) => sql`${sql.identifier(name)} ${sql.raw(type)}`,
    );
    context.emit("types", {
      kind: "execute",
      sql: sql`CREATE TYPE ${identifier(context, after)} AS (${sql.join(attributes)})`,
    });
    commentOnType(context, "TYPE", after);
  }
}

/** A sequence that is new, gone or changed. */
export function emitSequence(
  context: PlanContext,
  { before, after }: DifferenceOf<"sequence">,
  isGoneWithOwner: (sequence: SequenceModel) => boolean,
): void {
  if (after === undefined) {
    if (before !== undefined && !isGoneWithOwner(before)) {
      context.emit("dropSequences", {
        kind: "dropSequence",
        ...inSchema(context, before.schema),
        name: before.name,
      });
    }
    return;
  }
  const place = { ...inSchema(context, after.schema), name: after.name };
  if (before === undefined) {
    context.emit("sequences", { kind: "createSequence", ...place, ...sequenceDefinition(after) });
    commentOnType(context, "SEQUENCE", after);
  } else {
    const known = wholeSequenceDefinition(before);
    const changed = Object.entries(wholeSequenceDefinition(after)).filter(
      ([key, value]) => Reflect.get(known, key) !== value,
    );
    if (changed.length > 0) {
      context.emit("sequences", { kind: "alterSequence", ...place, ...Object.fromEntries(changed) });
    }
  }
  if (JSON.stringify(before?.ownedBy) !== JSON.stringify(after.ownedBy)) {
    const owner = after.ownedBy;
    context.emit("tableOptions", {
      kind: "alterSequence",
      ...place,
      ownedBy:
        owner === undefined
          ? null
          : { ...inSchema(context, owner.schema), table: owner.name, column: owner.column },
    });
  }
}

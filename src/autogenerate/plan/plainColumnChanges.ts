import type { AlterColumn } from "../../operations/column/column";
import type { ColumnModel } from "../../schema/model/columnModel";
import { printedName } from "../../sqlText/expression";
import { present, type Sparse } from "../../operations/sparse";
import { sqlText, type SqlFragment } from "../../operations/sqlFragment";
import { specialSequenceOptions } from "../compare/structure";
import type { QualifiedName } from "../../schema/model/tableModel";
import {
  classifyConversion,
  isTextType,
  type ConversionUsing,
  type TypeConversion,
} from "../compare/typeConversion";
import { elementType, shortTypeName } from "../../sqlText/typeName";
import { columnDefault, identityDefinition, wholeSequenceDefinition } from "./columnDefinitions";
import { warnOfMergedRows } from "./rowsInTheWay";
import { onTable, type PlanContext, type PlanWarning, spokenName } from "./planContext";

/** Type, default, nullability, identity options and comment, in one operation where PostgreSQL takes them so. */
export function emitPlainChanges(
  context: PlanContext,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
  isOtherGeneration: boolean,
): void {
  const isTypeChanged = before.type !== after.type || before.collation !== after.collation;
  const conversion = isTypeChanged
    ? classifyConversion(before.type, after.type, context.knowledge)
    : undefined;
  const isNullabilityChanged = before.isNullable !== after.isNullable;
  const changes: Sparse<Omit<AlterColumn, "kind" | "table" | "schema" | "column">> = {
    type: isTypeChanged ? shortTypeName(after.type) : undefined,
    using: conversion === undefined ? undefined : usingExpression(conversion.using, after),
    collation: isTypeChanged ? after.collation : undefined,
    nullable: isNullabilityChanged ? after.isNullable : undefined,
    ...defaultChange(context, before, after, conversion),
    ...identityChange(before, after, isOtherGeneration),
    comment: before.comment === after.comment ? undefined : (after.comment ?? null),
  };
  const made = present(changes);
  const spokenColumn = `${spokenName(context, table)}.${after.name}`;
  if (Object.keys(made).length === 0) {
    return;
  }
  context.emit(
    "alterColumns",
    {
      kind: "alterColumn",
      ...onTable(context, table),
      column: after.name,
      ...made,
      ...existing(context, before, isTypeChanged || isNullabilityChanged || "default" in made, changes),
    },
    ...conversionWarnings(spokenColumn, before, after, conversion),
    ...(canMerge(before, after, conversion) ? warnOfMergedRows(context, table, after.name) : []),
    ...nullabilityWarnings(spokenColumn, before, after),
  );
}

function existing(
  context: PlanContext,
  before: ColumnModel,
  withType: boolean,
  changes: Partial<Sparse<AlterColumn>>,
): Partial<AlterColumn> {
  const known = columnDefault(context, before);
  return present<Partial<AlterColumn>>({
    existingType: withType ? shortTypeName(before.type) : undefined,
    existingNullable: withType ? before.isNullable : undefined,
    existingDefault:
      changes.default === undefined || before.generation !== undefined ? undefined : (known ?? null),
    existingComment: changes.comment === undefined ? undefined : (before.comment ?? null),
  });
}

function defaultChange(
  context: PlanContext,
  before: ColumnModel,
  after: ColumnModel,
  conversion: TypeConversion | undefined,
): Pick<Sparse<AlterColumn>, "default"> {
  // A default of another type may not be convertible: with USING, PostgreSQL wants it dropped and set anew.
  const isConverted = conversion !== undefined && conversion.using !== "none" && before.default !== undefined;
  const isSequence = (column: ColumnModel): boolean => column.generation !== undefined;
  if (isSequence(after) && isSequence(before)) {
    return { default: undefined };
  }
  if (before.default === after.default && !isConverted) {
    return { default: undefined };
  }
  return { default: isSequence(after) ? null : (columnDefault(context, after) ?? null) };
}

function identityChange(
  before: ColumnModel,
  after: ColumnModel,
  isOtherGeneration: boolean,
): Pick<Sparse<AlterColumn>, "identity" | "existingIdentity"> {
  const [old, wanted] = [before.generation, after.generation];
  if (isOtherGeneration || old?.kind !== "identity" || wanted?.kind !== "identity") {
    return { identity: undefined };
  }
  const special = (generation: typeof old): string =>
    JSON.stringify(specialSequenceOptions(generation.sequence));
  if (old.generation === wanted.generation && special(old) === special(wanted)) {
    return { identity: undefined };
  }
  const { as: _type, ...options } = wholeSequenceDefinition(wanted.sequence);
  const known = wholeSequenceDefinition(old.sequence);
  const changed =
    special(old) === special(wanted)
      ? []
      : Object.entries(options).filter(([key, value]) => Reflect.get(known, key) !== value);
  return {
    identity: { generation: wanted.generation, ...(Object.fromEntries(changed) as typeof options) },
    existingIdentity: identityDefinition(old),
  };
}

/** What USING says; `undefined` where PostgreSQL converts by itself. */
function usingExpression(using: ConversionUsing, after: ColumnModel): SqlFragment | undefined {
  const column = printedName(after.name);
  const type = shortTypeName(after.type);
  const element = elementType(type);
  switch (using) {
    case "none":
      return undefined;
    case "cast":
      return sqlText(`${column}::${type}`);
    case "text-cast":
      return sqlText(`${column}::text::${type}`);
    case "wrap":
      return sqlText(`CASE WHEN ${column} IS NOT NULL THEN ARRAY[${column}::${element}] END`);
    case "first-element":
      return sqlText(`${column}[1]::${type}`);
    case "to-json":
      return sqlText(type === "json" ? `to_json(${column})` : `to_jsonb(${column})`);
  }
}

function conversionWarnings(
  column: string,
  before: ColumnModel,
  after: ColumnModel,
  conversion: TypeConversion | undefined,
): readonly PlanWarning[] {
  const change = `${column}: ${shortTypeName(before.type)} to ${shortTypeName(after.type)}`;
  switch (conversion?.effect) {
    case undefined:
    case "metadata-only":
      return [];
    case "rewrite":
      return [{ code: "rewrite", text: `${change} ${rewriteRemark(before, after, conversion)}` }];
    case "may-fail":
      return [{ code: "may-fail", text: `${change} fails if a row has a value that does not fit` }];
    case "lossy":
      return [
        {
          code: "data-loss",
          text:
            conversion?.using === "wrap"
              ? `${change} puts each value into an array of one element, even a JSON list: to take lists apart, write another using`
              : `${change} keeps only a part of some values`,
        },
      ];
  }
}

/** A text may hold a list, as TypeORM's `simple-array` writes it: nothing in the database tells. */
function rewriteRemark(before: ColumnModel, after: ColumnModel, { using }: TypeConversion): string {
  return using === "wrap" && isTextType(before.type)
    ? `rewrites the table while it is locked, and puts each text into an array of one element: to take a simple-array apart, write string_to_array(${printedName(after.name)}, ',') as its using`
    : "rewrites the table while it is locked";
}

/** Whether two different values can become one: a part of them is lost, or the new type takes no notice of case. */
function canMerge(before: ColumnModel, after: ColumnModel, conversion: TypeConversion | undefined): boolean {
  return (
    conversion?.effect === "lossy" ||
    (conversion !== undefined && after.type === "citext" && before.type !== "citext")
  );
}

function nullabilityWarnings(
  column: string,
  before: ColumnModel,
  after: ColumnModel,
): readonly PlanWarning[] {
  return before.isNullable && !after.isNullable
    ? [{ code: "backfill", text: `fails if any row has NULL in ${column}; backfill first` }]
    : [];
}

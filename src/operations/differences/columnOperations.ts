import {
  classifyConversion,
  type ConversionUsing,
  type TypeConversion,
} from "../../schema/compare/typeConversion";
import { columnStructure, specialSequenceOptions } from "../../schema/compare/structure";
import type { ColumnModel } from "../../schema/model/columnModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import { shortTypeName } from "../../schema/typeName";
import type { AlterColumn } from "../operation";
import { present, type Sparse } from "../sparse";
import { sql, type SqlFragment } from "../sqlFragment";
import {
  columnDefault,
  columnDefinition,
  emitSerialOwner,
  emitSerialSequence,
  identityDefinition,
  isPlainSerial,
  wholeSequenceDefinition,
} from "./columnDefinitions";
import { identifier, inSchema, onTable, type PlanContext, type PlanWarning } from "./planContext";

function isComputed(column: ColumnModel): boolean {
  return column.generation?.kind === "generated";
}

function isFilledByItself(column: ColumnModel): boolean {
  return column.default !== undefined || column.generation !== undefined;
}

/**
 * A new column. One that takes no NULL and has no value by itself would be refused by a table with rows: it is
 * added as nullable, and refuses NULL only after the place where somebody fills it.
 */
export function emitAddedColumn(context: PlanContext, table: QualifiedName, column: ColumnModel): void {
  const place = onTable(context, table);
  const isPlain = column.generation?.kind !== "serial" || isPlainSerial(table, column);
  if (!isPlain) {
    emitSerialSequence(context, column, "alterColumns");
  }
  const definition = columnDefinition(context, table, column);
  if (column.isNullable || isFilledByItself(column)) {
    context.emit(isComputed(column) ? "addComputedColumns" : "alterColumns", {
      kind: "addColumn",
      ...place,
      column: definition,
      constraints: [],
    });
  } else {
    context.emit("alterColumns", {
      kind: "addColumn",
      ...place,
      column: { ...definition, nullable: true },
      constraints: [],
    });
    context.emit(
      "alterColumns",
      {
        kind: "alterColumn",
        ...place,
        column: column.name,
        nullable: false,
        existingType: definition.type,
        existingNullable: true,
      },
      {
        code: "backfill",
        text: `rows that exist have no ${column.name} yet: fill it here, or this fails`,
      },
    );
  }
  if (!isPlain) {
    emitSerialOwner(context, table, column, "alterColumns");
  }
}

export function emitDroppedColumn(context: PlanContext, table: QualifiedName, column: ColumnModel): void {
  const warnings: readonly PlanWarning[] = isComputed(column)
    ? []
    : [{ code: "data-loss", text: `drops the column ${table.name}.${column.name} with what is in it` }];
  context.emit(
    isComputed(column) ? "dropComputedColumns" : "dropColumns",
    { kind: "dropColumn", ...onTable(context, table), column: column.name },
    ...warnings,
  );
}

/** Whether a change can only be made by dropping the column and adding it anew. */
export function isRecreated(before: ColumnModel, after: ColumnModel, serverVersion: number): boolean {
  const [old, wanted] = [before.generation, after.generation];
  if (wanted?.kind === "generated") {
    return columnStructure({ ...before, comment: undefined }, true) !== columnStructure(after, true);
  }
  return old?.kind === "generated" && (!old.isStored || serverVersion < 130000);
}

/** A column that is dropped and added anew: what a generated column holds is computed again. */
export function emitRecreatedColumn(
  context: PlanContext,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): void {
  const warnings: readonly PlanWarning[] = isComputed(before)
    ? isComputed(after)
      ? []
      : [{ code: "data-loss", text: `${table.name}.${after.name} is no longer computed, and begins empty` }]
    : [
        {
          code: "data-loss",
          text: `what is in ${table.name}.${before.name} is replaced by what the expression gives`,
        },
      ];
  context.emit(
    "dropComputedColumns",
    { kind: "dropColumn", ...onTable(context, table), column: before.name },
    ...warnings,
  );
  emitAddedColumn(context, table, after);
}

/** A column that changes in place. */
export function emitAlteredColumn(
  context: PlanContext,
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): void {
  const isOtherGeneration = before.generation?.kind !== after.generation?.kind;
  if (isOtherGeneration) {
    emitReleasedGeneration(context, table, before);
  }
  emitPlainChanges(context, table, before, after, isOtherGeneration);
  if (isOtherGeneration) {
    emitNewGeneration(context, table, after);
  } else {
    emitChangedSequence(context, before, after);
  }
}

/** Takes away where the values came from: the default of a sequence, the identity, the expression. */
function emitReleasedGeneration(context: PlanContext, table: QualifiedName, before: ColumnModel): void {
  const place = { kind: "alterColumn" as const, ...onTable(context, table), column: before.name };
  switch (before.generation?.kind) {
    case "serial": {
      const { schema, name } = before.generation.sequence;
      context.emit("alterColumns", { ...place, default: null, existingType: shortTypeName(before.type) });
      context.emit("alterColumns", { kind: "dropSequence", ...inSchema(context, schema), name });
      return;
    }
    case "identity":
      return context.emit("alterColumns", {
        ...place,
        identity: null,
        existingIdentity: identityDefinition(before.generation),
      });
    case "generated":
      return context.emit("alterColumns", { ...place, generated: null });
    case undefined:
      return;
  }
}

function emitNewGeneration(context: PlanContext, table: QualifiedName, after: ColumnModel): void {
  const place = { kind: "alterColumn" as const, ...onTable(context, table), column: after.name };
  switch (after.generation?.kind) {
    case "serial": {
      emitSerialSequence(context, after, "alterColumns");
      const value = columnDefault(context, after);
      context.emit("alterColumns", {
        ...place,
        ...(value === undefined ? {} : { default: value }),
        existingType: shortTypeName(after.type),
      });
      emitSerialOwner(context, table, after, "alterColumns");
      return emitSequenceStart(context, table, after);
    }
    case "identity":
      context.emit("alterColumns", { ...place, identity: identityDefinition(after.generation) });
      return emitSequenceStart(context, table, after);
    default:
      return;
  }
}

/** A new sequence would begin at 1, below what the rows have. */
function emitSequenceStart(context: PlanContext, table: QualifiedName, column: ColumnModel): void {
  const name = identifier(context, table);
  const relation = name.names.map((part) => `"${part.replaceAll('"', '""')}"`).join(".");
  const [tableText, columnText] = [relation, column.name].map((value) => ({
    kind: "literal" as const,
    value,
  }));
  const id = sql.identifier(column.name);
  if (tableText !== undefined && columnText !== undefined) {
    context.emit("alterColumns", {
      kind: "execute",
      sql: sql`SELECT setval(pg_get_serial_sequence(${tableText}, ${columnText}), max(${id})) FROM ${name} HAVING max(${id}) IS NOT NULL`,
    });
  }
}

function emitChangedSequence(context: PlanContext, before: ColumnModel, after: ColumnModel): void {
  if (before.generation?.kind !== "serial" || after.generation?.kind !== "serial") {
    return;
  }
  const [old, wanted] = [before.generation.sequence, after.generation.sequence];
  const describe = (sequence: typeof old): string =>
    JSON.stringify([sequence.type, specialSequenceOptions(sequence)]);
  if (describe(old) !== describe(wanted)) {
    const options = wholeSequenceDefinition(wanted);
    const known = wholeSequenceDefinition(old);
    const changed = Object.entries(options).filter(([key, value]) => Reflect.get(known, key) !== value);
    context.emit("alterColumns", {
      kind: "alterSequence",
      ...inSchema(context, wanted.schema),
      name: wanted.name,
      ...(Object.fromEntries(changed) as typeof options),
    });
  }
}

/** Type, default, nullability, identity options and comment, in one operation where PostgreSQL takes them so. */
function emitPlainChanges(
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
    ...conversionWarnings(table, before, after, conversion),
    ...nullabilityWarnings(table, before, after),
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
  const column = sql.identifier(after.name);
  const type = sql.raw(shortTypeName(after.type));
  const element = sql.raw(shortTypeName(after.type).replace(/(\[\])+$/, ""));
  switch (using) {
    case "none":
      return undefined;
    case "cast":
      return sql`${column}::${type}`;
    case "text-cast":
      return sql`${column}::text::${type}`;
    case "wrap":
      return sql`CASE WHEN ${column} IS NOT NULL THEN ARRAY[${column}::${element}] END`;
    case "first-element":
      return sql`${column}[1]::${type}`;
  }
}

function conversionWarnings(
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
  conversion: TypeConversion | undefined,
): readonly PlanWarning[] {
  const change = `${table.name}.${after.name}: ${shortTypeName(before.type)} to ${shortTypeName(after.type)}`;
  switch (conversion?.effect) {
    case undefined:
    case "metadata-only":
      return [];
    case "rewrite":
      return [{ code: "rewrite", text: `${change} rewrites the table while it is locked` }];
    case "may-fail":
      return [{ code: "may-fail", text: `${change} fails if a row has a value that does not fit` }];
    case "lossy":
      return [{ code: "data-loss", text: `${change} keeps only a part of some values` }];
  }
}

function nullabilityWarnings(
  table: QualifiedName,
  before: ColumnModel,
  after: ColumnModel,
): readonly PlanWarning[] {
  return before.isNullable && !after.isNullable
    ? [{ code: "backfill", text: `fails if a row has no ${table.name}.${after.name}: fill those first` }]
    : [];
}

import type { ColumnModel } from "../../schema/model/columnModel";
import { columnStructure } from "../compare/structure";
import type { QualifiedName } from "../../schema/model/tableModel";
import { columnDefinition, emitSerialOwner, emitSerialSequence, isPlainSerial } from "./columnDefinitions";
import { emitChangedSequence, emitNewGeneration, emitReleasedGeneration } from "./generationChanges";
import { emitPlainChanges } from "./plainColumnChanges";
import { onTable, type PlanContext, type PlanWarning, spokenName } from "./planContext";

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
        text: `existing rows have no ${column.name} yet: fill it here, or this fails`,
      },
    );
  }
  if (!isPlain) {
    emitSerialOwner(context, table, column, "alterColumns");
  }
}

/** A column that is gone; one that is computed holds no data that could be lost. */
export function emitDroppedColumn(context: PlanContext, table: QualifiedName, column: ColumnModel): void {
  const warnings: readonly PlanWarning[] = isComputed(column)
    ? []
    : [{ code: "data-loss", text: `drops column ${spokenName(context, table)}.${column.name} and its data` }];
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
      : [
          {
            code: "data-loss",
            text: `${spokenName(context, table)}.${after.name} is no longer computed, and starts empty`,
          },
        ]
    : [
        {
          code: "data-loss",
          text: `the values of ${spokenName(context, table)}.${before.name} are replaced by those of the expression`,
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
    emitReleasedGeneration(context, table, before, after);
  }
  emitPlainChanges(context, table, before, after, isOtherGeneration);
  if (isOtherGeneration) {
    emitNewGeneration(context, table, before, after);
  } else {
    emitChangedSequence(context, before, after);
  }
}

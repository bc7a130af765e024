import type { DifferenceOf, Rename } from "../../schema/compare/difference";
import { nameKey } from "../../schema/compare/findNamed";
import type { QualifiedName } from "../../schema/model/tableModel";
import { inSchema, onTable, type PlanContext } from "./planContext";

/**
 * Renames of tables and types, then of values and columns, on the way down the other way round. Columns of one
 * table may take one another's names.
 */
export function emitRenames(context: PlanContext, renames: readonly Rename[], isDown: boolean): void {
  const isWhole = ({ object }: Rename): boolean => object === "table" || object === "enum";
  const wholes = (): void => {
    for (const rename of renames.filter(isWhole)) {
      emitRenamedWhole(context, rename);
    }
  };
  if (!isDown) {
    wholes();
  }
  for (const rename of renames) {
    if (rename.object === "enumValue") {
      context.emit("renames", {
        kind: "renameEnumValue",
        ...inSchema(context, rename.type.schema),
        name: rename.type.name,
        value: rename.from,
        newValue: rename.to,
      });
    }
  }
  emitRenamedColumns(context, renames);
  if (isDown) {
    wholes();
  }
}

function emitRenamedWhole(context: PlanContext, rename: Rename): void {
  if (rename.object !== "table" && rename.object !== "enum") {
    return;
  }
  const { from, to } = rename;
  if (from.schema !== to.schema) {
    context.emit("renames", {
      kind: "setSchema",
      object: rename.object === "table" ? "table" : "type",
      ...inSchema(context, from.schema),
      name: from.name,
      newSchema: to.schema,
    });
  }
  if (from.name === to.name) {
    return;
  }
  const place = inSchema(context, to.schema);
  context.emit(
    "renames",
    rename.object === "table"
      ? { kind: "renameTable", ...place, table: from.name, newName: to.name }
      : { kind: "renameObject", object: "type", ...place, name: from.name, newName: to.name },
  );
}

interface ColumnRename {
  readonly table: QualifiedName;
  readonly from: string;
  readonly to: string;
}

function emitRenamedColumns(context: PlanContext, renames: readonly Rename[]): void {
  let pending: readonly ColumnRename[] = renames.filter((rename) => rename.object === "column");
  while (pending.length > 0) {
    const isFree = (rename: ColumnRename): boolean =>
      pending.every((other) => nameKey(other.table) !== nameKey(rename.table) || other.from !== rename.to);
    const ready = pending.find(isFree);
    const [first] = pending;
    if (ready !== undefined) {
      emitRenamedColumn(context, ready);
      pending = pending.filter((each) => each !== ready);
    } else if (first !== undefined) {
      // A ring: one steps aside under another name until its own is free.
      const aside = `${first.from}__renamed`;
      emitRenamedColumn(context, { ...first, to: aside });
      pending = [...pending.slice(1), { ...first, from: aside }];
    }
  }
}

function emitRenamedColumn(context: PlanContext, { table, from, to }: ColumnRename): void {
  context.emit("renames", { kind: "alterColumn", ...onTable(context, table), column: from, newName: to });
}

/** A constraint or an index with the same structure under another name. */
export function emitRenamedPart(context: PlanContext, difference: DifferenceOf<"renamedPart">): void {
  const { part, table, schema, from, to } = difference;
  context.emit(
    "renameParts",
    part === "constraint"
      ? { kind: "renameConstraint", ...onTable(context, table), name: from, newName: to }
      : { kind: "renameObject", object: part, ...inSchema(context, schema), name: from, newName: to },
  );
}

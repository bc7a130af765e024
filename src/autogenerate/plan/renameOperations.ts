import type { DifferenceOf, Rename } from "../compare/difference";
import { isSameName, nameKey } from "../../schema/findNamed";
import type { QualifiedName } from "../../schema/model/tableModel";
import { asideName } from "./asideName";
import { inSchema, onTable, type PlanContext } from "./planContext";

/**
 * Renames of tables and types, and those of values and columns, which have the names of the renamed tables and types:
 * they come after them, on the way down before. Columns of one table, and values of one type, may take one another's
 * names.
 */
export function emitRenames(context: PlanContext, renames: readonly Rename[]): void {
  emitRenamedWholes(
    context,
    renames.filter((rename) => rename.object === "table" || rename.object === "enum"),
  );
  emitRenamedValues(context, renames);
  emitRenamedColumns(context, renames);
}

type WholeRename = Extract<Rename, { readonly object: "table" | "enum" }>;

interface Renaming<Step> {
  /** Whether one can't have its new name while another one has its old one. */
  readonly isInTheWay: (step: Step, other: Step) => boolean;
  /** The step on a name that nothing has, and the one from there. */
  readonly aside: (step: Step) => readonly [away: Step, back: Step];
  readonly emit: (step: Step) => void;
}

/** Each when its new name is free, whichever answer came first. */
function renameInOrder<Step>(steps: readonly Step[], { isInTheWay, aside, emit }: Renaming<Step>): void {
  let pending = steps;
  while (pending.length > 0) {
    const ready = pending.find((step) =>
      pending.every((other) => other === step || !isInTheWay(step, other)),
    );
    const [first] = pending;
    if (ready !== undefined) {
      emit(ready);
      pending = pending.filter((each) => each !== ready);
    } else if (first !== undefined) {
      // A ring: one steps aside under another name until its own is free.
      const [away, back] = aside(first);
      emit(away);
      pending = [...pending.slice(1), back];
    }
  }
}

function emitRenamedWholes(context: PlanContext, renames: readonly WholeRename[]): void {
  renameInOrder(renames, {
    isInTheWay: (step, other) => step.object === other.object && isSameName(step.to, other.from),
    aside: (step) => {
      const name = { ...step.from, name: asideName(step.from.name) };
      return [
        { ...step, to: name },
        { ...step, from: name },
      ];
    },
    emit: (step) => emitRenamedWhole(context, step),
  });
}

function emitRenamedWhole(context: PlanContext, { object, from, to }: WholeRename): void {
  if (from.schema !== to.schema) {
    context.emit("renameWholes", {
      kind: "setSchema",
      object: object === "table" ? "table" : "type",
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
    "renameWholes",
    object === "table"
      ? { kind: "renameTable", ...place, table: from.name, newName: to.name }
      : { kind: "renameObject", object: "type", ...place, name: from.name, newName: to.name },
  );
}

type ValueRename = Extract<Rename, { readonly object: "enumValue" }>;

function emitRenamedValues(context: PlanContext, renames: readonly Rename[]): void {
  const values: readonly ValueRename[] = renames.filter((rename) => rename.object === "enumValue");
  renameInOrder(values, {
    isInTheWay: (step, other) => isSameName(step.type, other.type) && step.to === other.from,
    aside: throughAside,
    emit: ({ type, from, to }) =>
      context.emit("renames", {
        kind: "renameEnumValue",
        ...inSchema(context, type.schema),
        name: type.name,
        value: from,
        newValue: to,
      }),
  });
}

interface ColumnRename {
  readonly table: QualifiedName;
  readonly from: string;
  readonly to: string;
}

function emitRenamedColumns(context: PlanContext, renames: readonly Rename[]): void {
  const columns: readonly ColumnRename[] = renames.filter((rename) => rename.object === "column");
  renameInOrder(columns, {
    isInTheWay: (step, other) => nameKey(step.table) === nameKey(other.table) && step.to === other.from,
    aside: throughAside,
    emit: (step) => emitRenamedColumn(context, step),
  });
}

function throughAside<Step extends { readonly from: string; readonly to: string }>(
  step: Step,
): readonly [away: Step, back: Step] {
  const name = asideName(step.from);
  return [
    { ...step, to: name },
    { ...step, from: name },
  ];
}

function emitRenamedColumn(context: PlanContext, { table, from, to }: ColumnRename): void {
  context.emit("renames", { kind: "alterColumn", ...onTable(context, table), column: from, newName: to });
}

/** Constraints, indexes and sequences that are the same under other names, which they may take from one another. */
export function emitRenamedParts(
  context: PlanContext,
  differences: readonly DifferenceOf<"renamedPart">[],
): void {
  renameInOrder(differences, {
    isInTheWay: (step, other) => step.schema === other.schema && step.to === other.from,
    aside: throughAside,
    emit: (step) => emitRenamedPart(context, step),
  });
}

function emitRenamedPart(context: PlanContext, difference: DifferenceOf<"renamedPart">): void {
  const { part, table, schema, from, to } = difference;
  context.emit(
    "renameParts",
    part === "constraint"
      ? { kind: "renameConstraint", ...onTable(context, table), name: from, newName: to }
      : { kind: "renameObject", object: part, ...inSchema(context, schema), name: from, newName: to },
  );
}

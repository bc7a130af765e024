import type { DifferenceOf, Rename } from "../compare/difference";
import { isSameName, nameKey } from "../../schema/findNamed";
import type { QualifiedName } from "../../schema/model/tableModel";
import { inSchema, onTable, type PlanContext } from "./planContext";

/**
 * Renames of tables and types, then of values and columns, on the way down the other way round. Columns of one
 * table may take one another's names.
 */
export function emitRenames(context: PlanContext, renames: readonly Rename[], isDown: boolean): void {
  const isWhole = (rename: Rename): rename is WholeRename =>
    rename.object === "table" || rename.object === "enum";
  const wholes = (): void => emitRenamedWholes(context, renames.filter(isWhole));
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

/** PostgreSQL cuts names off after 63 bytes, and so might take the old name for the new one. */
function asideName(name: string): string {
  const suffix = "__renamed";
  let start = name;
  while (new TextEncoder().encode(start + suffix).length > 63) {
    start = start.slice(0, -1);
  }
  return start + suffix;
}

function emitRenamedWhole(context: PlanContext, { object, from, to }: WholeRename): void {
  if (from.schema !== to.schema) {
    context.emit("renames", {
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
    "renames",
    object === "table"
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

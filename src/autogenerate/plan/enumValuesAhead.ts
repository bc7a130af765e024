import type { AddEnumValue } from "../../operations/type/type";
import { isSameName } from "../../schema/findNamed";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { Rename } from "../compare/difference";
import { inSchema, type PlanContext, type PlannedOperation } from "./planContext";

/** New values of enums that have to be committed before the rest of a direction uses them. */
export interface EnumValuesAhead {
  /** Can be added before everything else, so that nothing of the direction is committed with them. */
  readonly ahead: readonly PlannedOperation[];
  /** Have the name of a value that is renamed in the same direction: they are added once it is free. */
  readonly behindRenames: readonly PlannedOperation[];
}

/** What a direction adds ahead, under the names that types and values have before its renames. */
export function enumValuesAhead(context: PlanContext, renames: readonly Rename[]): EnumValuesAhead {
  const ahead: PlannedOperation[] = [];
  const behindRenames: PlannedOperation[] = [];
  const planned = context.planned.get("enumValues") ?? [];
  for (const entry of planned) {
    const { operation } = entry;
    if (operation.kind !== "addEnumValue") {
      continue;
    }
    const type = typeOf(context, operation);
    const isWaiting = planned.some(
      ({ operation: other }) =>
        other.kind === "addEnumValue" &&
        isSameName(typeOf(context, other), type) &&
        valuesOf(renames, type).some(({ from }) => from === other.value),
    );
    if (isWaiting) {
      behindRenames.push({ ...entry, warnings: entry.warnings.map(withWhatIsAbove) });
    } else {
      ahead.push({ ...entry, operation: underOldNames(context, operation, renames) });
    }
  }
  return { ahead, behindRenames };
}

function typeOf(context: PlanContext, { schema, name }: AddEnumValue): QualifiedName {
  return { schema: schema ?? context.defaultSchema, name };
}

type ValueRename = Extract<Rename, { readonly object: "enumValue" }>;

function valuesOf(renames: readonly Rename[], type: QualifiedName): readonly ValueRename[] {
  return renames.filter(
    (rename): rename is ValueRename => rename.object === "enumValue" && isSameName(rename.type, type),
  );
}

function withWhatIsAbove(
  warning: PlannedOperation["warnings"][number],
): PlannedOperation["warnings"][number] {
  return { ...warning, text: `${warning.text}. What stands above is committed with it` };
}

function underOldNames(
  context: PlanContext,
  operation: AddEnumValue,
  renames: readonly Rename[],
): AddEnumValue {
  const type = typeOf(context, operation);
  const renamed = renames.find((rename) => rename.object === "enum" && isSameName(rename.to, type));
  const old = renamed?.object === "enum" ? renamed.from : type;
  const values = valuesOf(renames, type);
  const oldValue = (value: string): string => values.find(({ to }) => to === value)?.from ?? value;
  const { value, before, after, ifNotExists } = operation;
  return {
    kind: "addEnumValue",
    ...inSchema(context, old.schema),
    name: old.name,
    value,
    ...(before === undefined ? {} : { before: oldValue(before) }),
    ...(after === undefined ? {} : { after: oldValue(after) }),
    ...(ifNotExists === undefined ? {} : { ifNotExists }),
  };
}

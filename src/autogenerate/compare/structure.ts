import { withoutTextCasts } from "../../sqlText/expression";
import type { ColumnGeneration, ColumnModel, SequenceOptions } from "../../schema/model/columnModel";
import type { ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";

/** The record without some of its fields, as one text. */
export function structureWithout<Model extends object>(
  model: Model,
  fields: readonly (keyof Model)[],
): string {
  const left = Object.entries(model).filter(([key]) => !(fields as readonly string[]).includes(key));
  return JSON.stringify(left.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const largest: ReadonlyMap<string, string> = new Map([
  ["smallint", "32767"],
  ["integer", "2147483647"],
  ["bigint", "9223372036854775807"],
]);

/** The options of a sequence that are not its type's own. */
export function specialSequenceOptions(sequence: SequenceOptions): Partial<Omit<SequenceOptions, "type">> {
  const isDescending = sequence.increment.startsWith("-");
  const max = largest.get(sequence.type) ?? "";
  // The smallest value of a type is one less than its largest, negated.
  const min = `-${(BigInt(max === "" ? 0 : max) + 1n).toString()}`;
  const [usualMin, usualMax] = isDescending ? [min, "-1"] : ["1", max];
  const usualStart = isDescending ? sequence.maxValue : sequence.minValue;
  return {
    ...(sequence.start === usualStart ? {} : { start: sequence.start }),
    ...(sequence.increment === "1" ? {} : { increment: sequence.increment }),
    ...(sequence.minValue === usualMin ? {} : { minValue: sequence.minValue }),
    ...(sequence.maxValue === usualMax ? {} : { maxValue: sequence.maxValue }),
    ...(sequence.cache === "1" ? {} : { cache: sequence.cache }),
    ...(sequence.cycle ? { cycle: true } : {}),
  };
}

function generationStructure(generation: ColumnGeneration | undefined, withOptions: boolean): unknown {
  switch (generation?.kind) {
    case undefined:
      return null;
    case "generated":
      return [generation.kind, generation.expression, generation.isStored];
    case "identity":
      // The type of the sequence is always that of the column.
      return [
        generation.kind,
        generation.generation,
        withOptions && specialSequenceOptions(generation.sequence),
      ];
    case "serial":
      return [
        generation.kind,
        generation.sequence.type,
        withOptions && specialSequenceOptions(generation.sequence),
      ];
  }
}

/** A column but for its name and comment. */
export function columnStructure(column: ColumnModel, withSequenceOptions: boolean): string {
  return JSON.stringify([
    column.type,
    column.isNullable,
    column.default,
    generationStructure(column.generation, withSequenceOptions),
    column.collation,
  ]);
}

/**
 * A constraint but for its name and comment.
 *
 * @param retyped columns that change from one text type to another: casts of them come and go by themselves
 */
export function constraintStructure(constraint: ConstraintModel, retyped: ReadonlySet<string>): string {
  return constraint.isOpaque
    ? JSON.stringify([constraint.kind, constraint.definition])
    : structureWithout(comparable(constraint, retyped), ["name", "comment", "definition"]);
}

/** The columns of a check follow from its condition. */
function comparable(constraint: ConstraintModel, retyped: ReadonlySet<string>): ConstraintModel {
  return constraint.kind === "check"
    ? { ...constraint, columns: [], condition: withoutTextCasts(constraint.condition, retyped) }
    : constraint;
}

/** An index but for its name and comment; `retyped` as for a constraint. */
export function indexStructure(
  index: IndexModel,
  withStorage: boolean,
  retyped: ReadonlySet<string>,
): string {
  const comparableIndex: IndexModel = {
    ...index,
    elements: index.elements.map((element) =>
      element.kind === "column" ? element : { ...element, text: withoutTextCasts(element.text, retyped) },
    ),
    predicate: index.predicate === undefined ? undefined : withoutTextCasts(index.predicate, retyped),
  };
  return structureWithout(comparableIndex, [
    "name",
    "comment",
    "isValid",
    ...(withStorage ? [] : (["options", "tablespace"] as const)),
  ]);
}

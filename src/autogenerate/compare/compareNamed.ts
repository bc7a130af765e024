import type { Comparison } from "./comparison";
import type { SchemaDifference } from "./difference";
import type { SchemaObject } from "./schemaObject";

export interface NamedComparison<Model> {
  readonly before: readonly Model[];
  readonly after: readonly Model[];
  readonly keyOf: (model: Model) => string;
  /** What makes two equal, as one text. */
  readonly structureOf: (model: Model) => string;
  readonly toObject: (model: Model) => SchemaObject;
  readonly toDifference: (before: Model | undefined, after: Model | undefined) => SchemaDifference;
  /** Something else needs it, so that it stays, unsaid. */
  readonly isNeeded?: (model: Model) => boolean;
  /** Told of what is there on both sides. */
  readonly onMatch?: (before: Model, after: Model) => void;
}

/** Compares things that are known by their names alone. Gives what the database has afterwards. */
export function compareNamed<Model>(comparison: Comparison, named: NamedComparison<Model>): readonly Model[] {
  const { keyOf, toObject } = named;
  const before = new Map(named.before.map((model) => [keyOf(model), model]));
  const reached: Model[] = [];
  for (const model of named.after) {
    const counterpart = before.get(keyOf(model));
    before.delete(keyOf(model));
    const result = compareOne(comparison, named, counterpart, model);
    if (result !== undefined) {
      reached.push(result);
    }
  }
  for (const model of before.values()) {
    if (named.isNeeded?.(model) !== true && comparison.isDropped(toObject(model))) {
      comparison.differences.push(named.toDifference(model, undefined));
    } else {
      reached.push(model);
    }
  }
  return reached;
}

function compareOne<Model>(
  comparison: Comparison,
  { structureOf, toObject, toDifference, onMatch }: NamedComparison<Model>,
  before: Model | undefined,
  after: Model,
): Model | undefined {
  const object = toObject(after);
  if (!comparison.isCompared(before === undefined ? undefined : toObject(before), object)) {
    return before;
  }
  if (before === undefined) {
    comparison.differences.push(toDifference(undefined, after));
    return after;
  }
  onMatch?.(before, after);
  if (structureOf(before) === structureOf(after) || !comparison.isExpressible(object)) {
    return before;
  }
  comparison.differences.push(toDifference(before, after));
  return after;
}

import type { QualifiedName } from "./model/tableModel";

/** Whether both have the same schema and name. */
export function isSameName(left: QualifiedName, right: QualifiedName): boolean {
  return left.schema === right.schema && left.name === right.name;
}

/** The one of the list with the same schema and name. */
export function findNamed<Model extends QualifiedName>(
  models: readonly Model[],
  name: QualifiedName,
): Model | undefined {
  return models.find((model) => isSameName(model, name));
}

/** A qualified name as one text, for keys; names hold no zero. */
export function nameKey({ schema, name }: QualifiedName): string {
  return `${schema}\u0000${name}`;
}

/** Many look-ups by name. */
export function byName<Model extends QualifiedName>(models: readonly Model[]): ReadonlyMap<string, Model> {
  return new Map(models.map((model) => [nameKey(model), model]));
}

import type { QualifiedName } from "../model/tableModel";

export function isSameName(left: QualifiedName, right: QualifiedName): boolean {
  return left.schema === right.schema && left.name === right.name;
}

export function findNamed<Model extends QualifiedName>(
  models: readonly Model[],
  name: QualifiedName,
): Model | undefined {
  return models.find((model) => isSameName(model, name));
}

/** A qualified name as one text, for keys. */
export function nameKey({ schema, name }: QualifiedName): string {
  return JSON.stringify([schema, name]);
}

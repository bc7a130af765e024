/** Things of two sides, matched by what they are rather than by their names. */
export interface StructuralMatch<Model> {
  /** Equal but for the name and what does not count. */
  readonly same: readonly (readonly [before: Model, after: Model])[];
  /** Of one name, and different. */
  readonly changed: readonly (readonly [before: Model, after: Model])[];
  readonly onlyBefore: readonly Model[];
  readonly onlyAfter: readonly Model[];
}

/** Equal structure and name first, then equal structure, then equal names. */
export function matchByStructure<Model extends { readonly name: string }>(
  before: readonly Model[],
  after: readonly Model[],
  structureOf: (model: Model) => string,
): StructuralMatch<Model> {
  const restBefore = new Set(before);
  const restAfter = new Set(after);
  const pairUp = (keyOf: (model: Model) => string): (readonly [Model, Model])[] => {
    const byKey = new Map<string, Model[]>();
    for (const model of restBefore) {
      byKey.set(keyOf(model), [...(byKey.get(keyOf(model)) ?? []), model]);
    }
    const pairs: (readonly [Model, Model])[] = [];
    for (const model of [...restAfter]) {
      const counterpart = byKey.get(keyOf(model))?.shift();
      if (counterpart !== undefined) {
        restBefore.delete(counterpart);
        restAfter.delete(model);
        pairs.push([counterpart, model]);
      }
    }
    return pairs;
  };
  const same = [
    ...pairUp((model) => JSON.stringify([model.name, structureOf(model)])),
    ...pairUp(structureOf),
  ];
  const changed = pairUp(({ name }) => name);
  return { same, changed, onlyBefore: [...restBefore], onlyAfter: [...restAfter] };
}

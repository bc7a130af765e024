type ByTarget = (array: readonly Targeted[], target: unknown) => unknown;

interface Targeted {
  readonly target: unknown;
}

interface TargetIndex {
  readonly length: number;
  readonly positions: ReadonlyMap<unknown, readonly number[]>;
}

const filters = [
  "filterByTarget",
  "filterByTargetAndWithoutDuplicateProperties",
  "filterByTargetAndWithoutDuplicateRelationProperties",
] as const;

/**
 * Runs something while TypeORM's store of decorators looks up entries by their class through an index. TypeORM itself
 * goes through all columns of all entities once for each entity, which takes longest of all where there are many.
 */
export async function withIndexedStorage<Result>(
  storage: unknown,
  run: () => Promise<Result>,
): Promise<Result> {
  const replaced = typeof storage === "object" && storage !== null ? replaceFilters(storage) : [];
  try {
    return await run();
  } finally {
    for (const name of replaced) {
      Reflect.deleteProperty(storage as object, name);
    }
  }
}

/** The store's own filter decides; it is only handed no more than the entries that could pass it. */
function replaceFilters(storage: object): readonly string[] {
  const indexes = new Map<readonly Targeted[], TargetIndex>();
  const known = filters.filter(
    (name) => typeof Reflect.get(storage, name) === "function" && !Object.hasOwn(storage, name),
  );
  for (const name of known) {
    const original = Reflect.get(storage, name) as ByTarget;
    const indexed: ByTarget = (array, target) => {
      let index = indexes.get(array);
      if (index?.length !== array.length) {
        index = makeIndex(array);
        indexes.set(array, index);
      }
      return original.call(storage, candidates(array, index, target), target);
    };
    Reflect.set(storage, name, indexed);
  }
  return known;
}

function makeIndex(array: readonly Targeted[]): TargetIndex {
  const positions = new Map<unknown, number[]>();
  array.forEach(({ target }, position) => {
    const found = positions.get(target);
    if (found === undefined) {
      positions.set(target, [position]);
    } else {
      found.push(position);
    }
  });
  return { length: array.length, positions };
}

/** In the order of the array. */
function candidates(array: readonly Targeted[], index: TargetIndex, target: unknown): readonly Targeted[] {
  const targets: readonly unknown[] = Array.isArray(target) ? target : [target];
  const positions = [...new Set(targets)].flatMap((each) => index.positions.get(each) ?? []);
  positions.sort((left, right) => left - right);
  return positions.flatMap((position) => array[position] ?? []);
}

interface Targeted {
  readonly target: unknown;
}

interface TargetIndex {
  readonly length: number;
  readonly positions: ReadonlyMap<unknown, readonly number[]>;
}

type Lookup = (this: object, ...input: readonly unknown[]) => unknown;

/** Lookups that are handed the list of decorators and the class, or classes, asked for. */
const lookupsOfGiven = [
  "filterByTarget",
  "filterByTargetAndWithoutDuplicateProperties",
  "filterByTargetAndWithoutDuplicateRelationProperties",
] as const;

/** Lookups that are handed the class, or classes, and the list of the store that they go through. */
const lookupsOfOwn = {
  filterIndices: "indices",
  filterForeignKeys: "foreignKeys",
  filterUniques: "uniques",
  filterChecks: "checks",
  filterExclusions: "exclusions",
  filterJoinColumns: "joinColumns",
  findJoinTable: "joinTables",
  findGenerated: "generations",
} as const;

/**
 * Runs something while TypeORM's store of decorators looks up entries by their class through an index. TypeORM itself
 * goes through all columns of all entities once for each entity, which takes longest of all where there are many.
 */
export async function withIndexedStorage<Result>(
  storage: unknown,
  run: () => Promise<Result>,
): Promise<Result> {
  const replaced = typeof storage === "object" && storage !== null ? replaceLookups(storage) : [];
  try {
    return await run();
  } finally {
    for (const name of replaced) {
      Reflect.deleteProperty(storage as object, name);
    }
  }
}

/** The store's own lookup decides; it is only handed no more than the entries that could pass it. */
function replaceLookups(storage: object): readonly string[] {
  const candidates = candidatesByTarget();
  const replaced: string[] = [];
  const replace = (name: string, make: (original: Lookup) => Lookup): void => {
    const original: unknown = Reflect.get(storage, name);
    if (typeof original === "function" && !Object.hasOwn(storage, name)) {
      Reflect.set(storage, name, make(original as Lookup));
      replaced.push(name);
    }
  };
  for (const name of lookupsOfGiven) {
    replace(
      name,
      (original) => (array, target) =>
        original.call(storage, candidates(array as readonly Targeted[], target), target),
    );
  }
  for (const [name, list] of Object.entries(lookupsOfOwn)) {
    const array: unknown = Reflect.get(storage, list);
    if (Array.isArray(array)) {
      const narrowed = Object.create(storage) as Record<string, unknown>;
      replace(name, (original) => (target, ...rest) => {
        narrowed[list] = candidates(Reflect.get(storage, list) as readonly Targeted[], target);
        return original.call(narrowed, target, ...rest);
      });
    }
  }
  return replaced;
}

/** The entries of a list that are of a class, or of one of several, in the order of the list. */
function candidatesByTarget(): (array: readonly Targeted[], target: unknown) => readonly Targeted[] {
  const indexes = new Map<readonly Targeted[], TargetIndex>();
  return (array, target) => {
    let index = indexes.get(array);
    if (index?.length !== array.length) {
      index = makeIndex(array);
      indexes.set(array, index);
    }
    return entriesOf(array, index, target);
  };
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

const none: readonly Targeted[] = [];

function entriesOf(array: readonly Targeted[], index: TargetIndex, target: unknown): readonly Targeted[] {
  const positions = Array.isArray(target) ? positionsOfAll(index, target) : index.positions.get(target);
  return positions === undefined ? none : positions.flatMap((position) => array[position] ?? none);
}

function positionsOfAll(index: TargetIndex, targets: readonly unknown[]): readonly number[] | undefined {
  const [only] = targets;
  if (targets.length === 1) {
    return index.positions.get(only);
  }
  const positions = [...new Set(targets)].flatMap((target) => index.positions.get(target) ?? []);
  return positions.sort((left, right) => left - right);
}

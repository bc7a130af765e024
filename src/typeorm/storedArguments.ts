interface Stored {
  readonly options: Record<string, unknown>;
}

/**
 * Runs something that builds metadata, and puts back what decorators stored about it. TypeORM writes the default that a
 * subclass gives a column into what its parent stored, so that a second build in one process would find it there.
 */
export async function withStoredArgumentsKept<Result>(
  storage: unknown,
  run: () => Promise<Result>,
): Promise<Result> {
  const kept = storedOptions(storage).map((options) => ({ options, before: { ...options } }));
  try {
    return await run();
  } finally {
    for (const { options, before } of kept) {
      putBack(options, before);
    }
  }
}

function storedOptions(storage: unknown): readonly Stored["options"][] {
  if (typeof storage !== "object" || storage === null) {
    return [];
  }
  const entries: readonly unknown[] = Object.values(storage).filter(Array.isArray).flat();
  return entries.filter(hasOptions).map(({ options }) => options);
}

function hasOptions(entry: unknown): entry is Stored {
  const options: unknown =
    typeof entry === "object" && entry !== null ? Reflect.get(entry, "options") : undefined;
  return typeof options === "object" && options !== null;
}

function putBack(options: Stored["options"], before: Stored["options"]): void {
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(before, key)) {
      Reflect.deleteProperty(options, key);
    } else if (value !== before[key]) {
      options[key] = before[key];
    }
  }
}

/** Marks of revisions' code at the time when they were seen as applied to one database, by revision. */
export interface AppliedDigests {
  /** As it is shown: another database under the same choice has a state of its own. */
  readonly database: string;
  readonly byRevision: ReadonlyMap<string, string>;
}

/** What is kept after a look at a database: known marks stay, new ones come, and those of what is not applied go. */
export function nextDigests(
  known: AppliedDigests | undefined,
  database: string,
  applied: Iterable<string>,
  digestOf: (revision: string) => string | undefined,
): AppliedDigests {
  const before = known?.database === database ? known.byRevision : new Map<string, string>();
  const byRevision = new Map<string, string>();
  for (const revision of applied) {
    const digest = before.get(revision) ?? digestOf(revision);
    if (digest !== undefined) {
      byRevision.set(revision, digest);
    }
  }
  return { database, byRevision };
}

/** Revisions whose code is not what it was when they were applied. */
export function editedSince(
  known: AppliedDigests | undefined,
  digestOf: (revision: string) => string | undefined,
): ReadonlySet<string> {
  const edited = new Set<string>();
  for (const [revision, digest] of known?.byRevision ?? []) {
    const present = digestOf(revision);
    if (present !== undefined && present !== digest) {
      edited.add(revision);
    }
  }
  return edited;
}

/** As the editor's storage takes it: ids are data, so they are no keys of an object. */
export function toStored({ database, byRevision }: AppliedDigests): unknown {
  return { database, tokenDigests: [...byRevision] };
}

/** What was stored, read back; undefined for anything else, also for `digests`, which were made of other tokens. */
export function readStored(stored: unknown): AppliedDigests | undefined {
  if (
    typeof stored !== "object" ||
    stored === null ||
    !("database" in stored) ||
    !("tokenDigests" in stored)
  ) {
    return undefined;
  }
  const { database, tokenDigests: digests } = stored;
  if (typeof database !== "string" || !Array.isArray(digests)) {
    return undefined;
  }
  const pairs = (digests as readonly unknown[]).filter(
    (pair): pair is [string, string] =>
      Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"),
  );
  return { database, byRevision: new Map(pairs) };
}

/** Locks of tables, from the weakest on (PostgreSQL, "Explicit Locking"). */
export const lockModes = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;

export type LockMode = (typeof lockModes)[number];

export type RelationKind = "table" | "index" | "view" | "materialized view" | "sequence" | "other";

/** How large a relation of a database is. */
export interface RelationSize {
  /** Without its indexes. */
  readonly bytes: number;
  /** As PostgreSQL estimates it; undefined where it does not know. */
  readonly rows: number | undefined;
}

/** What a statement does to a relation that was there before. */
export interface RelationEffect {
  readonly schema: string;
  readonly name: string;
  /** The name, with the schema where that is not the one in which tables are made. */
  readonly label: string;
  readonly kind: RelationKind;
  readonly lock: LockMode;
  /** It gets a new file: all its rows, or all entries of an index, are written anew. */
  readonly isRewritten: boolean;
  /** It gets a new and empty file, as by TRUNCATE. */
  readonly isEmptied: boolean;
  /** All its rows are read, once or more often. */
  readonly isRead: boolean;
  readonly size?: RelationSize;
}

/** What a statement does. */
export interface StatementEffects {
  /** `known`: it can't run in a transaction, where locks could be looked at, so that they come from the manual. */
  readonly locksAre: "measured" | "known" | "unknown";
  readonly relations: readonly RelationEffect[];
}

/** A statement of a revision, and what it does. */
export interface MeasuredStatement extends StatementEffects {
  readonly text: string;
  /** Where the revision's text has the call; undefined where it is not in its file. */
  readonly offset: number | undefined;
}

export function isAtLeast(lock: LockMode, other: LockMode): boolean {
  return lockModes.indexOf(lock) >= lockModes.indexOf(other);
}

/** The relations that a reader wants to hear of: what others wait for, what is written anew, and what is read in full. */
export function notableEffects({ relations }: StatementEffects): readonly RelationEffect[] {
  return relations.filter(
    ({ kind, lock, isRewritten, isRead }) =>
      kind !== "sequence" &&
      kind !== "other" &&
      (isRewritten || (kind !== "index" && (isRead || isAtLeast(lock, "SHARE UPDATE EXCLUSIVE")))),
  );
}

/**
 * In a few words: `locks users: ACCESS EXCLUSIVE, rewrites users (12 GB, about 48,000,000 rows)`; empty where there is
 * nothing to tell.
 */
export function describeEffects(effects: StatementEffects): string {
  const notable = notableEffects(effects);
  const tables = notable.filter(({ kind }) => kind !== "index").map(describeRelation);
  const rebuilt = notable.filter(({ kind }) => kind === "index").map(({ label }) => label);
  return [...tables, ...(rebuilt.length === 0 ? [] : [`rebuilds ${rebuilt.join(", ")}`])].join("; ");
}

function describeRelation({ label, lock, isRewritten, isEmptied, isRead, size }: RelationEffect): string {
  const of = size === undefined ? "" : ` (${describeSize(size)})`;
  const done = [
    ...(isRewritten ? [`rewrites ${label}${of}`] : []),
    ...(isEmptied ? [`empties ${label}${of}`] : []),
    ...(isRead && !isRewritten ? [`reads all rows of ${label}${of}`] : []),
  ];
  const isLocked = isAtLeast(lock, "SHARE UPDATE EXCLUSIVE");
  return [...(isLocked ? [`locks ${label}: ${lock}`] : []), ...done].join(", ");
}

/** `12 GB, about 48,000,000 rows` */
export function describeSize({ bytes, rows }: RelationSize): string {
  if (bytes === 0) {
    return "empty";
  }
  return rows === undefined
    ? describeBytes(bytes)
    : `${describeBytes(bytes)}, about ${new Intl.NumberFormat("en-US").format(roundedRows(rows))} ${rows === 1 ? "row" : "rows"}`;
}

/** An estimate is not exact to the last row. */
function roundedRows(rows: number): number {
  return Number(rows.toPrecision(2));
}

const units = ["bytes", "kB", "MB", "GB", "TB", "PB"] as const;

function describeBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1).replace(/\.0$/, "") : String(Math.round(value))} ${units[unit] ?? ""}`;
}

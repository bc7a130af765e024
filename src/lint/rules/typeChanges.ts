/** What a change of a column's type does to the table. */
export type TypeChange =
  /** Only the catalog changes. */
  | "free"
  | "rewrites"
  /** `timestamp` to `timestamptz` and back: free only where the session's time zone is UTC. */
  | "rewrites-unless-utc"
  /** What it does depends on the type before, which is not known. */
  | "unknown";

interface Type {
  readonly name: string;
  readonly modifiers: readonly number[];
}

const otherNames: ReadonlyMap<string, string> = new Map([
  ["character varying", "varchar"],
  ["character", "char"],
  ["bpchar", "char"],
  ["int", "integer"],
  ["int4", "integer"],
  ["int2", "smallint"],
  ["int8", "bigint"],
  ["decimal", "numeric"],
  ["bit varying", "varbit"],
  ["bool", "boolean"],
  ["timestamp without time zone", "timestamp"],
  ["timestamp with time zone", "timestamptz"],
  ["time without time zone", "time"],
  ["time with time zone", "timetz"],
]);

/**
 * What PostgreSQL does with the rows when a column's type changes, as measured: what only widens a type is free.
 * @param before undefined where it is not known
 */
export function typeChange(before: string | undefined, after: string): TypeChange {
  const to = typeOf(after);
  if (before === undefined) {
    return "unknown";
  }
  const from = typeOf(before);
  if (from.name === to.name) {
    return sameKind(from, to);
  }
  const pair = `${from.name} ${to.name}`;
  switch (pair) {
    case "varchar text":
    case "text varchar":
      return to.name === "varchar" && to.modifiers.length > 0 ? "rewrites" : "free";
    case "cidr inet":
    case "xml text":
    case "xml varchar":
      return to.modifiers.length > 0 ? "rewrites" : "free";
    case "timestamp timestamptz":
    case "timestamptz timestamp":
      return precision(to, 6) >= precision(from, 6) ? "rewrites-unless-utc" : "rewrites";
    default:
      return "rewrites";
  }
}

function sameKind(from: Type, to: Type): TypeChange {
  switch (from.name) {
    case "varchar":
    case "varbit":
      return (to.modifiers[0] ?? Infinity) >= (from.modifiers[0] ?? Infinity) ? "free" : "rewrites";
    case "numeric":
      return numericChange(from, to);
    case "timestamp":
    case "timestamptz":
    case "time":
    case "timetz":
    case "interval":
      return precision(to, 6) >= precision(from, 6) ? "free" : "rewrites";
    default:
      return String(from.modifiers) === String(to.modifiers) ? "free" : "rewrites";
  }
}

function numericChange(from: Type, to: Type): TypeChange {
  if (to.modifiers.length === 0) {
    return "free";
  }
  return (from.modifiers[1] ?? 0) === (to.modifiers[1] ?? 0) &&
    (to.modifiers[0] ?? 0) >= (from.modifiers[0] ?? Infinity)
    ? "free"
    : "rewrites";
}

function precision({ modifiers }: Type, whole: number): number {
  return modifiers[0] ?? whole;
}

/** Whether values may be too long or too large for the new type. */
export function narrows(before: string | undefined, after: string): boolean {
  if (before === undefined) {
    return false;
  }
  const from = typeOf(before);
  const to = typeOf(after);
  const size = integerSizes.get(from.name);
  const newSize = integerSizes.get(to.name);
  if (size !== undefined && newSize !== undefined) {
    return newSize < size;
  }
  const isText = (name: string): boolean => ["varchar", "text", "char"].includes(name);
  if (isText(from.name) && isText(to.name)) {
    return length(to) < length(from);
  }
  if (from.name === "numeric" && to.name === "numeric") {
    return numericChange(from, to) === "rewrites";
  }
  return (
    (from.name === "double precision" && to.name === "real") ||
    isNumber(from.name, to.name) ||
    losesTime(from, to)
  );
}

/** Of a moment to its date or time of day, or to fewer digits of a second. */
function losesTime(from: Type, to: Type): boolean {
  const isMoment = (name: string): boolean => name === "timestamp" || name === "timestamptz";
  const isTime = (name: string): boolean => name === "time" || name === "timetz";
  return (
    (isMoment(from.name) && (to.name === "date" || isTime(to.name))) ||
    (((isMoment(from.name) && isMoment(to.name)) || (isTime(from.name) && isTime(to.name))) &&
      precision(to, 6) < precision(from, 6))
  );
}

/** Of a number with a fraction to one without. */
function isNumber(from: string, to: string): boolean {
  return ["numeric", "real", "double precision"].includes(from) && integerSizes.has(to);
}

const integerSizes: ReadonlyMap<string, number> = new Map([
  ["smallint", 2],
  ["integer", 4],
  ["bigint", 8],
]);

function length({ name, modifiers }: Type): number {
  return modifiers[0] ?? (name === "char" ? 1 : Infinity);
}

function typeOf(text: string): Type {
  const lower = text.toLowerCase().replace(/\s+/g, " ").trim();
  const modifiers = /\(([\d\s,]+)\)/.exec(lower)?.[1] ?? "";
  const bare = lower
    .replace(/ ?\([^()]*\)/, "")
    .replace(/^pg_catalog\./, "")
    .trim();
  return {
    name: otherNames.get(bare) ?? bare,
    modifiers: modifiers === "" ? [] : modifiers.split(",").map(Number),
  };
}

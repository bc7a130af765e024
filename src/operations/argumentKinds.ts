import { ArgumentTypeError } from "./operationError";
import { isSqlFragment } from "./sqlFragment";

interface Kind {
  /** In words, behind "must be". */
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const isText = (value: unknown): value is string => typeof value === "string";

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): boolean {
  const isFinal = typeof value === "object" && value !== null && Reflect.get(value, "kind") === "finalName";
  return isText(value) || (isFinal && isText(Reflect.get(value, "name")));
}

/** What an argument or an option of an operation may be. */
export const argumentKinds = {
  any: { expected: "given", fits: (value) => value !== undefined },
  text: { expected: "a text", fits: isText },
  textOrNull: { expected: "a text or null", fits: (value) => value === null || isText(value) },
  /** Null is nothing: a flag that is not there. */
  flag: { expected: "true or false", fits: (value) => value === null || typeof value === "boolean" },
  name: { expected: "a name", fits: isName },
  nameOrNull: { expected: "a name or null", fits: (value) => value === null || isName(value) },
  nameOrFlag: { expected: "true or a name", fits: (value) => typeof value === "boolean" || isName(value) },
  list: { expected: "a list", fits: Array.isArray },
  names: {
    expected: "a list of names",
    fits: (value) => Array.isArray(value) && value.every(isText),
  },
  elements: {
    expected: "a list of names, sql`…` or objects",
    fits: (value) => Array.isArray(value) && value.every((part) => isText(part) || isObject(part)),
  },
  excludeElements: {
    expected: "a list of pairs of an element and its operator, or of objects",
    fits: (value) => Array.isArray(value) && value.every((part) => Array.isArray(part) || isObject(part)),
  },
  objects: { expected: "a list of objects", fits: (value) => Array.isArray(value) && value.every(isObject) },
  object: { expected: "an object", fits: isObject },
  objectOrNull: { expected: "an object or null", fits: (value) => value === null || isObject(value) },
  objectOrText: { expected: "an object or a text", fits: (value) => isObject(value) || isText(value) },
  objectTextOrNull: {
    expected: "an object, a text or null",
    fits: (value) => value === null || isObject(value) || isText(value),
  },
  columns: {
    expected: "an object with the options of each column, or a list of such objects with their names",
    fits: (value) =>
      Array.isArray(value)
        ? value.every((column) => isObject(column) && isText(Reflect.get(column as object, "name")))
        : isObject(value),
  },
  namesOrObject: {
    expected: "a list of names or an object",
    fits: (value) => (Array.isArray(value) ? value.every(isText) : isObject(value)),
  },
  sql: { expected: "SQL, as a text or sql`…`", fits: (value) => isText(value) || isSqlFragment(value) },
  sqlOrObject: {
    expected: "SQL, as a text or sql`…`, or an object",
    fits: (value) => isText(value) || isObject(value),
  },
  body: { expected: "a function", fits: (value) => typeof value === "function" },
} as const satisfies Readonly<Record<string, Kind>>;

export type ArgumentKind = keyof typeof argumentKinds;

/** What is wrong with a value, as words behind its name; undefined where it is of the kind. */
export function misfitOf(value: unknown, kind: ArgumentKind): string | undefined {
  const { expected, fits }: Kind = argumentKinds[kind];
  return fits(value) ? undefined : `must be ${expected}, and is ${describeValue(value)}`;
}

/**
 * Refuses a value of another kind: types are gone when a revision runs, and what comes of it would be told by the
 * engine, or by the server, in words of their own.
 *
 * @param subject what the value is, as `The option "using" of an index of "users"`
 * @throws ArgumentTypeError
 */
export function requireKind(value: unknown, kind: ArgumentKind, subject: string, hint?: string): void {
  const misfit = misfitOf(value, kind);
  if (misfit !== undefined) {
    throw new ArgumentTypeError(`${subject} ${misfit}.`, hint);
  }
}

const longestText = 40;

function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `the text ${JSON.stringify(value.length > longestText ? `${value.slice(0, longestText)}…` : value)}`;
    case "undefined":
      return "missing";
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? describeList(value) : "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** Names what in a list is wrong: that it is a list need not be. */
function describeList(values: readonly unknown[]): string {
  const odd = values.findIndex((value) => !isText(value) && !isObject(value));
  const at =
    odd >= 0
      ? odd
      : Math.max(
          0,
          values.findIndex((value) => !isText(value)),
        );
  const value = values[at];
  return values.length === 0
    ? "an empty list"
    : `a list with ${Array.isArray(value) ? "a list" : value === undefined ? "undefined" : describeValue(value)}`;
}

/** The parts of a type as `format_type` prints it: `timestamp(3) with time zone[]`. */
export interface TypeName {
  /** `timestamp with time zone` */
  readonly base: string;
  /** `3`; for `numeric(10,2)` two. */
  readonly modifiers: readonly string[];
  readonly isArray: boolean;
}

/** The type of an array's elements, `varchar(50)` of `varchar(50)[]`; any other type as it is. */
export function elementType(text: string): string {
  let end = text.length;
  while (text.endsWith("[]", end)) {
    end -= 2;
  }
  return text.slice(0, end);
}

/** A printed type in its parts: `varchar(50)[]` is `varchar`, `50`, an array. */
export function parseTypeName(text: string): TypeName {
  const isArray = text.endsWith("[]");
  const element = elementType(text);
  const start = openingParenthesis(element);
  const end = start < 0 ? -1 : element.indexOf(")", start);
  return {
    base: end < 0 ? element : element.slice(0, start) + element.slice(end + 1),
    modifiers: (end < 0 ? "" : element.slice(start + 1, end))
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
    isArray,
  };
}

/** The first parenthesis outside of quotes; -1 if there is none. A doubled quote opens again what it closed. */
function openingParenthesis(text: string): number {
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') {
      isQuoted = !isQuoted;
    } else if (character === "(" && !isQuoted) {
      return index;
    }
  }
  return -1;
}

const shortNames: ReadonlyMap<string, string> = new Map([
  ["character varying", "varchar"],
  ["character", "char"],
  ["bit varying", "varbit"],
  ["timestamp with time zone", "timestamptz"],
  ["timestamp without time zone", "timestamp"],
  ["time with time zone", "timetz"],
  ["time without time zone", "time"],
]);

/** The type as people write it: `varchar(50)[]` for `character varying(50)[]`. Means the same to PostgreSQL. */
export function shortTypeName(text: string): string {
  const { base, modifiers, isArray } = parseTypeName(text);
  const short = shortNames.get(base);
  // `character` without a length is the type that takes any length; `char` would be one of length 1.
  if (short === undefined || (short === "char" && modifiers.length === 0)) {
    return text;
  }
  return `${short}${modifiers.length === 0 ? "" : `(${modifiers.join(",")})`}${isArray ? "[]" : ""}`;
}

/** The parts of a type as `format_type` prints it: `timestamp(3) with time zone[]`. */
export interface TypeName {
  /** `timestamp with time zone` */
  readonly base: string;
  /** `3`; for `numeric(10,2)` two. */
  readonly modifiers: readonly string[];
  readonly isArray: boolean;
}

/** A printed type in its parts: `varchar(50)[]` is `varchar`, `50`, an array. */
export function parseTypeName(text: string): TypeName {
  const isArray = text.endsWith("[]");
  const element = text.replace(/(\[\])+$/, "");
  const match = /^([^("]*(?:"(?:[^"]|"")*"[^("]*)*)\(([^)]*)\)(.*)$/.exec(element);
  return {
    base: match === null ? element : `${match[1] ?? ""}${match[3] ?? ""}`,
    modifiers: (match?.[2] ?? "")
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
    isArray,
  };
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

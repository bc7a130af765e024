import fc from "fast-check";
import { sql, type SqlFragment } from "../../../src/operations/sqlFragment";
import { quoteIdentifier } from "../../../src/sql/quote";

/** Where a case has its objects: two schemas of its own, of which the first leads its search path. */
export interface Place {
  readonly schema: string;
  readonly otherSchema: string;
  /** Extensions that no other case uses. */
  readonly extension: string;
}

/** Random choices of one case, by fast-check. */
export interface Draw {
  readonly place: Place;
  pick<Value>(...values: readonly Value[]): Value;
  /** True once in so many times. */
  rarely(times: number): boolean;
  flag(): true | undefined;
  /** The value, or nothing. */
  maybe<Value>(value: Value): Value | undefined;
  number(least: number, most: number): number;
  some<Value>(values: readonly Value[], least?: number, most?: number): readonly Value[];
  /** A name that nothing else in the case has. */
  name(): string;
  /** Text of any kind, for comments and literals. */
  text(): string;
  /** `{ schema }` of the case, or nothing: then it is found by the search path. */
  inSchema(): { readonly schema?: string };
}

const stems = [
  "users",
  "email",
  "Orders",
  "order",
  "select",
  "Größe",
  "two words",
  'quo"te',
  "it's",
  "a.b",
  "cost$",
  "1st",
  "日本語",
  "smile 😀",
  "percent %s :x",
  "back\\slash",
  "-- comment",
  "name_of_such_a_length_that_nothing_more_fits_behind_it_abc",
];

const texts = [
  "plain",
  "it's",
  'say "x"',
  "two\nlines",
  "back\\slash \\n",
  "$$ dollar $1 ${x} `tick`",
  ":name %s ;",
  "-- no comment /* nor this */",
  "日本語 😀",
  " ",
];

/** Choices from a generator of `fc.gen()`. */
export function createDraw(generate: fc.GeneratorValue, place: Place): Draw {
  let count = 0;
  const pick = <Value>(...values: readonly Value[]): Value =>
    values[generate(fc.nat, { max: values.length - 1 })] as Value;
  const draw: Draw = {
    place,
    pick,
    rarely: (times) => generate(fc.nat, { max: times - 1 }) === 0,
    flag: () => pick(true, undefined),
    maybe: (value) => pick(value, undefined),
    number: (least, most) => generate(fc.integer, { min: least, max: most }),
    some: (values, least = 0, most = values.length) =>
      generate(fc.subarray, [...values], {
        minLength: Math.min(least, values.length),
        maxLength: Math.min(most, values.length),
      }),
    name() {
      count += 1;
      return `${pick(...stems)}${String(count)}`;
    },
    text: () =>
      draw.rarely(3)
        ? generate(fc.string, { unit: "grapheme-composite" }).replaceAll("\0", "")
        : pick(...texts),
    inSchema: () => (draw.rarely(2) ? { schema: place.schema } : {}),
  };
  return draw;
}

/** SQL that holds a column's name. */
export function columnSql(before: string, column: string, after = ""): SqlFragment {
  return sql.raw(`${before}${quoteIdentifier(column)}${after}`);
}

/** Options without those that are `undefined`. */
export function given<Options extends object>(
  options: Options,
): { readonly [Key in keyof Options]?: Exclude<Options[Key], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Options]?: Exclude<Options[Key], undefined> };
}

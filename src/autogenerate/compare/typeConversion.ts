import type { CastModel, SchemaModel } from "../../schema/model/schemaModel";
import { printedQualifiedName } from "../../sqlText/expression";
import { elementType, parseTypeName, type TypeName } from "../../sqlText/typeName";

/**
 * What a change of type does to the rows: nothing; writes them anew; may refuse some; may change what some say.
 */
export type ConversionEffect = "metadata-only" | "rewrite" | "may-fail" | "lossy";

/**
 * What USING has to say: nothing, where PostgreSQL converts by itself; `column::type`; `column::text::type`;
 * an array of the one value; the first element; the elements as JSON.
 */
export type ConversionUsing = "none" | "cast" | "text-cast" | "wrap" | "first-element" | "to-json";

export interface TypeConversion {
  readonly effect: ConversionEffect;
  readonly using: ConversionUsing;
}

/** What the conversion has to know of the server. */
export interface TypeKnowledge {
  readonly casts: readonly CastModel[];
  /** By the printed name: the type below a domain. */
  readonly domains: ReadonlyMap<string, string>;
}

/** What the catalogs say of conversions: the server's casts, and the types below domains. */
export function typeKnowledge(...models: readonly SchemaModel[]): TypeKnowledge {
  const printed = (model: SchemaModel, part: { readonly schema: string; readonly name: string }): string =>
    printedQualifiedName(part.schema, part.name, model.defaultSchema);
  return {
    casts: models.map(({ casts }) => casts).find((casts) => casts.length > 0) ?? [],
    domains: new Map(
      models.flatMap((model) =>
        model.domains.map((domain) => [printed(model, domain), domain.type] as const),
      ),
    ),
  };
}

/** Types of text, without their length. */
const textTypes = new Set(["text", "character varying", "character", "citext", "name", '"char"']);

/** Whether a type, as the server prints it, is one of text. */
export function isTextType(type: string): boolean {
  const { base, isArray } = parseTypeName(type);
  return !isArray && textTypes.has(base);
}

const jsonTypes = new Set(["json", "jsonb"]);

/** Casts that round, cut or drop a part; all others of pg_cast keep what they take. */
const lossyCasts: ReadonlyMap<string, readonly string[]> = new Map([
  ["numeric", ["smallint", "integer", "bigint", "real", "double precision", "money"]],
  ["double precision", ["smallint", "integer", "bigint", "real", "numeric"]],
  ["real", ["smallint", "integer", "bigint"]],
  ["bigint", ["real", "double precision"]],
  ["integer", ["real", "boolean"]],
  ["timestamp with time zone", ["date", "time without time zone", "time with time zone"]],
  ["timestamp without time zone", ["date", "time without time zone"]],
  ["time with time zone", ["time without time zone"]],
  ["interval", ["time without time zone"]],
  ["character varying", ["name", '"char"']],
  ["text", ["name", '"char"']],
]);

/** Casts that refuse values that don't fit. */
const narrowingCasts: ReadonlyMap<string, readonly string[]> = new Map([
  ["bigint", ["integer", "smallint", "oid"]],
  ["integer", ["smallint"]],
  ["inet", ["cidr"]],
]);

/** Classes a change of a column's type, and says what PostgreSQL needs to do it. */
export function classifyConversion(before: string, after: string, knowledge: TypeKnowledge): TypeConversion {
  const [left, right] = [
    parseTypeName(underDomain(before, knowledge)),
    parseTypeName(underDomain(after, knowledge)),
  ];
  if (left.isArray !== right.isArray) {
    return arrayConversion(left, right);
  }
  const ofIntervals = left.base === right.base ? undefined : intervalEffect(left, right);
  if (ofIntervals !== undefined) {
    return { effect: ofIntervals, using: "none" };
  }
  const conversion =
    left.base === right.base ? modifierConversion(left, right) : baseConversion(left, right, knowledge);
  const isToDomain = before !== after && knowledge.domains.has(elementType(after));
  return isToDomain && conversion.effect !== "lossy" ? { ...conversion, effect: "may-fail" } : conversion;
}

function underDomain(type: string, { domains }: TypeKnowledge): string {
  const element = elementType(type);
  const below = domains.get(element);
  return below === undefined ? type : `${below}${type.slice(element.length)}`;
}

function arrayConversion(left: TypeName, right: TypeName): TypeConversion {
  if (right.isArray && jsonTypes.has(left.base) && !jsonTypes.has(right.base)) {
    // USING takes no subquery, without which a list in JSON has no elements: each value is one.
    return { effect: "lossy", using: "wrap" };
  }
  if (right.isArray) {
    return textTypes.has(left.base) && left.base !== right.base && !textTypes.has(right.base)
      ? { effect: "may-fail", using: "cast" }
      : { effect: "rewrite", using: "wrap" };
  }
  if (jsonTypes.has(right.base)) {
    return { effect: "rewrite", using: "to-json" };
  }
  return textTypes.has(right.base) && !textTypes.has(left.base)
    ? { effect: "rewrite", using: "none" }
    : { effect: "lossy", using: "first-element" };
}

/** The same type with another length, precision or scale. */
function modifierConversion(left: TypeName, right: TypeName): TypeConversion {
  const using = "none";
  const [before, after] = [left.modifiers.map(Number), right.modifiers.map(Number)];
  const [oldSize, newSize] = [before[0] ?? Infinity, after[0] ?? Infinity];
  switch (left.base) {
    case "character varying":
    case "bit varying":
      return { using, effect: newSize >= oldSize ? "metadata-only" : "may-fail" };
    case "character":
    case "bit":
      return { using, effect: newSize >= oldSize ? "rewrite" : "may-fail" };
    case "numeric":
      return { using, effect: numericEffect(before, after) };
    default:
      return {
        using,
        effect: secondDigits(right) >= secondDigits(left) ? "metadata-only" : "lossy",
      };
  }
}

/** Times and intervals without a precision keep six digits of a second; fewer round the value. */
function secondDigits({ modifiers: [digits] }: TypeName): number {
  return digits === undefined ? 6 : Number(digits);
}

/** Of the units of an interval from the largest to the smallest, those that it is cut to, by position. */
const intervalUnits = ["year", "month", "day", "hour", "minute", "second"] as const;

/** `interval day to second(3)` as the units that it has; undefined for another type. */
function intervalRange({ base }: TypeName): readonly [first: number, last: number] | undefined {
  const match = /^interval(?: (\w+)(?: to (\w+))?)?$/.exec(base);
  if (match === null) {
    return undefined;
  }
  const position = (unit: string | undefined): number => intervalUnits.findIndex((name) => name === unit);
  const [, from, to] = match;
  return from === undefined ? [0, 5] : [position(from), position(to ?? from)];
}

/** An interval keeps the units above the first one that it names, and loses those below the last. */
function intervalEffect(left: TypeName, right: TypeName): ConversionEffect | undefined {
  const [before, after] = [intervalRange(left), intervalRange(right)];
  if (before === undefined || after === undefined) {
    return undefined;
  }
  const losesDigits = after[1] === 5 && secondDigits(right) < secondDigits(left);
  return after[1] < before[1] || losesDigits ? "lossy" : "metadata-only";
}

function numericEffect(before: readonly number[], after: readonly number[]): ConversionEffect {
  const [newPrecision, newScale = 0] = after;
  if (newPrecision === undefined) {
    return "metadata-only";
  }
  const [oldPrecision, oldScale = 0] = before;
  if (oldPrecision === undefined || newScale < oldScale) {
    return "lossy";
  }
  if (newPrecision - newScale < oldPrecision - oldScale) {
    return "may-fail";
  }
  return newScale === oldScale ? "metadata-only" : "rewrite";
}

function baseConversion(left: TypeName, right: TypeName, knowledge: TypeKnowledge): TypeConversion {
  const cast = knowledge.casts.find(({ source, target }) => source === left.base && target === right.base);
  if (cast !== undefined) {
    return { using: cast.context === "explicit" ? "cast" : "none", effect: castEffect(left, right, cast) };
  }
  if (textTypes.has(right.base)) {
    // Every type becomes text by itself, as for an assignment.
    return { using: "none", effect: right.modifiers.length > 0 ? "may-fail" : "rewrite" };
  }
  if (textTypes.has(left.base)) {
    return { using: "cast", effect: "may-fail" };
  }
  return { using: "text-cast", effect: "may-fail" };
}

const timeTypes = /^(?:timestamp|time) with(?:out)? time zone$/;

const integerDigits: ReadonlyMap<string, number> = new Map([
  ["smallint", 5],
  ["integer", 10],
  ["bigint", 19],
]);

/** Whether a numeric has fewer digits before the point than a whole number may have. */
function isTooNarrow(left: TypeName, right: TypeName): boolean {
  const digits = integerDigits.get(left.base);
  const [precision = Infinity, scale = 0] = right.modifiers.map(Number);
  return right.base === "numeric" && digits !== undefined && precision - scale < digits;
}

function castEffect(left: TypeName, right: TypeName, cast: CastModel): ConversionEffect {
  if (lossyCasts.get(left.base)?.includes(right.base) === true) {
    return "lossy";
  }
  if (narrowingCasts.get(left.base)?.includes(right.base) === true) {
    return "may-fail";
  }
  if (timeTypes.test(right.base) && secondDigits(right) < (left.base === "date" ? 0 : secondDigits(left))) {
    return "lossy";
  }
  if (!cast.isBinary) {
    const isShortEnough =
      textTypes.has(left.base) &&
      Number(left.modifiers[0] ?? Infinity) <= Number(right.modifiers[0] ?? Infinity);
    const isBounded = (textTypes.has(right.base) && !isShortEnough) || isTooNarrow(left, right);
    return right.modifiers.length > 0 && isBounded ? "may-fail" : "rewrite";
  }
  const [oldSize, newSize] = [left.modifiers[0] ?? Infinity, right.modifiers[0] ?? Infinity];
  if (left.isArray) {
    return "rewrite";
  }
  return Number(newSize) >= Number(oldSize) ? "metadata-only" : "may-fail";
}

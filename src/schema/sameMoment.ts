import { parseTypeName } from "../sqlText/typeName";

type Part = "date" | "time" | "zone";

/** What values of a type tell of a moment. */
const partsOfType: ReadonlyMap<string, readonly Part[]> = new Map([
  ["timestamp with time zone", ["date", "time", "zone"]],
  ["timestamp without time zone", ["date", "time"]],
  ["date", ["date"]],
  ["time with time zone", ["time", "zone"]],
  ["time without time zone", ["time"]],
]);

const typeOfFunction: ReadonlyMap<string, string> = new Map([
  ["now()", "timestamp with time zone"],
  ["transaction_timestamp()", "timestamp with time zone"],
  ["current_timestamp", "timestamp with time zone"],
  ["localtimestamp", "timestamp without time zone"],
  ["current_date", "date"],
  ["current_time", "time with time zone"],
  ["localtime", "time without time zone"],
]);

const mostDigits = 6;

/**
 * Whether two defaults are the same at any time, though their texts differ: `CURRENT_TIMESTAMP`, `now()` and
 * `LOCALTIMESTAMP` of a timestamp are all the moment at which the transaction began. (PostgreSQL's documentation,
 * 9.9.5 "Current Date/Time".)
 *
 * @param type of the column, as the server prints it
 */
export function isSameDefault(left: string, right: string, type: string): boolean {
  return (
    left === right ||
    (isMomentOf(left, type) && isMomentOf(right, type)) ||
    canonical(left) === canonical(right)
  );
}

/** Whether an expression is all that a column of this type can hold of the moment at which the transaction began. */
function isMomentOf(text: string, type: string): boolean {
  const moment = readMoment(text);
  const { base, modifiers, isArray } = parseTypeName(type);
  const wanted = partsOfType.get(base);
  if (moment === undefined || wanted === undefined || isArray) {
    return false;
  }
  const digits = wanted.includes("time") ? Number(modifiers[0] ?? mostDigits) : mostDigits;
  return moment.every(
    (step) =>
      wanted.every((part) => step.parts.includes(part)) &&
      // A date has no digits that could be rounded twice; what was rounded before it may be of the next day.
      (step.digits === mostDigits || (step.digits === digits && wanted.includes("time"))),
  );
}

interface Step {
  readonly parts: readonly Part[];
  readonly digits: number;
}

/** The function and the casts of an expression like `(now())::date`; undefined where it is another one. */
function readMoment(text: string): readonly Step[] | undefined {
  const inner = withoutParentheses(text);
  const ofFunction = /^([a-z_]+(?:\(\))?)(?:\((\d)\))?$/i.exec(inner);
  const type = typeOfFunction.get(ofFunction?.[1]?.toLowerCase() ?? "");
  if (ofFunction !== null && type !== undefined) {
    return [step(type, ofFunction[2])];
  }
  const at = inner.lastIndexOf("::");
  const castType = inner.slice(at + 2);
  if (at < 0 || !/^[a-z ]+(?:\(\d\)[a-z ]*)?$/i.test(castType)) {
    return undefined;
  }
  const castValue = inner.slice(0, at);
  const { base, modifiers } = parseTypeName(castType);
  const castStep = step(base, modifiers[0]);
  // As servers before PostgreSQL 10 printed it, and what was restored from their dumps still reads.
  if (withoutParentheses(castValue) === "'now'::text") {
    return [castStep];
  }
  const before = readMoment(castValue);
  return before === undefined ? undefined : [...before, castStep];
}

function step(type: string, digits: string | undefined): Step {
  return { parts: partsOfType.get(type) ?? [], digits: digits === undefined ? mostDigits : Number(digits) };
}

/** Without parentheses around the whole. */
function withoutParentheses(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith("(") || !trimmed.endsWith(")")) {
    return trimmed;
  }
  let depth = 0;
  for (const [at, letter] of [...trimmed].entries()) {
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (depth === 0 && at < trimmed.length - 1) {
      return trimmed;
    }
  }
  return withoutParentheses(trimmed.slice(1, -1));
}

const synonyms: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\bCURRENT_TIMESTAMP\b(?!\()/gi, "now()"],
  [/\btransaction_timestamp\(\)/gi, "now()"],
  [/\b(?:CURRENT_ROLE|USER)\b(?!\()/gi, "CURRENT_USER"],
  [/\bcurrent_database\(\)/gi, "CURRENT_CATALOG"],
  [/\bcurrent_schema\(\)/gi, "CURRENT_SCHEMA"],
];

/** The expression with one word for each thing that has several, outside of strings and quoted names. */
function canonical(text: string): string {
  const words = withoutParentheses(text)
    .split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : synonyms.reduce((result, [pattern, word]) => result.replaceAll(pattern, word), part),
    )
    .join("");
  // The same function, called in the two ways that the server remembers.
  const inZone = /^(.+) AT TIME ZONE ('(?:[^']|'')*'::text)$/.exec(words);
  return inZone === null ? words : `timezone(${inZone[2] ?? ""}, ${withoutParentheses(inZone[1] ?? "")})`;
}

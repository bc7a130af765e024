import assert from "node:assert/strict";
import { isSameDefault } from "../../../src/schema/sameMoment";
import { isConstantDefault } from "../../../src/autogenerate/read/constantDefault";

const same: readonly (readonly [left: string, right: string, type: string, expected: boolean])[] = [
  ["now()", "CURRENT_TIMESTAMP", "timestamp with time zone", true],
  ["now()", "LOCALTIMESTAMP", "timestamp without time zone", true],
  ["now()", "LOCALTIMESTAMP", "timestamp with time zone", false],
  ["now()", "('now'::text)::timestamp without time zone", "timestamp(3) without time zone", true],
  ["CURRENT_TIMESTAMP(3)", "now()", "timestamp(3) with time zone", true],
  ["CURRENT_TIMESTAMP(4)", "now()", "timestamp(3) with time zone", false],
  ["CURRENT_TIMESTAMP(3)", "CURRENT_DATE", "date", false],
  ["(now())::date", "CURRENT_DATE", "date", true],
  ["(CURRENT_DATE)::timestamp without time zone", "now()", "timestamp without time zone", false],
  ["CURRENT_TIME", "LOCALTIME", "time without time zone", true],
  ["CURRENT_TIME", "LOCALTIME", "time with time zone", false],
  ["now()", "clock_timestamp()", "timestamp with time zone", false],
  ["(now() + '1 day'::interval)", "(CURRENT_TIMESTAMP + '1 day'::interval)", "date", true],
  ["(now() AT TIME ZONE 'utc'::text)", "timezone('utc'::text, now())", "timestamp without time zone", true],
  ["'now()'::text", "'CURRENT_TIMESTAMP'::text", "text", false],
  ["CURRENT_USER", '"current_user"', "name", false],
];

const constant: readonly (readonly [text: string, expected: boolean])[] = [
  ["'0'::smallint", true],
  ["(- 5)", true],
  ["'{a,b}'::text[]", true],
  ["ARRAY['a'::text, 'b'::character varying(3)]", true],
  ["'2020-01-01 00:00:00'::timestamp(3) without time zone", true],
  ["'x'::app.mood", true],
  ["('now'::text)::date", false],
  ["now()", false],
  ["nextval('s'::regclass)", false],
  ["'a'::text || 'b'::text", false],
  ["CURRENT_DATE", false],
];

describe("one default in two texts", () => {
  for (const [left, right, type, expected] of same) {
    it(`${left} and ${right} of ${type}: ${String(expected)}`, () => {
      assert.deepEqual(
        [isSameDefault(left, right, type), isSameDefault(right, left, type)],
        [expected, expected],
      );
    });
  }

  for (const [text, expected] of constant) {
    it(`${text} is ${expected ? "" : "not "}a constant`, () => {
      assert.equal(isConstantDefault(text), expected);
    });
  }
});

import assert from "node:assert/strict";
import { defaultFromText } from "../../../src/autogenerate/plan/defaults";

/** Each: what the server prints, the column's type, and the value that is written; undefined where it stays SQL. */
const cases: readonly (readonly [string, string, unknown])[] = [
  ["0", "integer", 0],
  ["1.5", "numeric(10,2)", 1.5],
  ["1.50", "numeric(10,2)", undefined],
  ["'1'::bigint", "bigint", "1"],
  ["'-1'::integer", "integer", -1],
  ["'-1'::integer", "bigint", -1],
  ["'-0.5'::numeric", "numeric(4,1)", -0.5],
  ["'-5'::numeric", "numeric", "-5"],
  ["'-3000000000'::bigint", "bigint", -3000000000],
  ["'-9999999999'::bigint", "numeric", -9999999999],
  ["'-2147483648'::integer", "numeric", -2147483648],
  ["3.14159265358979323846", "numeric", undefined],
  ["0.10000000000000000001", "numeric", undefined],
  ["0.0000001", "numeric", undefined],
  ["'-3.14159265358979323846'::numeric", "double precision", undefined],
  ["'{3.14159265358979323846}'::numeric[]", "numeric[]", ["3.14159265358979323846"]],
  ["true", "boolean", true],
  ["'it''s'::text", "text", "it's"],
  ["'x'::character varying", "character varying(50)", "x"],
  ["'x'::text", "character varying(50)", undefined],
  ["'a\\b'::text", "text", "a\\b"],
  ["'new'::state", "state", "new"],
  ["'new'::app.state", "app.state", "new"],
  ["'01:00:00'::interval", "interval", "01:00:00"],
  ["'2024-02-29'::date", "date", "2024-02-29"],
  ["'{}'::text[]", "text[]", []],
  ["'{a,\"b c\",NULL}'::text[]", "text[]", ["a", "b c", null]],
  ["'{1,2}'::integer[]", "integer[]", [1, 2]],
  ["'{t,f}'::boolean[]", "boolean[]", [true, false]],
  ["'{{a},{b}}'::text[]", "text[]", undefined],
  ["'{a}'::character varying[]", "character varying(20)[]", ["a"]],
  ["'{\"a\": [1, true, null]}'::jsonb", "jsonb", { a: [1, true, null] }],
  ['\'{"2": 1, "1": 2}\'::jsonb', "jsonb", '{"2": 1, "1": 2}'],
  ["'1.0'::jsonb", "jsonb", "1.0"],
  ["'\"text\"'::jsonb", "jsonb", '"text"'],
  ["'null'::jsonb", "jsonb", "null"],
  ["'{\"a\":1}'::json", "json", { a: 1 }],
  ["'{ \"a\" : 1 }'::json", "json", '{ "a" : 1 }'],
  ["'y\\z'::text", "text", "y\\z"],
  ["'it''s \\'::character varying", "character varying(20)", "it's \\"],
  ["'{\"a\\\\b\"}'::text[]", "text[]", undefined],
  ['\'{"a": "b\\\\c\\""}\'::jsonb', "jsonb", { a: 'b\\c"' }],
  ["now()", "timestamp with time zone", undefined],
  ["'x'::text || 'y'::text", "text", undefined],
];

describe("defaults as people write them", () => {
  for (const [text, type, value] of cases) {
    it(`${text} of ${type}`, () => {
      const expected =
        value === undefined ? { kind: "sql", text: [text], values: [] } : { kind: "literal", value };
      assert.deepEqual(defaultFromText(text, type), expected);
    });
  }

  it("leave out the parentheses around an expression where DEFAULT takes it without", () => {
    const written = (text: string): unknown => Reflect.get(defaultFromText(text, "text"), "text");
    assert.deepEqual(written("(now() + '1 day'::interval)"), ["now() + '1 day'::interval"]);
    assert.deepEqual(written("(1 + 1)"), ["1 + 1"]);
    assert.deepEqual(written("(now() AT TIME ZONE 'utc'::text)"), ["(now() AT TIME ZONE 'utc'::text)"]);
    assert.deepEqual(written("(a AND b)"), ["(a AND b)"]);
    assert.deepEqual(written("('NOT'::text || 'x'::text)"), ["'NOT'::text || 'x'::text"]);
  });
});

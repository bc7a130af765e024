import assert from "node:assert/strict";
import { classifyConversion, type TypeKnowledge } from "../../../../src/autogenerate/compare/typeConversion";
import type { CastModel } from "../../../../src/schema/model/schemaModel";

function cast(text: string): CastModel {
  const [, source = "", target = "", context, binary] =
    /^(.*) > (.*) (implicit|assignment|explicit)( binary)?$/.exec(text) ?? [];
  return {
    source,
    target,
    context: context === "implicit" || context === "assignment" ? context : "explicit",
    isBinary: binary !== undefined,
  };
}

const knowledge: TypeKnowledge = {
  casts: [
    "integer > bigint implicit",
    "bigint > integer assignment",
    "integer > boolean explicit",
    "integer > numeric implicit",
    "numeric > integer assignment",
    "character varying > text implicit binary",
    "character > character varying implicit",
    "text > character varying implicit binary",
    "timestamp without time zone > timestamp with time zone implicit",
    "timestamp with time zone > date assignment",
    "json > jsonb assignment",
  ].map(cast),
  domains: new Map([["email", "text"]]),
};

const cases: readonly (readonly [string, string, string])[] = [
  ["character varying(50)", "character varying(100)", "metadata-only none"],
  ["character varying(50)", "character varying", "metadata-only none"],
  ["character varying(50)", "character varying(10)", "may-fail none"],
  ["character varying(50)", "text", "metadata-only none"],
  ["text", "character varying(50)", "may-fail none"],
  ["character varying(5)[]", "text[]", "rewrite none"],
  ["character(5)", "character(9)", "rewrite none"],
  ["character(5)", "character varying(5)", "rewrite none"],
  ["character(5)", "character varying(4)", "may-fail none"],
  ["numeric(10,2)", "numeric(12,2)", "metadata-only none"],
  ["numeric(10,2)", "numeric", "metadata-only none"],
  ["numeric(10,2)", "numeric(10,4)", "may-fail none"],
  ["numeric(10,2)", "numeric(12,4)", "rewrite none"],
  ["numeric(10,2)", "numeric(10,0)", "lossy none"],
  ["numeric", "numeric(10,2)", "lossy none"],
  ["timestamp(6) without time zone", "timestamp(0) without time zone", "lossy none"],
  ["timestamp(0) without time zone", "timestamp without time zone", "metadata-only none"],
  ["timestamp without time zone", "timestamp(6) without time zone", "metadata-only none"],
  ["timestamp(3) with time zone", "timestamp with time zone", "metadata-only none"],
  ["timestamp without time zone", "timestamp(3) without time zone", "lossy none"],
  ["time without time zone", "time(6) without time zone", "metadata-only none"],
  ["time without time zone", "time(0) without time zone", "lossy none"],
  ["interval", "interval(6)", "metadata-only none"],
  ["interval", "interval(3)", "lossy none"],
  ["interval day", "interval day to second", "metadata-only none"],
  ["interval", "interval day to second", "metadata-only none"],
  ["interval", "interval day", "lossy none"],
  ["interval day to second", "interval day to second(3)", "lossy none"],
  ["timestamp without time zone", "timestamp with time zone", "rewrite none"],
  ["timestamp without time zone", "timestamp(6) with time zone", "rewrite none"],
  ["timestamp without time zone", "timestamp(0) with time zone", "lossy none"],
  ["integer", "numeric(12,2)", "rewrite none"],
  ["integer", "numeric(5,2)", "may-fail none"],
  ["timestamp with time zone", "date", "lossy none"],
  ["integer", "bigint", "rewrite none"],
  ["bigint", "integer", "may-fail none"],
  ["integer", "boolean", "lossy cast"],
  ["numeric", "integer", "lossy none"],
  ["json", "jsonb", "rewrite none"],
  ["integer", "text", "rewrite none"],
  ["integer", "character varying(2)", "may-fail none"],
  ["text", "integer", "may-fail cast"],
  ["text", "mood", "may-fail cast"],
  ["mood", "level", "may-fail text-cast"],
  ["integer", "uuid", "may-fail text-cast"],
  ["text", "text[]", "rewrite wrap"],
  ["integer", "bigint[]", "rewrite wrap"],
  ["text[]", "text", "lossy first-element"],
  ["text", "email", "may-fail none"],
  ["email", "text", "metadata-only none"],
  ["email", "character varying", "metadata-only none"],
];

describe("a change of a column's type", () => {
  for (const [before, after, expected] of cases) {
    it(`${before} to ${after}: ${expected}`, () => {
      const { effect, using } = classifyConversion(before, after, knowledge);
      assert.equal(`${effect} ${using}`, expected);
    });
  }
});

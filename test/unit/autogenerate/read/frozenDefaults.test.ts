import assert from "node:assert/strict";
import { isFrozenMoment } from "../../../../src/autogenerate/read/frozenDefaults";

const cases: readonly (readonly [type: string, text: string | undefined, isFrozen: boolean])[] = [
  ["timestamp without time zone", "'now'", true],
  ["timestamp with time zone", "'now()'", true],
  ["timestamptz", "'NOW( )'", true],
  ["timestamp(3) without time zone", "'now'::timestamp(3) without time zone", true],
  ["timestamp without time zone", "timestamp 'now'", true],
  ["date", "'today'", true],
  ["date", "'tomorrow'::date", true],
  ["time without time zone", "'now'", true],
  ["timestamp without time zone", "now()", false],
  ["timestamp without time zone", "('now'::text)::timestamp without time zone", false],
  ["timestamp without time zone", "'epoch'", false],
  ["timestamp without time zone", "'infinity'", false],
  ["timestamp without time zone", "'2024-01-01'", false],
  ["text", "'now'", false],
  ["character varying", "'today'", false],
  ["timestamp without time zone", undefined, false],
];

describe("a default that the server reads once", () => {
  for (const [type, text, isFrozen] of cases) {
    it(`${isFrozen ? "is" : "is not"} ${text ?? "none"} of ${type}`, () => {
      const column = text === undefined ? { type } : { type, default: text };
      assert.equal(isFrozenMoment({ ...column, isArray: false }), isFrozen);
    });
  }
});

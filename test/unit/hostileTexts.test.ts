import assert from "node:assert/strict";
import { tokenize } from "../../src/sqlText/lexer";
import { hostileReaders } from "./hostileReaders";
import { processorMilliseconds } from "../support/processorTime";

/** What is linear takes some ten milliseconds for a megabyte; what is not, minutes. Of processor time. */
const longestMilliseconds = 3_000;

describe("a megabyte that is meant to take long", () => {
  for (const [name, texts, read] of hostileReaders) {
    it(`${name} takes linear time`, () => {
      const slow = Object.entries(texts).flatMap(([kind, text]) => {
        const begin = processorMilliseconds();
        read(text);
        const milliseconds = Math.round(processorMilliseconds() - begin);
        return milliseconds > longestMilliseconds ? [`${kind}: ${String(milliseconds)} ms`] : [];
      });
      assert.deepEqual(slow, []);
    });
  }

  it("is no more than a token, where it is a literal of 20 MB", () => {
    const literal = `'${"''x".repeat(7_000_000)}'`;
    assert.deepEqual(
      [...tokenize(`SELECT ${literal}`)].map(({ kind, text }) => [kind, text.length]),
      [
        ["word", 6],
        ["space", 1],
        ["string", literal.length],
      ],
    );
  });
});

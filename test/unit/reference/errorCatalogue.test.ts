import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorCodes } from "./errorCodes";

const text = readFileSync(join(__dirname, "../../../docs/errors.md"), "utf8");

/** The parts of a text that begin with a heading of a level, by their headings. */
function sections(whole: string, mark: string): readonly (readonly [string, string])[] {
  return whole
    .split(new RegExp(`^${mark} `, "m"))
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      return [part.slice(0, end), part.slice(end + 1).trim()];
    });
}

const entries = sections(text, "##").map(
  ([name, body]) => [name, sections(body, "###").map(([code, entry]) => ({ code, entry }))] as const,
);

describe("the catalogue of errors", () => {
  it("has an entry for every code of every class, and for nothing else", () => {
    const sorted = (codes: ReadonlyMap<string, readonly string[]>): unknown =>
      Object.fromEntries([...codes].sort().map(([name, list]) => [name, list.toSorted()]));
    const written = new Map(entries.map(([name, list]) => [name, list.map(({ code }) => code)]));
    assert.deepEqual(sorted(written), sorted(errorCodes()));
  });

  it("says of each code what the cause is, and what to do", () => {
    const isIncomplete = (entry: string): boolean => !/^[A-Z`][^]*[.]\n\nRemedy: [A-Z`\[][^]*\.$/.test(entry);
    const found = entries.flatMap(([, list]) => list.filter(({ entry }) => isIncomplete(entry)));
    assert.deepEqual(found, []);
  });
});

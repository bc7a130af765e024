import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { scanHeader } from "../../../src/source/scanHeader";
import { corpusFiles } from "./corpus";

const PIECES = [
  "",
  "`",
  '"',
  "'",
  "/",
  "/*",
  "*/",
  "//",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "\n",
  "\\",
  "${",
  "=",
  ",",
  ":",
  "<",
];

describe("damaged revision files", () => {
  const damaged = fc
    .record({
      file: fc.constantFrom(...corpusFiles()),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.nat({ max: 30 }),
      inserted: fc.constantFrom(...PIECES),
      isCut: fc.boolean(),
    })
    .map(({ file: { path, text }, at, removed, inserted, isCut }) => {
      const start = Math.floor(at * text.length);
      return { path, text: text.slice(0, start) + inserted + (isCut ? "" : text.slice(start + removed)) };
    });

  it("never stop the readers, and ranges stay within the text", () => {
    fc.assert(
      fc.property(damaged, ({ path, text }) => {
        for (const scan of [scanHeader(text, path), parseRevisionFile(text, path)]) {
          const range = scan.kind === "revision" ? scan.header.downRevision.range : undefined;
          assert.equal(range === undefined || (range.start < range.end && range.end <= text.length), true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("give the same to scan and parser where the text is still TypeScript and the scan decides", () => {
    fc.assert(
      fc.property(
        damaged.filter(({ path }) => !path.endsWith(".py")),
        ({ path, text }) => {
          const scan = scanHeader(text, path);
          const { syntaxProblems, ...parsed } = parseRevisionFile(text, path);
          if (scan.kind !== "ambiguous" && syntaxProblems.length === 0) {
            assert.deepEqual(parsed, scan);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

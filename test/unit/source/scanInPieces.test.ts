import assert from "node:assert/strict";
import fc from "fast-check";
import type { HeaderScan } from "../../../src/source/header";
import { scanHeader, scanHeaderInPieces } from "../../../src/source/scanHeader";
import { corpusFiles, writtenRevision as written } from "./corpus";

function inPieces(text: string, path: string): { readonly scan: HeaderScan; readonly pieces: number } {
  const steps = scanHeaderInPieces(text, path);
  for (let pieces = 1; ; pieces += 1) {
    const step = steps.next();
    if (step.done === true) {
      return { scan: step.value, pieces };
    }
  }
}

const words = [
  ..."()[]{};,=<>:.`\"'/\n ",
  "${",
  "=>",
  "/*",
  "//",
  "export ",
  "const ",
  "async function ",
  "return",
  "revision",
  "down_revision",
  "upgrade",
  "downgrade",
  '"a1"',
  "null",
  "module.exports",
];

describe("the header of a long text, read in pieces", () => {
  for (const { path, text } of corpusFiles()) {
    it(`is as read at once: ${path}, wherever the text ends`, () => {
      for (let end = 0; end <= text.length; end += 1 + Math.floor(text.length / 400)) {
        const part = text.slice(0, end);
        assert.deepEqual(inPieces(part, path).scan, scanHeader(part, path));
      }
    });
  }

  it("is as read at once for anything else", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { maxLength: 60 }),
        fc.nat(written.length),
        (typed, at) => {
          const text = `${written.slice(0, at)}${typed.join("")}${written.slice(at)}`;
          assert.deepEqual(inPieces(text, "b2.ts").scan, scanHeader(text, "b2.ts"));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("lets others have their turn", () => {
    const rows = "  { id: 1, name: 'Ann', roles: ['admin', 'editor'] },\n".repeat(10_000);
    const text = written.replace("export async function upgrade", `const rows = [\n${rows}];\n\n$&`);
    const { scan, pieces } = inPieces(text, "b2.ts");
    assert.deepEqual(scan, scanHeader(text, "b2.ts"));
    assert.ok(pieces > 30, `${String(pieces)} pieces`);
  });

  it("is given up where more stands outside of brackets than any revision has", () => {
    const text = `${"+;".repeat(200_000)}\n${written}`;
    assert.deepEqual(inPieces(text, "b2.ts").scan, {
      kind: "ambiguous",
      reason: "not written as plain exports",
      range: { start: 0, end: 0 },
    });
  });
});

import assert from "node:assert/strict";
import * as fc from "fast-check";
import { toRevision } from "../../../src/source/header";
import { printRevisionFile } from "../../../src/source/printRevisionFile";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { scanHeader } from "../../../src/source/scanHeader";
import { readWrittenHead, scanWrittenRevision } from "../../../src/source/scanWrittenRevision";
import { corpusFiles } from "./corpus";

function bySlowScan(text: string, path: string): unknown {
  const scan = path.endsWith(".py") ? scanHeader(text, path) : parseRevisionFile(text, path);
  return scan.kind === "revision" ? toRevision(scan.header, path) : scan.kind;
}

/** The headers with their places, as the editor reads them and as the parser does. */
function assertSameHeader(text: string): void {
  const [fast, parsed] = [scanHeader(text, "b2.ts"), parseRevisionFile(text, "b2.ts")];
  assert.equal(parsed.kind, "revision");
  if (fast.kind === "revision") {
    assert.deepEqual(fast.header, parsed.header);
  }
}

const written = printRevisionFile({
  message: "Add users",
  revision: "b2",
  downRevisions: ["a1"],
  branchLabels: [],
  dependsOn: [],
  createDate: "2025-10-01 21:15:00",
});

describe("scanWrittenRevision", () => {
  for (const [what, text] of [
    ["as `revision` writes it", written],
    ["with the ends of lines of Windows", written.replaceAll("\n", "\r\n")],
    ["with several parents", written.replace('= "a1"', '= ["a1", "a2", "a-3"]')],
    ["with a flag below", `${written}export const transaction = false;\n`],
  ] as const) {
    it(`reads a file ${what}, and its places`, () => {
      assert.notEqual(scanWrittenRevision(text, "b2.ts"), undefined);
      assert.deepEqual(scanWrittenRevision(text, "b2.ts"), bySlowScan(text, "b2.ts"));
      assert.notEqual(readWrittenHead(text), undefined);
      assert.equal(scanHeader(text, "b2.ts").kind, "revision");
      assertSameHeader(text);
    });
  }

  it("leaves a file to the parser that exports a name of its head again", () => {
    const text = `${written}export const depends_on = "x";\n`;
    assert.notEqual(readWrittenHead(text), undefined);
    assert.equal(scanHeader(text, "b2.ts").kind, "ambiguous");
  });

  for (const file of corpusFiles()) {
    it(`leaves ${file.path} to scanHeader, or agrees with it`, () => {
      const revision = scanWrittenRevision(file.text, file.path);
      assert.deepEqual(revision ?? bySlowScan(file.text, file.path), bySlowScan(file.text, file.path));
    });
  }

  for (const [what, text] of [
    [
      "names its head again",
      written.replace(
        "export async function upgrade",
        'exports.revision = "x";\nexport async function upgrade',
      ),
    ],
    ["has code before its head", `const x = 1;\n${written}`],
    ["has an escape in an id", written.replace('"b2"', '"b\\u0032"')],
    ["computes a value", written.replace('= "a1"', '= "a" + "1"')],
    ["ends its comment early", written.replace("Add users", "Add users */ const x = 1; /*")],
  ] as const) {
    it(`leaves a file that ${what} to scanHeader`, () => {
      assert.notEqual(text, written);
      assert.equal(scanWrittenRevision(text, "b2.ts"), undefined);
    });
  }

  it("agrees with scanHeader on whatever the printer makes of any message and ids", () => {
    const id = fc.oneof(fc.stringMatching(/^[a-z0-9_]{1,12}$/), fc.string({ minLength: 1, maxLength: 8 }));
    const ids = fc.array(id, { maxLength: 3 });
    const message = fc.oneof(
      fc.string(),
      fc.lorem(),
      fc.array(fc.string(), { maxLength: 4 }).map((lines) => lines.join("\n")),
    );
    fc.assert(
      fc.property(message, id, ids, ids, ids, (text, revision, downRevisions, branchLabels, dependsOn) => {
        const file = printRevisionFile({
          message: text,
          revision,
          downRevisions,
          branchLabels,
          dependsOn,
          createDate: "2025-10-01 21:15:00",
        });
        const fast = scanWrittenRevision(file, "x.ts");
        assert.deepEqual(fast ?? bySlowScan(file, "x.ts"), bySlowScan(file, "x.ts"));
        assertSameHeader(file);
      }),
      { numRuns: 500 },
    );
  });
});

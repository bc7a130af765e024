import assert from "node:assert/strict";
import * as fc from "fast-check";
import { toRevision } from "../../../src/source/header";
import { printRevisionFile } from "../../../src/source/printRevisionFile";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { scanHeader } from "../../../src/source/scanHeader";
import { scanWrittenRevision } from "../../../src/source/scanWrittenRevision";
import { corpusFiles } from "./corpus";

function bySlowScan(text: string, path: string): unknown {
  const scan = path.endsWith(".py") ? scanHeader(text, path) : parseRevisionFile(text, path);
  return scan.kind === "revision" ? toRevision(scan.header, path) : scan.kind;
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
  it("reads a file as `revision` writes it", () => {
    assert.deepEqual(scanWrittenRevision(written, "b2.ts"), bySlowScan(written, "b2.ts"));
  });

  it("reads one with the ends of lines of Windows", () => {
    const text = written.replaceAll("\n", "\r\n");
    assert.notEqual(scanWrittenRevision(text, "b2.ts"), undefined);
    assert.deepEqual(scanWrittenRevision(text, "b2.ts"), bySlowScan(text, "b2.ts"));
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
      }),
      { numRuns: 500 },
    );
  });
});

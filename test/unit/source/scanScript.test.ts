import assert from "node:assert/strict";
import { toRevision } from "../../../src/source/header";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { scanHeader } from "../../../src/source/scanHeader";
import { corpusFiles, writtenRevision as written } from "./corpus";
import { processorMilliseconds } from "../../support/processorTime";

/** What people do to a file that `revision` wrote. */
const edits: Readonly<Record<string, (text: string) => string>> = {
  "single quotes": (text) => text.replaceAll('"', "'"),
  "no semicolons": (text) => text.replaceAll(";\n", "\n"),
  "no comment": (text) => text.replace(/^\/\*[^]*?\*\/\n/, ""),
  "another import": (text) => text.replace("import type", "import { seed } from '../seed';\nimport type"),
  "no types": (text) =>
    text.replace(/^import type.*\n/, "").replaceAll(/(export const \w+): [^=]*=/g, "$1 ="),
  "comments behind values": (text) => text.replace('"b2";', '"b2"; // the second'),
  "a value on its own line": (text) => text.replace('= "b2"', '=\n  "b2"'),
  "lists of one": (text) => text.replace('= "a1"', '= ["a1"] as const'),
  "no transaction": (text) =>
    text.replace("export const depends_on", "export const transaction = false;\n$&"),
  "a helper between": (text) =>
    text.replace(
      "export async function upgrade",
      'const pattern = /`[/"]/;\nfunction helper() {\n  return `${1}`;\n}\n\n$&',
    ),
  "functions as constants": (text) =>
    text.replaceAll(
      /export async function (\w+)(\(.*?\)): Promise<void> \{/g,
      "export const $1 = async $2: Promise<void> => {",
    ),
  "Windows' ends of lines": (text) => text.replaceAll("\n", "\r\n"),
};

describe("scanning a revision that was edited by hand", () => {
  for (const [name, edit] of Object.entries(edits)) {
    it(`needs no parser for ${name}, and gives the same`, () => {
      const text = edit(written);
      assert.notEqual(text, written);
      const { syntaxProblems, ...parsed } = parseRevisionFile(text, "b2.ts");
      assert.deepEqual([scanHeader(text, "b2.ts"), syntaxProblems], [parsed, []]);
    });
  }

  for (const { path, text } of corpusFiles()) {
    it(`${path}: gives the same revision where only the ids are wanted`, () => {
      const whole = scanHeader(text, path);
      const ids = scanHeader(text, path, "ids");
      if (whole.kind === "revision") {
        assert.deepEqual(
          ids.kind === "revision" ? toRevision(ids.header, path) : ids,
          toRevision(whole.header, path),
        );
      } else if (whole.kind === "not-a-revision") {
        assert.equal(ids.kind, whole.kind);
      }
    });
  }

  it("is linear where a name stands late in a text of many statements", () => {
    const text = `${written}${"export const x = 1;\n".repeat(50_000)}// revision\n`;
    const began = processorMilliseconds();
    assert.equal(scanHeader(text, "b2.ts").kind, "revision");
    assert.equal(processorMilliseconds() - began < 5000, true);
  });
});

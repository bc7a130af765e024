import assert from "node:assert/strict";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { RevisionIndex } from "../../../src/source/revisionIndex";

function file(revision: string, parent: string | null, more = ""): string {
  return `export const revision = "${revision}";\nexport const down_revision = ${JSON.stringify(parent)};\n${more}`;
}

function idsOf(index: RevisionIndex): readonly string[] {
  return index.graph.revisions.map(({ revision }) => revision);
}

describe("RevisionIndex", () => {
  it("loads a folder's files by name in code units, before those of the folders inside it", () => {
    const index = new RevisionIndex();
    index.replaceAll([
      ["/v/b/a.ts", file("4", null)],
      ["/v/ä.ts", file("2", null)],
      ["/v/a/a.ts", file("3", null)],
      ["/v/b c/a.ts", file("5", null)],
      ["C:\\v\\Z.ts", file("7", null)],
      ["/v/b.ts", file("1", null)],
      ["/z/0.ts", file("6", null)],
    ]);
    assert.deepEqual(
      index.files.map(({ header }) => header?.revision.value),
      ["1", "2", "3", "4", "5", "6", "7"],
    );
    assert.deepEqual(idsOf(index), ["1", "2", "3", "4", "5", "6", "7"]);
  });

  it("loads version locations in their order, a file by the first that holds it", () => {
    const index = new RevisionIndex();
    index.replaceAll([
      ["/v/a.ts", file("4", null)],
      ["/v/inner/a.ts", file("3", null)],
      ["/v/other/a.ts", file("5", null)],
      ["/z/a.ts", file("1", null)],
      ["/z/inner/a.ts", file("2", null)],
      ["/zz/a.ts", file("6", null)],
    ]);
    const locations = [
      { path: "/z", isRecursive: true },
      { path: "/v/inner", isRecursive: false },
      { path: "/v/", isRecursive: true },
    ];
    assert.equal(index.useLocations(locations), true);
    assert.deepEqual(idsOf(index), ["1", "2", "3", "4", "5", "6"]);
    const { graph, version } = index;
    assert.equal(index.useLocations([...locations]), false);
    assert.equal(index.useLocations([...locations, { path: "/zz", isRecursive: false }]), false);
    assert.deepEqual([index.version, index.graph === graph], [version, true]);
    index.setFile("/z/0.ts", file("0", null));
    assert.deepEqual(idsOf(index), ["0", "1", "2", "3", "4", "5", "6"]);
  });

  it("keeps version and graph while nothing changes", () => {
    const index = new RevisionIndex();
    assert.equal(index.setFile("/a.ts", file("a", null)), true);
    const { graph, version } = index;
    assert.equal(index.setFile("/a.ts", file("a", null)), false);
    assert.equal(index.replaceAll([["/a.ts", file("a", null)]]), false);
    assert.equal(index.deleteFile("/b.ts"), false);
    assert.deepEqual([index.version, index.graph === graph], [version, true]);
  });

  it("keeps the graph while only bodies change", () => {
    const index = new RevisionIndex();
    index.setFile("/a.ts", file("a", null));
    const { graph, version } = index;
    assert.equal(index.setFile("/a.ts", file("a", null, "export async function upgrade() {}")), true);
    assert.deepEqual([index.version > version, index.graph === graph], [true, true]);
    index.setFile("/b.ts", file("b", "a"));
    assert.deepEqual([index.graph === graph, idsOf(index)], [false, ["a", "b"]]);
  });

  it("keeps the last good header of a file that cannot be read, and marks it stale", () => {
    const index = new RevisionIndex();
    index.setFile("/a.ts", file("a", null));
    const { graph } = index;
    index.setFile("/a.ts", 'export const revision = "a');
    assert.deepEqual(
      index.filesWithProblems.map(({ path, isStale, header }) => [path, isStale, header?.revision.value]),
      [["/a.ts", true, "a"]],
    );
    assert.equal(index.graph, graph);
    index.setFile("/a.ts", file("a2", null));
    assert.deepEqual(
      [idsOf(index), index.filesWithProblems, index.file("/a.ts")?.isStale],
      [["a2"], [], false],
    );
  });

  it("takes a file that was never readable as a problem without a header", () => {
    const index = new RevisionIndex();
    index.setFile("/a.ts", 'export const revision = "a');
    assert.deepEqual(
      [index.header("/a.ts"), index.filesWithProblems.length, idsOf(index)],
      [undefined, 1, []],
    );
  });

  it("takes a parser's result for the same text, and keeps it when the text comes again", () => {
    const index = new RevisionIndex();
    const text = 'const p = "x";\nexport const revision = "a";\nexport const down_revision = p;\n';
    index.setFile("/a.ts", text);
    assert.equal(index.filesWithProblems.length, 1);
    assert.equal(index.setFile("/a.ts", text, parseRevisionFile(text, "/a.ts")), true);
    assert.equal(index.setFile("/a.ts", text, parseRevisionFile(text, "/a.ts")), false);
    assert.equal(index.setFile("/a.ts", text), false);
    assert.deepEqual([index.filesWithProblems, idsOf(index)], [[], ["a"]]);
  });

  it("knows every file of an id, whatever the id", () => {
    const index = new RevisionIndex();
    index.replaceAll([
      ["/2.ts", file("__proto__", null)],
      ["/1.ts", file("__proto__", null)],
      ["/notes.ts", "export const revisions = 1;"],
    ]);
    assert.deepEqual(index.pathsOf("__proto__"), ["/1.ts", "/2.ts"]);
    assert.deepEqual(index.pathsOf("constructor"), []);
    index.deleteFile("/1.ts");
    assert.deepEqual(index.pathsOf("__proto__"), ["/2.ts"]);
    index.replaceAll([]);
    assert.deepEqual([index.pathsOf("__proto__"), index.files, idsOf(index)], [[], [], []]);
  });

  it("holds 10,000 files", () => {
    const index = new RevisionIndex();
    const files = Array.from({ length: 10_000 }, (_, number): [string, string] => [
      `/v/${String(number).padStart(5, "0")}.ts`,
      file(`r${number}`, number === 0 ? null : `r${number - 1}`, "// filler\n".repeat(200)),
    ]);
    index.replaceAll(files);
    assert.deepEqual([index.graph.heads, index.files.length], [["r9999"], 10_000]);
    assert.equal(index.replaceAll(files), false);
  });
});

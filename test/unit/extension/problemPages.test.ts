import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");

function matches(path: string, pattern: RegExp): readonly string[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "").sort();
}

describe("the page of problems, to which each diagnostic's code leads", () => {
  it("has a section for each code", () => {
    const codes = ["src/revision/problems.ts", "src/source/fileProblem.ts"].flatMap((path) =>
      matches(path, /^ {4}case "([\w-]+)":/gm),
    );
    assert.ok(codes.length > 20);
    const pages = matches("docs/problems.md", /^## (.*)$/gm);
    // The code of a failed run is the engine's.
    assert.deepEqual(pages, [...codes, "revision-failed"].sort());
  });

  it("is packed with the extension", () => {
    assert.match(readFileSync(join(root, ".vscodeignore"), "utf8"), /^!docs\/problems\.md$/m);
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import prettier from "prettier";
import { formatWithPrettier } from "../../src/project/formatSource";
import { scanHeader } from "../../src/source/scanHeader";
import { compilerMessages } from "./support/compileTexts";

const repository = join(__dirname, "../..");
const golden = join(repository, "test/golden/autogenerate");
const texts = new Map(
  readdirSync(golden)
    .sort()
    .map((name) => [name.replace(/\.txt$/, ""), readFileSync(join(golden, name), "utf8")] as const),
);

describe("the texts of generated revision files", function () {
  this.timeout(60_000);
  this.slow(30_000);

  it("compile at the compiler's strictest", () => {
    assert.deepEqual(compilerMessages(texts), new Map([...texts.keys()].map((name) => [name, []])));
  });

  for (const [name, text] of texts) {
    it(`${name} is formatted, and stays so in a project with other settings`, async () => {
      assert.equal(await prettier.check(text, { parser: "typescript" }), true);
      const wide = await formatWithPrettier(text, join(repository, "test/generated", name));
      assert.equal(wide.warning, undefined);
      assert.equal(await prettier.check(wide.text, { parser: "typescript", printWidth: 110 }), true);
      assert.ok(wide.text.split("\n").every((line) => line.length <= 110));
    });

    it(`${name} is read as a revision`, () => {
      const scan = scanHeader(text, name);
      assert.equal(scan.kind, "revision");
      assert.ok(scan.kind === "revision" && scan.header.upgrade !== undefined);
    });
  }
});

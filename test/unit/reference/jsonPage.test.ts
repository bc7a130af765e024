import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { outputOf, type OutputName } from "../../../src/outputs/outputTable";
import { tables, withTables } from "./jsonPage";

const file = join(__dirname, "../../../docs/json.md");

/** Each example of the page with the output that it shows, as the comment above it names it. */
function examples(page: string): readonly { readonly name: OutputName; readonly json: string }[] {
  return [...page.matchAll(/^<!-- example of ([^\n]+) -->\n+```json\n(.*?)^```/gms)].map(
    ([, name = "", json = ""]) => ({ name: name as OutputName, json }),
  );
}

describe("the page of JSON output", function () {
  this.timeout(30_000);

  it("has its tables as the schemas are (UPDATE_GOLDEN=1 writes them)", async () => {
    const written = readFileSync(file, "utf8");
    const { text, names } = withTables(written);
    const page = await format(text, { parser: "markdown", printWidth: 110 });
    if (process.env["UPDATE_GOLDEN"] === "1") {
      writeFileSync(file, page);
    }
    assert.deepEqual(names.toSorted(), [...tables.keys()].sort());
    assert.equal(written, page);
  });

  it("describes every key", () => {
    const silent = [...tables].filter(([, table]) => /[|:]\s+\|$/m.test(table));
    assert.deepEqual(
      silent.map(([name]) => name),
      [],
    );
  });

  for (const [index, { name, json }] of examples(readFileSync(file, "utf8")).entries()) {
    it(`has an example that is as its schema says: ${String(index + 1)}, ${name}`, () => {
      const value: unknown = JSON.parse(json);
      assert.deepEqual(outputOf(name).parse(value), value);
    });
  }
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { checkSamples } from "./checkSamples";
import { operationMembers, operationsPage, runExample } from "./operationsPage";
import { commandLinePage, configurationMembers, configurationPage, settingsPage } from "./settingsPages";

const folder = join(__dirname, "../../../docs/reference");

const pages: ReadonlyMap<string, () => string | Promise<string>> = new Map<
  string,
  () => string | Promise<string>
>([
  ["operations.md", operationsPage],
  ["configuration.md", configurationPage],
  ["command-line.md", commandLinePage],
  ["settings.md", settingsPage],
]);

describe("the generated reference", function () {
  this.timeout(30_000);

  for (const [name, makePage] of pages) {
    it(`has ${name} as the code is (UPDATE_GOLDEN=1 writes it)`, async () => {
      const text = await format(await makePage(), { parser: "markdown", printWidth: 110 });
      if (process.env["UPDATE_GOLDEN"] === "1") {
        writeFileSync(join(folder, name), text);
      }
      assert.equal(text, readFileSync(join(folder, name), "utf8"));
    });
  }

  it("has no page that nothing makes", () => {
    assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort());
  });

  it("has a section for every operation, and for nothing else", () => {
    const text = readFileSync(join(folder, "operations.md"), "utf8");
    assert.deepEqual(
      [...text.matchAll(/^### (.*)$/gm)].map(([, name]) => name).sort(),
      operationMembers.map(({ name }) => name).sort(),
    );
  });

  it("describes every operation and every key", () => {
    const isSilent = ({ description }: { readonly description: string }): boolean => description === "";
    assert.deepEqual(
      [...operationMembers, ...configurationMembers].filter(isSilent).map(({ name }) => name),
      [],
    );
  });

  it("has an example of every operation that calls it", async () => {
    for (const { name, example = "" } of operationMembers) {
      assert.ok(example.includes(`op.${name}(`), `${name} has no example that calls it`);
      await runExample(example);
    }
  });

  it("has only examples that are type-correct", () => {
    const samples = operationMembers.map(({ name, example = "" }) => ({
      place: `op.${name}`,
      text: example,
    }));
    assert.deepEqual(checkSamples(samples), []);
  });
});

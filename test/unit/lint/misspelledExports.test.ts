import assert from "node:assert/strict";
import { lintText, revisionText } from "./lintSql";

const body = `  await op.execute("SELECT 1");`;

async function foundWith(line: string): Promise<readonly string[]> {
  return (await lintText(`${revisionText(body)}\n${line}\n`)).map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

describe("an export of a revision that is misspelled", () => {
  const misspelled: readonly (readonly [line: string, name: string, meant: string])[] = [
    [`export const dependsOn = ["a1"];`, "dependsOn", "depends_on"],
    [`export const depend_on = ["a1"];`, "depend_on", "depends_on"],
    [`export const branchLabels = ["core"];`, "branchLabels", "branch_labels"],
    [`export const branch_label = "core";`, "branch_label", "branch_labels"],
    [`export const transactions = false;`, "transactions", "transaction"],
  ];
  for (const [line, name, meant] of misspelled) {
    it(`is marked: ${line}`, async () => {
      assert.deepEqual(await foundWith(line), [
        `misspelled-export: Nothing reads ${name}. A revision has ${meant}.`,
      ]);
    });
  }

  it("is marked where it was to be the way back", async () => {
    const text = revisionText(body).replace("function downgrade(", "function downgrad(");
    const found = (await lintText(text)).filter(({ code }) => code === "misspelled-export");
    assert.deepEqual(
      found.map(({ range }) => text.slice(range.start, range.end)),
      ["downgrad"],
    );
  });

  for (const line of [
    `export const transaction = false;`,
    `export const rows = [];`,
    `export async function upgrades() {}`,
    `export type DependsOn = string;`,
    `const dependsOn = ["a1"];`,
    `// lint-ignore misspelled-export: the tests read it\nexport const dependsOn = ["a1"];`,
  ]) {
    it(`is not marked: ${line}`, async () => {
      assert.deepEqual(await foundWith(line), []);
    });
  }
});

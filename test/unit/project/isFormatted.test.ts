import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { isFormatted } from "../../../src/project/isFormatted";

const plain = `/**
 * add   a table * and more, ${"on and on ".repeat(12)}
 *
 * Revision ID: 3995624140b2
 * Revises: 9a4e1d36951a
 * Create Date: 2026-11-24 00:17:46
 */

export const revision = "3995624140b2";
export const down_revision: string | string[] | null = "9a4e1d36951a";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade(): Promise<void> {}

export async function downgrade(): Promise<void> {}
`.replace(" \n *\n", "\n *\n");

/** What is not certain to stay as it is; prettier changes some of it, and may change more in another version. */
const others: readonly (readonly [string, string])[] = [
  ["an operation", plain.replace("{}", "{ await op.x(); }")],
  ["two empty lines", plain.replace("\n\nexport const", "\n\n\nexport const")],
  ["no line break at the end", plain.trimEnd()],
  ["an empty line at the end", `${plain}\n`],
  ["an empty line at the beginning", `\n${plain}`],
  ["a list", plain.replace('"9a4e1d36951a"', '["a", "b"]')],
  ["a quotation mark", plain.replace('"9a4e1d36951a"', String.raw`"\"a"`)],
  ["a single one", plain.replace('"9a4e1d36951a"', "'a'")],
  ["a line that is too long", plain.replace('"9a4e1d36951a"', `"${"a".repeat(60)}"`)],
  ["space behind a line", plain.replace("/**\n", "/** \n")],
  ["a comment set in", plain.replace(" * Revises", " *   Revises")],
  ["line breaks of Windows", plain.replaceAll("\n", "\r\n")],
];

describe("a revision file that needs no formatting", () => {
  let folder: string;
  const path = (): string => join(folder, "project", "versions", "a.ts");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-format-"));
    mkdirSync(join(folder, "project", "versions"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is one that prettier leaves as it is", async () => {
    assert.equal(isFormatted(plain, path()), true);
    assert.equal(await format(plain, { parser: "typescript" }), plain);
  });

  for (const [name, text] of others) {
    it(`is none with ${name}`, () => {
      assert.equal(isFormatted(text, path()), false);
    });
  }

  for (const name of [".prettierrc", ".prettierrc.yml", "prettier.config.mjs", ".editorconfig"]) {
    it(`is none below a ${name}`, () => {
      writeFileSync(join(folder, "project", name), "");
      assert.equal(isFormatted(plain, path()), false);
    });
  }

  it("is none where package.json has settings, and one where it has none", () => {
    writeFileSync(join(folder, "project", "package.json"), '{ "devDependencies": { "prettier": "3" } }');
    assert.equal(isFormatted(plain, path()), true);
    writeFileSync(join(folder, "project", "package.json"), '{ "prettier": { "semi": false } }');
    assert.equal(isFormatted(plain, path()), false);
  });
});

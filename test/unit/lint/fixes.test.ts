import assert from "node:assert/strict";
import { fixOf } from "../../../src/lint/fixes";
import { applyEdits } from "../../../src/source/textEdit";
import { programOf } from "../../../src/source/parseScript";
import { lintText, revisionText } from "./lintSql";

/** The body after the fixes of all that has one, one after the other; undefined where nothing has. */
async function fixed(body: string): Promise<string | undefined> {
  let text = revisionText(body);
  let isFixed = false;
  for (let count = 0; count < 10; count += 1) {
    const program = programOf(text);
    assert.ok(program);
    const written = { text, program };
    const [fix] = (await lintText(text)).flatMap((finding) => fixOf(finding, written) ?? []);
    if (fix === undefined) {
      break;
    }
    isFixed = true;
    text = applyEdits(text, fix.edits);
  }
  const [before = "", after = ""] = revisionText("‸").split("‸");
  return isFixed ? text.slice(before.length, text.length - after.length) : undefined;
}

const cases: readonly (readonly [name: string, body: string, expected: string | undefined])[] = [
  [
    "an index without options",
    `  await op.createIndex("ix", "users", ["a"]);`,
    `  await op.createIndex("ix", "users", ["a"], { concurrently: true });`,
  ],
  [
    "an index with options",
    `  await op.createIndex("ix", "users", ["a"], { unique: true });`,
    `  await op.createIndex("ix", "users", ["a"], { concurrently: true, unique: true });`,
  ],
  [
    "an index that says no",
    `  await op.createIndex("ix", "users", ["a"], { concurrently: false });`,
    `  await op.createIndex("ix", "users", ["a"], { concurrently: true });`,
  ],
  [
    "a dropped index",
    `  await op.dropIndex("ix");`,
    `  await op.dropIndex("ix", undefined, { concurrently: true });`,
  ],
  [
    "written SQL",
    "  await op.execute(`\n    CREATE UNIQUE INDEX ix ON users (a)\n  `);",
    "  await op.execute(`\n    CREATE UNIQUE INDEX CONCURRENTLY ix ON users (a)\n  `);",
  ],
  [
    "several statements in one text: none",
    `  await op.execute("CREATE INDEX a ON b (c); SELECT 1");`,
    undefined,
  ],
  [
    "a CHECK constraint",
    `  await op.createCheckConstraint("ck", "users", sql\`a > 0\`, { schema: "app" });`,
    `  await op.createCheckConstraint("ck", "users", sql\`a > 0\`, { notValid: true, schema: "app" });
  await op.autocommitBlock(async () => {
    await op.validateConstraint("ck", "users", { type: "check", schema: "app" });
  });`,
  ],
  [
    "a foreign key",
    `  await op.createForeignKey("fk", "posts", "users", ["user_id"], ["id"]);`,
    `  await op.createForeignKey("fk", "posts", "users", ["user_id"], ["id"], { notValid: true });
  await op.autocommitBlock(async () => {
    await op.validateConstraint("fk", "posts", { type: "foreignkey" });
  });`,
  ],
  [
    "a constraint in a block: none",
    `  if (true) {\n    await op.createCheckConstraint("ck", "users", sql\`a > 0\`);\n  }`,
    undefined,
  ],
  ["what has no mechanical fix", `  await op.dropTable("users");`, undefined],
];

describe("fixes of what lint finds", () => {
  for (const [name, body, expected] of cases) {
    it(`for ${name}`, async () => {
      assert.equal(await fixed(body), expected);
    });
  }

  it("leave nothing to find of what they fix", async () => {
    for (const [, , expected] of cases.filter((each) => each[2] !== undefined)) {
      const codes = (await lintText(revisionText(expected ?? ""))).map(({ code }) => code);
      assert.deepEqual(
        codes.filter((code) => /-(concurrent|scans)$|same-transaction/.test(code)),
        [],
        expected,
      );
    }
  });
});

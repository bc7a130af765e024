import assert from "node:assert/strict";
import { fixOf } from "../../../src/lint/fixes/fixOf";
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
    "a UNIQUE constraint",
    `  await op.createUniqueConstraint("uq", "users", ["a", "b"], { schema: "app", deferrable: true });`,
    `  await op.createIndex("uq", "users", ["a", "b"], { unique: true, concurrently: true, schema: "app" });
  await op.createUniqueConstraint("uq", "users", ["a", "b"], { usingIndex: "uq", schema: "app", deferrable: true });`,
  ],
  [
    "a UNIQUE constraint with columns that its index includes: none",
    `  await op.createUniqueConstraint("uq", "users", ["a"], { include: ["b"] });`,
    undefined,
  ],
  [
    "NOT NULL",
    `  await op.alterColumn("users", "Full Name", { nullable: false, existingType: "text", schema: "app" });`,
    `  await op.createCheckConstraint("users_Full Name_is_not_null", "users", "\\"Full Name\\" IS NOT NULL", { notValid: true, schema: "app" });
  await op.autocommitBlock(async () => {
    await op.validateConstraint("users_Full Name_is_not_null", "users", { type: "check", schema: "app" });
  });
  await op.alterColumn("users", "Full Name", { nullable: false, existingType: "text", schema: "app" });
  await op.dropConstraint("users_Full Name_is_not_null", "users", { type: "check", schema: "app" });`,
  ],
  [
    "NOT NULL with another change: none",
    `  await op.alterColumn("users", "a", { nullable: false, type: "text", existingType: "varchar(9)" });`,
    undefined,
  ],
  [
    "NOT NULL of a column whose check would have too long a name: none",
    `  await op.alterColumn("users", "${"a".repeat(60)}", { nullable: false });`,
    undefined,
  ],
  [
    "a volatile default",
    `  await op.addColumn("users", "key", { type: "uuid", default: sql\`gen_random_uuid()\` });`,
    `  await op.addColumn("users", "key", { type: "uuid" });
  await op.alterColumn("users", "key", { default: sql\`gen_random_uuid()\` });
  await op.autocommitBlock(async () => {
    await op.execute("UPDATE users SET key = DEFAULT WHERE key IS NULL");
  });`,
  ],
  [
    "a volatile default of a column with more than that: none",
    `  await op.addColumn("users", "key", { type: "uuid", unique: true, default: sql\`gen_random_uuid()\` });`,
    undefined,
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

  it("keep the old name of a table as a view, which downgrade drops", async () => {
    const text = revisionText(`  await op.renameTable("people", "users");`);
    const program = programOf(text);
    assert.ok(program);
    const [fix] = (await lintText(text)).flatMap((finding) => fixOf(finding, { text, program }) ?? []);
    assert.equal(
      applyEdits(text, fix?.edits ?? []),
      text
        .replace(`"users");\n}`, `"users");\n  await op.createView("people", "SELECT * FROM users");\n}`)
        .replace(
          `  await op.dropTable("users");`,
          `  await op.dropView("people");\n  await op.dropTable("users");`,
        ),
    );
  });

  it("leave nothing to find of what they fix", async () => {
    for (const [, , expected] of cases.filter((each) => each[2] !== undefined)) {
      const codes = (await lintText(revisionText(expected ?? ""))).map(({ code }) => code);
      assert.deepEqual(
        codes.filter((code) =>
          /-(concurrent|scans|rewrites)$|-builds-|-together$|same-transaction/.test(code),
        ),
        [],
        expected,
      );
    }
  });
});

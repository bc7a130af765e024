import assert from "node:assert/strict";
import { sql } from "../../../src/operations/sqlFragment";
import type { SqlFragment } from "../../../src/operations/sqlFragment";
import { inlineFragment, parametrizeFragment } from "../../../src/sql/fragment";

const cases: readonly {
  readonly title: string;
  readonly fragment: SqlFragment;
  readonly inline: string;
  readonly text: string;
  readonly values: readonly unknown[];
}[] = [
  {
    title: "scalars",
    fragment: sql`${"it's"} ${1.5} ${true} ${null}`,
    inline: "'it''s' 1.5 true NULL",
    text: "$1 $2 $3 $4",
    values: ["it's", 1.5, true, null],
  },
  { title: "backslashes", fragment: sql`${"a\\b"}`, inline: "E'a\\\\b'", text: "$1", values: ["a\\b"] },
  { title: "negative numbers", fragment: sql`1 -${-1}`, inline: "1 -(-1)", text: "1 -$1", values: [-1] },
  {
    title: "arrays",
    fragment: sql`${["a", 'b"c', null, [true, "null"], ""]}`,
    inline: `E'{a,"b\\\\"c",NULL,{true,"null"},""}'`,
    text: "$1",
    values: ['{a,"b\\"c",NULL,{true,"null"},""}'],
  },
  {
    title: "objects",
    fragment: sql`${{ a: "'" }}`,
    inline: `'{"a":"''"}'`,
    text: "$1",
    values: [`{"a":"'"}`],
  },
  {
    title: "names",
    fragment: sql`SELECT ${sql.identifier("App", "user")}.a`,
    inline: 'SELECT "App"."user".a',
    text: 'SELECT "App"."user".a',
    values: [],
  },
  { title: "no space before", fragment: sql`LIMIT${1}`, inline: "LIMIT 1", text: "LIMIT $1", values: [1] },
  { title: "a dollar in the text", fragment: sql`$1 ${1}`, inline: "$1 1", text: "$1 $1", values: [1] },
];

describe("fragments", () => {
  for (const { title, fragment, inline, text, values } of cases) {
    it(`are written with their values in the text, or with parameters: ${title}`, () => {
      assert.equal(inlineFragment(fragment, "postgresql"), inline);
      assert.deepEqual(parametrizeFragment(fragment, "postgresql"), { text, values });
    });
  }

  it("are written for SQLite", () => {
    const fragment = sql`${true} ${["a"]} ${"a\\b'"}`;
    assert.equal(inlineFragment(fragment, "sqlite"), `1 '["a"]' 'a\\b'''`);
    assert.deepEqual(parametrizeFragment(fragment, "sqlite"), {
      text: "? ? ?",
      values: [1, '["a"]', "a\\b'"],
    });
  });

  const misplaced = [sql`'%${"x"}%'`, sql`-- ${1}`, sql`/* ${1} */`, sql`"${1}"`, sql`DO $$ SELECT ${1} $$`];
  for (const fragment of misplaced) {
    it(`are refused where a value cannot be one: ${fragment.text.join("…")}`, () => {
      assert.throws(() => inlineFragment(fragment, "postgresql"), { code: "invalid-sql" });
      assert.throws(() => parametrizeFragment(fragment, "postgresql"), { code: "invalid-sql" });
    });
  }
});

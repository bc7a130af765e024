import assert from "node:assert/strict";
import { rules } from "../../../src/lint/rules/ruleTable";
import type { Rule } from "../../../src/lint/rule";
import { codesOfSql, everything } from "./lintSql";
import { earlier, ruleCases } from "./ruleCases";

const before = [`  await op.execute(${JSON.stringify(earlier)});`];

function codesUnder(rule: Rule, sql: string): Promise<readonly string[]> {
  const settings = rule.until === undefined ? everything : { ...everything, targetVersion: rule.until - 1 };
  return codesOfSql(sql, settings, before);
}

describe("the rules of lint", () => {
  it("have cases, each of them", () => {
    assert.deepEqual(Object.keys(ruleCases).sort(), rules.map(({ code }) => code).sort());
  });

  for (const rule of rules) {
    const { flagged = [], clean = [] } = ruleCases[rule.code] ?? {};
    it(`${rule.code} flags what it says`, async () => {
      const all = [rule.example.flagged, ...flagged];
      assert.ok(all.length >= 3);
      for (const sql of all) {
        assert.ok((await codesUnder(rule, sql)).includes(rule.code), sql);
      }
    });

    it(`${rule.code} leaves alone what is safe, or another's`, async () => {
      const all = [rule.example.safe, ...clean];
      assert.ok(all.length >= 4);
      for (const sql of all) {
        const codes = await codesUnder(rule, sql);
        assert.ok(!codes.includes(rule.code), sql);
        assert.ok(!codes.includes("not-analyzed"), sql);
      }
    });
  }
});

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { loadGrammar } from "../../../../src/lint/grammar";
import { usualLevel } from "../../../../src/lint/rules/ruleTable";
import { keyOf, readAnswers } from "./answers";
import { compareRule, compareText, type ComparedStatement } from "./comparison";
import { correspondences, newerCorrespondences } from "./correspondence";
import { readCorpus } from "./corpus";
import { classOf, differenceClasses } from "./differenceClasses";
import { pageOfComparison } from "./page";

const pageFile = join(__dirname, "..", "..", "..", "..", "docs", "squawk.md");

describe("lint compared with squawk", () => {
  const corpus = readCorpus();
  const answers = readAnswers();
  let statements: readonly ComparedStatement[] = [];

  before(async () => {
    const parse = await loadGrammar();
    const compared: ComparedStatement[] = [];
    for (const text of corpus) {
      compared.push(...(await compareText(text, answers, parse)));
    }
    statements = compared;
  });

  it("has an answer of squawk to each text, and to nothing else", () => {
    assert.deepEqual(Object.keys(answers.findings).sort(), corpus.map(keyOf).sort());
  });

  it("is about 300 statements and more", () => {
    assert.ok(statements.length >= 300);
  });

  it("names a counterpart of each rule of squawk that reports anything, or that there is none", () => {
    const named = correspondences.map(({ squawk }) => squawk);
    const reported = new Set(statements.flatMap(({ squawk }) => [...squawk]));
    assert.deepEqual([...reported].sort(), [...named].sort());
  });

  it("names rules of ours that there are", () => {
    const named = [...correspondences, ...newerCorrespondences].flatMap(({ ours }) => ours);
    assert.deepEqual(
      [...named, ...differenceClasses.flatMap(({ codes }) => codes ?? [])].filter(
        (code) => usualLevel(code) === undefined,
      ),
      [],
    );
  });

  for (const each of correspondences) {
    it(`explains each difference of ${each.squawk}`, () => {
      const { differences } = compareRule(each, statements);
      assert.deepEqual(
        differences
          .filter((difference) => classOf(difference) === undefined)
          .map(({ flaggedBy, statement }) => `${flaggedBy}: ${statement.text.name} ${statement.sql}`),
        [],
      );
    });
  }

  it("explains no difference that there is not", () => {
    const found = correspondences.flatMap((each) => compareRule(each, statements).differences.map(classOf));
    assert.deepEqual(
      differenceClasses.filter((each) => !found.includes(each)).map(({ title }) => title),
      [],
    );
  });

  it("is what the documentation says", async () => {
    const text = pageOfComparison(statements, answers.version);
    const page = await format(text, { ...(await resolveConfig(pageFile)), filepath: pageFile });
    if (process.env["UPDATE_GOLDEN"] === "1") {
      writeFileSync(pageFile, page);
    }
    assert.equal(readFileSync(pageFile, "utf8"), page);
  });
});

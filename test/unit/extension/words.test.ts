import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");

/** Habits that sound translated, each with what to write instead. */
const habits: readonly (readonly [habit: RegExp, better: string])[] = [
  [/\b(?:is|are) no (?!longer\b|such\b|more\b|\w+ (?:to|in|for|here|yet)\b)[a-z]+ of\b/i, "is not a"],
  [/\b(?:made|built|drawn|begun|begins?|starts?) anew\b/i, "rebuilt, restarted"],
  [/\bof (?:ours|its own|their own|your own)\b/i, "a possessive"],
  [/\bwas not to be had\b/i, "could not"],
  [/\bMay this user\b/i, "an instruction: Check that…"],
  [/\bfailed behind\b|\bstands? behind\b/i, "after"],
  [/\bwhat it said before\b/i, "the last version that could be read"],
];

const files = [
  "package.nls.json",
  "l10n/bundle.l10n.json",
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

describe("the words that users read", () => {
  for (const file of files) {
    it(`are those of an English technical writer in ${file}`, () => {
      const found = readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          habits.flatMap(([habit, better]) => {
            const word = habit.exec(line)?.[0];
            return word === undefined ? [] : [`${String(index + 1)}: “${word}”; write ${better}`];
          }),
        );
      assert.deepEqual(found, []);
    });
  }
});

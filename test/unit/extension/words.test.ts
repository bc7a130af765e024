import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import jsTokens from "js-tokens";

const root = join(__dirname, "../../..");

/** Habits that sound translated, each with what to write instead. */
const habits: readonly (readonly [habit: RegExp, better: string])[] = [
  [
    /(?<!\bthere )\b(?:is|are) no (?!longer\b|such\b|more\b|\w+ (?:to|in|for|here|yet)\b)[a-z]+ of\b/i,
    "is not a",
  ],
  [/\b(?:made|built|drawn|begun|begins?|starts?) anew\b/i, "rebuilt, restarted"],
  [/\bof (?:ours|its own|their own|your own)\b/i, "a possessive"],
  [/\bwas not to be had\b/i, "could not"],
  [/\bMay this user\b/i, "an instruction: Check that…"],
  [/\bfailed behind\b|\bstands? behind\b/i, "after"],
  [/\bwhat it said before\b/i, "the last version that could be read"],
  [/\banew\b/i, "again, or a verb with re-"],
  [/\bany more\b/i, "no longer"],
  [/(?<!\bwait )\bbehind (?:it|its|each|the (?:other|head|last))\b/i, "after"],
  [/\b(?:told of|tells? of)\b/i, "reported, describes"],
  [/\bdatabase (?:was|is) (?:not )?asked\b/i, "queried, checked"],
  [/\bwhat there is\b/i, "the thing's name"],
  [/\bon which (?:it|they) ran\b/i, "where they have run"],
];

const files = [
  "package.nls.json",
  "l10n/bundle.l10n.json",
  "README.md",
  "CHANGELOG.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** What stands in a text against the habits, each with its line. */
function against(text: string, firstLine = 1): readonly string[] {
  return text.split("\n").flatMap((line, index) =>
    habits.flatMap(([habit, better]) => {
      const word = habit.exec(line)?.[0];
      return word === undefined ? [] : [`${String(firstLine + index)}: “${word}”; write ${better}`];
    }),
  );
}

/** Texts of the code: help, messages, hints and problems are among them; comments are not. */
function againstInCode(path: string): readonly string[] {
  const found: string[] = [];
  let line = 1;
  for (const { type, value } of jsTokens(readFileSync(path, "utf8"))) {
    if (/^(?:StringLiteral|NoSubstitutionTemplate|Template\w+)$/.test(type)) {
      found.push(...against(value, line).map((place) => `${path.slice(root.length + 1)}:${place}`));
    }
    line += value.split("\n").length - 1;
  }
  return found;
}

describe("the words that users read", () => {
  for (const file of files) {
    it(`are those of an English technical writer in ${file}`, () => {
      assert.deepEqual(against(readFileSync(join(root, file), "utf8")), []);
    });
  }

  it("are those of an English technical writer in help, messages and hints", () => {
    const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    assert.ok(sources.length > 500);
    assert.deepEqual(
      sources.flatMap((name) => againstInCode(join(root, "src", name))),
      [],
    );
  });
});

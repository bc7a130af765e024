import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
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
  [/\bstands? on\b/i, "follows"],
  [/\b(?:takes?|taken|took) back\b/i, "rolls back, reverts"],
  [/\bno way back\b/i, "can't be reverted"],
  [/\b(?:has|have) no words for\b/i, "cannot describe"],
  [/\ball the same\b/i, "still, anyway"],
  [/\bby a guess\b/i, "on a guess"],
  [
    /\b(?:make|makes|made) (?:a|an|the|another|no|new) (?:new )?(?:revision|table|schema|file|folder|index)\b(?! a\b)/i,
    "create",
  ],
  [/\bin step\b/i, "up to date"],
  [/\bbegun\b|\bbegins? (?:again|empty|here|with)\b/i, "start"],
  [/\b(?:go|goes|going) on\b/i, "continue, resume"],
  [/\bmeanwhile\b/i, "in the meantime, or nothing"],
  [/\bstands? (?:there|now|where)\b|\bdatabase stands\b/i, "is"],
  [/\b(?:Git|server|DataSource|configuration) (?:is|was) asked\b/i, "queried, read"],
  [/\bwhere (?:there are (?:several|some|others|many)|they are (?:many|missing|known))\b/i, "if"],
  [/\bwants? (?:a|an|the) (?:password|encrypted)\b/i, "requires"],
  [/\bfinds? nothing\b/i, "finds no differences"],
  [/\b(?:an?|the|its|each|new|whole|empty|these|of) ids?\b(?!["'`:])/, "ID"],
  [
    /\b(?:Initialis|initialis(?:ed|ing)|behaviour|licence|labell|materialis|synchronis|colour|analysed\b)/,
    "American spelling",
  ],
  [/\bwhatever (?:of|depends|uses?)\b/i, "everything that, or the thing's name"],
  [/\bwhoever\b/i, "the role, the caller, the reader"],
  [/\bmend(?:s|ed|ing)?\b/i, "correct, fix"],
  [/\bthat there (?:is|are) not\b/i, "unknown, missing"],
  [/\b(?:rows|values|columns|files|revisions) there are\b/i, "existing"],
  [/\b(?:are|is) to go\b/i, "is dropped, is deleted"],
  [/\b(?:take|takes|taken|took) away\b|\btake (?:it|the old one) away\b/i, "drop, remove"],
  [/\bworked out\b/i, "computed"],
  [/\bkept apart\b|\ban object apart\b/i, "separate"],
  [/\blocks? out\b/i, "blocks reads and writes"],
  [/\bput it into an? separate revision, and\b/i, "a sentence for each step"],
  [/\bmakes? needless\b/i, "redundant"],
];

const files = [
  "package.nls.json",
  "l10n/bundle.l10n.json",
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "skills/alembic-ts/SKILL.md",
  ...readdirSync(join(root, "examples"))
    .map((name) => `examples/${name}/README.md`)
    .filter((file) => existsSync(join(root, file))),
  // Those of the reference are made of texts of the code, which have a test below.
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md") && !name.startsWith("docs/reference/")),
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

/** Texts of the code: help, messages, hints and problems are among them. */
const texts = /^(?:StringLiteral|NoSubstitutionTemplate|Template\w+)$/;

function againstInCode(path: string, wanted = texts): readonly string[] {
  const found: string[] = [];
  let line = 1;
  for (const { type, value } of jsTokens(readFileSync(path, "utf8"))) {
    if (wanted.test(type)) {
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

  it("are those of an English technical writer in the hovers of operations and of the configuration", () => {
    const nouns = readdirSync(join(root, "src/operations"), { recursive: true, encoding: "utf8" });
    const shown = [
      ...nouns.filter((name) =>
        /^(?:(\w+)\/\1|index\/tableIndex|\w+\/\w+Definition|arguments|operations|sqlFragment|namingConvention)\.ts$/.test(
          name,
        ),
      ),
      ...["alembicConfig", "migration", "migrationConnection"].map((name) => `../project/${name}.ts`),
    ];
    assert.ok(shown.length > 20);
    assert.deepEqual(
      shown.flatMap((name) => againstInCode(join(root, "src/operations", name), /^MultiLineComment$/)),
      [],
    );
  });
});

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../../../src/lint/rule";
import { ruleFamilies, rules, textRules } from "../../../src/lint/rules/ruleTable";

const folder = join(__dirname, "..", "..", "..", "docs", "rules");

const levelTexts = {
  error: "Level: error",
  warning: "Level: warning",
  info: "Level: info (shown with `--level info`)",
  off: "Level: off (enable it in the configuration)",
} as const;

/** The page of a rule. */
function pageOf(rule: Pick<Rule, "code" | "level" | "title" | "happens" | "safe"> & Partial<Rule>): string {
  const versions = [
    ...(rule.from === undefined
      ? []
      : [`Not reported if \`targetVersion\` is below ${String(rule.from)}, which has no safe form`]),
    ...(rule.until === undefined
      ? []
      : [`Reported only if \`targetVersion\` is below ${String(rule.until)}`]),
  ];
  const example = (title: string, sql: string): string => `${title}:\n\n\`\`\`sql\n${sql};\n\`\`\`\n`;
  return [
    `# ${rule.code}: ${rule.title}\n`,
    `${[levelTexts[rule.level], ...versions].join(". ")}.\n`,
    `${rule.happens}\n`,
    `${rule.safe}\n`,
    ...(rule.example === undefined
      ? []
      : [example("Flagged", rule.example.flagged), example("Not flagged", rule.example.safe)]),
  ].join("\n");
}

/** The list of all rules. */
function listOfRules(): string {
  const line = ({ code, level, title }: Pick<Rule, "code" | "level" | "title">): string =>
    `- [${code}](${code}.md) (${level}): ${title}`;
  const families = ruleFamilies.map(
    ({ title, about, rules: own }) => `## ${title}\n\n${about}\n\n${own.map(line).join("\n")}\n`,
  );
  return [
    "# Rules of `alembic-ts lint`\n",
    `${String(rules.length + textRules.length)} rules, the most dangerous first. [Lint](../lint.md) describes how to run them, change their levels and ignore findings.\n`,
    "Each rule has a level: `error` and `warning` make `alembic-ts lint` fail, `info` is reported with `--level info`, and `off` must be enabled in the configuration.\n",
    ...families,
    `## Unreadable SQL, and comments\n\nFindings about the text of a revision.\n\n${textRules.map(line).join("\n")}\n`,
  ].join("\n");
}

describe("the pages of the rules", () => {
  const pages = new Map([
    ["README.md", listOfRules()],
    ...[...rules, ...textRules].map((rule): [string, string] => [`${rule.code}.md`, pageOf(rule)]),
  ]);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    pages.forEach((text, name) => writeFileSync(join(folder, name), text));
  }

  it("are there for each rule, and for nothing else", () => {
    assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort());
  });

  it("say what the rules say", () => {
    for (const [name, text] of pages) {
      assert.equal(readFileSync(join(folder, name), "utf8"), text, name);
    }
  });
});

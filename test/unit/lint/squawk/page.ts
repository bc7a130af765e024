import { rules } from "../../../../src/lint/rules/ruleTable";
import { compareRule, type ComparedStatement, type Difference } from "./comparison";
import { correspondences, newerCorrespondences } from "./correspondence";
import { classOf, differenceClasses } from "./differenceClasses";

/** The page that compares lint with squawk; `version` is squawk's. */
export function pageOfComparison(statements: readonly ComparedStatement[], version: string): string {
  const all = correspondences.flatMap((each) => compareRule(each, statements).differences);
  return [
    "# Lint compared with squawk\n",
    `[squawk](https://squawkhq.com) checks SQL migrations for PostgreSQL. This page compares its rules (version ${version}, with all rules on) with [those of \`alembic-ts lint\`](rules/README.md), on ${String(statements.length)} statements.\n`,
    "## Rules\n",
    "How many of the statements both flag, and how many only one of them.\n",
    "| squawk | alembic-ts | both | only squawk | only alembic-ts |",
    "| --- | --- | ---: | ---: | ---: |",
    ...correspondences.map((each) => {
      const { both, differences } = compareRule(each, statements);
      const only = (flaggedBy: Difference["flaggedBy"]): string =>
        String(differences.filter((difference) => difference.flaggedBy === flaggedBy).length);
      return `| ${each.squawk} | ${links(each.ours)} | ${String(both)} | ${only("squawk")} | ${only("ours")} |`;
    }),
    "\n## Differences\n",
    "Why one flags what the other does not, with the first such statement.\n",
    ...differenceClasses.map(({ title, because, flaggedBy }) => {
      const own = all.filter((difference) => classOf(difference)?.title === title);
      const ofRules = [...new Set(own.map(({ rule }) => rule))].join(", ");
      const only = flaggedBy === "squawk" ? "squawk" : "alembic-ts";
      return [
        `### ${title}\n`,
        `${because}\n`,
        `Only ${only} flags ${String(own.length)}, by ${ofRules}:\n`,
        `\`\`\`sql\n${example(own)};\n\`\`\`\n`,
      ].join("\n");
    }),
    "## Rules that squawk added later\n",
    "squawk 2.67 and 2.68 look for changes that the running application cannot handle after they are applied or rolled back.\n",
    "| squawk | alembic-ts |",
    "| --- | --- |",
    ...newerCorrespondences.map(({ squawk, ours }) => `| ${squawk} | ${links(ours)} |`),
    "\n## Rules that only alembic-ts has\n",
    `${links(rulesOfOursAlone())}.\n`,
  ].join("\n");
}

function links(codes: readonly string[]): string {
  return codes.length === 0 ? "none" : codes.map((code) => `[${code}](rules/${code}.md)`).join(", ");
}

function example(differences: readonly Difference[]): string {
  const [first] = differences;
  return first === undefined ? "" : first.statement.text.text;
}

function rulesOfOursAlone(): readonly string[] {
  const shared = new Set([...correspondences, ...newerCorrespondences].flatMap(({ ours }) => ours));
  return rules.map(({ code }) => code).filter((code) => !shared.has(code));
}

import type { LintLevel, Rule } from "../rule";
import { compatibilityRules } from "./compatibility";
import { constraintRules } from "./constraints";
import { dataLossRules } from "./dataLoss";
import { definitionRules } from "./definitions";
import { lockRules } from "./locks";
import { rewriteRules } from "./rewrites";
import { statementRules } from "./statements";

/** A family of rules, and what it is about. */
export interface RuleFamily {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** All rules about statements, the most dangerous first. */
export const ruleFamilies: readonly RuleFamily[] = [
  { title: "Data that is lost", rules: dataLossRules },
  { title: "Tables that are rewritten", rules: rewriteRules },
  { title: "Constraints that are checked under a lock", rules: constraintRules },
  { title: "Locks", rules: lockRules },
  { title: "Changes that the running application does not know", rules: compatibilityRules },
  { title: "Statements and transactions", rules: statementRules },
  { title: "Columns and indexes", rules: definitionRules },
];

export const rules: readonly Rule[] = ruleFamilies.flatMap((family) => family.rules);

/** A finding about the text of a revision, and not about a statement that was understood. */
export interface TextRule extends Pick<Rule, "code" | "level" | "title" | "happens" | "safe"> {
  readonly code: "syntax-error" | "not-analysed" | "unused-ignore" | "ignore-without-reason" | "unknown-rule";
}

export const textRules: readonly TextRule[] = [
  {
    code: "syntax-error",
    level: "error",
    title: "SQL that PostgreSQL does not understand",
    happens:
      "The server refuses the statement. It is told only where `targetVersion` says that the server is no newer than the grammar, which is that of PostgreSQL 18.",
    safe: "Mend it at the place that is shown.",
  },
  {
    code: "not-analysed",
    level: "info",
    title: "SQL that can't be analysed",
    happens:
      "Only a run tells what the SQL is, or the statement may be newer than the grammar, or it is very large: no other rule looks at it.",
    safe: "Read it with care. `upgrade --sql` shows what is run.",
  },
  {
    code: "unused-ignore",
    level: "warning",
    title: "lint-ignore that ignores nothing",
    happens:
      "The rule has no finding there: the comment misleads its readers, and would hide a later finding.",
    safe: "Delete the comment.",
  },
  {
    code: "ignore-without-reason",
    level: "warning",
    title: "lint-ignore without a reason",
    happens: "Whoever reads it can't tell whether it is right.",
    safe: "Write the reason after a colon: `// lint-ignore drop-table: nothing has read it since March`.",
  },
  {
    code: "unknown-rule",
    level: "warning",
    title: "lint-ignore of a rule that there is not",
    happens: "It ignores nothing.",
    safe: "Write the code of a rule, as `alembic-ts lint` prints it.",
  },
];

const levels: ReadonlyMap<string, LintLevel> = new Map(
  [...rules, ...textRules].map(({ code, level }) => [code, level]),
);

/** The level of a rule where nobody says otherwise; undefined for no rule. */
export function usualLevel(code: string): LintLevel | undefined {
  return levels.get(code);
}

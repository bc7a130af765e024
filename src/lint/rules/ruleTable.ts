import type { LintLevel, Rule } from "../rule";
import { compatibilityRules } from "./compatibility";
import { constraintRules } from "./constraints";
import { dataLossRules } from "./dataLoss";
import { definitionRules } from "./definitions";
import { lockRules } from "./locks";
import { measuredRules } from "./measured";
import { rewriteRules } from "./rewrites";
import { statementRules } from "./statements";

/** A family of rules, and what it is about. */
export interface RuleFamily {
  readonly title: string;
  /** In a sentence, what its rules report. */
  readonly about: string;
  readonly rules: readonly Rule[];
}

/** All rules about statements, the most dangerous first. */
export const ruleFamilies: readonly RuleFamily[] = [
  {
    title: "Data loss",
    about: "Statements that delete rows, values or objects for good.",
    rules: dataLossRules,
  },
  {
    title: "Table rewrites",
    about: "Statements that rewrite a table and its indexes while nothing can read or write it.",
    rules: rewriteRules,
  },
  {
    title: "Constraints checked under a lock",
    about: "Constraints whose check of the existing rows blocks reads or writes, and how to add them online.",
    rules: constraintRules,
  },
  { title: "Locks", about: "Statements that block others for longer than necessary.", rules: lockRules },
  {
    title: "Changes that break the running application",
    about:
      "Changes that the deployed version of the application, or the one that it is rolled back to, cannot handle.",
    rules: compatibilityRules,
  },
  {
    title: "Statements and transactions",
    about: "Statements that fail, or that should not share a transaction.",
    rules: statementRules,
  },
  {
    title: "Columns and indexes",
    about: "Definitions that cause trouble later, in new tables too.",
    rules: definitionRules,
  },
];

export const rules: readonly Rule[] = ruleFamilies.flatMap((family) => family.rules);

/** A finding about the text of a revision, and not about a statement that was understood. */
export interface TextRule extends Pick<Rule, "code" | "level" | "title" | "happens" | "safe"> {
  readonly code:
    | "syntax-error"
    | "not-analyzed"
    | "entity-imported"
    | "misspelled-export"
    | "unused-ignore"
    | "ignore-without-reason"
    | "unknown-rule"
    | "rewrites-table"
    | "reads-under-lock";
}

export const textRules: readonly TextRule[] = [
  {
    code: "syntax-error",
    level: "error",
    title: "SQL that PostgreSQL does not understand",
    happens:
      "The server refuses the statement. This is reported only if `targetVersion` is not newer than lint's grammar, which is that of PostgreSQL 18.",
    safe: "Correct the SQL at the position shown.",
  },
  {
    code: "not-analyzed",
    level: "info",
    title: "SQL that cannot be analyzed",
    happens:
      "No rule checks this SQL: it is known only in a run, is refused there, is newer than lint's grammar, is too large, or is the body of a DO block.",
    safe: "Review it by hand. `upgrade --sql` shows the SQL that is run.",
  },
  {
    code: "entity-imported",
    level: "warning",
    title: "Entity imported by a revision",
    happens:
      "The entity changes with the application, so that the revision later does something else than today, or fails on a database that is new.",
    safe: "Use operations and SQL, which say what the schema is at this revision. `import type` is fine.",
  },
  {
    code: "misspelled-export",
    level: "error",
    title: "Misspelled export of a revision",
    happens:
      "Nothing reads the export. The revision runs without its dependencies, its labels or its downgrade, and no error says so.",
    safe: "Rename it to `depends_on`, `branch_labels`, `transaction`, `upgrade` or `downgrade`.",
  },
  {
    code: "unused-ignore",
    level: "warning",
    title: "lint-ignore that ignores nothing",
    happens: "The rule reports nothing there. The comment is misleading, and would hide a later finding.",
    safe: "Delete the comment.",
  },
  {
    code: "ignore-without-reason",
    level: "warning",
    title: "lint-ignore without a reason",
    happens: "Readers cannot tell whether ignoring the finding is right.",
    safe: "Write the reason after a colon: `// lint-ignore drop-table: nothing has read it since March`.",
  },
  {
    code: "unknown-rule",
    level: "warning",
    title: "lint-ignore of an unknown rule",
    happens: "No rule has this code, so the comment ignores nothing.",
    safe: "Use the code of a rule as `alembic-ts lint` prints it.",
  },
  ...measuredRules,
];

const levels: ReadonlyMap<string, LintLevel> = new Map(
  [...rules, ...textRules].map(({ code, level }) => [code, level]),
);

/** The default level of a rule; undefined for an unknown rule. */
export function usualLevel(code: string): LintLevel | undefined {
  return levels.get(code);
}

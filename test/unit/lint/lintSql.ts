import assert from "node:assert/strict";
import { loadGrammar } from "../../../src/lint/grammar";
import { KnownSchema } from "../../../src/lint/knownSchema";
import { learnRevision, lintRevision } from "../../../src/lint/lintRevision";
import type { LintFinding } from "../../../src/lint/finding";
import type { LintSettings, RevisionLint } from "../../../src/lint/lintRevision";
import { programOf } from "../../../src/source/parseScript";

/** Everything that is off by itself is on. */
export const everything: LintSettings = {
  targetVersion: undefined,
  levels: new Map(
    [
      "no-lock-timeout",
      "no-statement-timeout",
      "drop-trigger",
      "default-changed",
      "varchar-limit",
      "unqualified-name",
    ].map((code) => [code, "info"]),
  ),
  timeouts: { lock: false, statement: false },
};

export const usual: LintSettings = { ...everything, levels: new Map() };

/** The text of a revision with this body of `upgrade`. */
export function revisionText(body: string): string {
  return `import type { Migration } from "alembic-ts";\n\nexport const revision = "aaaa";\n\nexport async function upgrade({ op, sql, connection }: Migration): Promise<void> {\n${body}\n}\n\nexport async function downgrade({ op }: Migration): Promise<void> {\n  await op.dropTable("users");\n}\n`;
}

/** What is found in a revision's text; `before` are bodies of revisions that were applied earlier. */
export async function lintText(
  text: string,
  settings: LintSettings = usual,
  before: readonly string[] = [],
): Promise<readonly LintFinding[]> {
  const schema = new KnownSchema();
  const parse = await loadGrammar();
  const lintOf = (source: string): RevisionLint => {
    const program = programOf(source);
    assert.ok(program);
    return {
      written: { text: source, program },
      project: { dialect: "postgresql", namingConvention: undefined },
      settings,
      parse,
      schema,
    };
  };
  before.forEach((body) => learnRevision(lintOf(revisionText(body))));
  schema.startRun();
  return lintRevision(lintOf(text));
}

/** The codes that are found in SQL that one `op.execute` runs. */
export async function codesOfSql(
  sql: string,
  settings: LintSettings = everything,
  before: readonly string[] = [],
): Promise<readonly string[]> {
  const findings = await lintText(
    revisionText(`  await op.execute(${JSON.stringify(sql)});`),
    settings,
    before,
  );
  return [...new Set(findings.map(({ code }) => code))];
}

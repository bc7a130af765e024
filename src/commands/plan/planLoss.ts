import type { Node } from "libpg-query";
import { loadGrammar } from "../../lint/grammar";
import { KnownSchema } from "../../lint/knownSchema";
import type { LintStatement, LintSurroundings } from "../../lint/rule";
import { dataLossRules } from "../../lint/rules/dataLoss";
import { nodeOf } from "../../lint/syntaxTree";
import type { MigrationPlan } from "../../revision/plan";
import type { StepContents } from "./planScript";

/** What a plan's upgrades may do to data that is there, in sentences; none: no rule of lint finds a loss. */
export async function lossesOf(
  plan: MigrationPlan,
  contents: readonly StepContents[],
): Promise<readonly string[]> {
  const parse = await loadGrammar();
  const schema = new KnownSchema();
  schema.startRun();
  const losses: string[] = [];
  for (const [index, { kind, revision }] of plan.steps.entries()) {
    const content = contents[index];
    if (kind !== "upgrade" || revision === undefined || content === undefined) {
      continue;
    }
    const before: LintStatement[] = [];
    const note = (what: string): void => void losses.push(`Revision ${revision.revision}: ${what}`);
    if (content.opensConnection) {
      note("It opens another connection, and what it sends there is not known.");
    } else if (content.statements === undefined && mayLoseData(upgradeText(content.file))) {
      note("Its SQL is known only in a run, and its file names statements that remove data.");
    }
    for (const text of content.statements ?? []) {
      const parsed = parse(text);
      if (parsed.kind !== "parsed") {
        if (mayLoseData(text)) {
          note("It sends SQL that cannot be analyzed, which names statements that remove data.");
        }
        continue;
      }
      for (const { node } of parsed.statements) {
        if (nodeOf(node, "DoStmt") !== undefined && mayLoseData(text)) {
          note("It runs a DO block that names statements that remove data.");
        }
        const statement = statementOf(node, text);
        const around = surroundings(schema, before);
        const found = dataLossRules.flatMap((rule) => rule.find(statement, around));
        found.forEach((flagged) => note(typeof flagged === "string" ? flagged : flagged.message));
        before.push(statement);
        schema.learn(node);
      }
    }
  }
  return losses;
}

function statementOf(node: Node, text: string): LintStatement {
  return { node, text, range: { start: 0, end: text.length }, isInTransaction: true };
}

function surroundings(schema: KnownSchema, before: readonly LintStatement[]): LintSurroundings {
  return {
    before,
    all: before,
    isNew: (name) => schema.isNew(name),
    isNewConstraint: (table, name) => schema.isNewConstraint(table, name),
    isLockedBefore: (name) => schema.isLocked(name),
    typeBefore: (table, column) => schema.typeOf(table, column),
    isChecked: (table) => schema.isChecked(table),
    isCheckedNotNull: (table, column) => schema.isCheckedNotNull(table, column),
    targetVersion: undefined,
    timeouts: { lock: true, statement: true },
  };
}

/** What stands before `downgrade`, which mostly drops what `upgrade` makes. */
function upgradeText(file: string): string {
  const end = file.search(/\b(?:function|const|let)\s+downgrade\b/);
  return end < 0 ? file : file.slice(0, end);
}

function mayLoseData(text: string): boolean {
  return /\b(?:drop|truncate|delete)\b/i.test(text.replaceAll(/\bdrop(?=[A-Z])/g, "drop "));
}

import type { Node } from "libpg-query";
import type { Connection } from "../../database/connection";
import { loadGrammar, type ParseSql } from "../../lint/grammar";
import { KnownSchema } from "../../lint/knownSchema";
import type { LintStatement, LintSurroundings } from "../../lint/rule";
import { dataLossRules } from "../../lint/rules/dataLoss";
import { columnsRetyped } from "../../lint/rules/columns";
import type { MigrationPlan } from "../../revision/plan";
import { quoteIdentifier } from "../../sql/quote";
import type { StepContents } from "./planScript";
import { callsOne, isSuspect, mayRemove, removalsOf, removingRoutine } from "./removals";

/**
 * What a plan's upgrades may do to data that is there, in sentences; none: neither a rule of lint nor a statement that
 * removes rows.
 * @param connection of the database that the plan is for, which knows the types of its columns
 */
export async function lossesOf(
  plan: MigrationPlan,
  contents: readonly StepContents[],
  connection: Connection,
): Promise<readonly string[]> {
  const losses: string[] = [];
  // To load the grammar takes longer than to make most plans.
  const isAnySuspect = contents.some(({ statements = [] }) => statements.some(isSuspect));
  const reader = isAnySuspect ? await createReader(contents, connection) : undefined;
  for (const [index, { kind, revision }] of plan.steps.entries()) {
    const content = contents[index];
    if (kind !== "upgrade" || revision === undefined || content === undefined) {
      continue;
    }
    const found = [...unseenOf(content), ...(reader?.read(content.statements ?? []) ?? [])];
    losses.push(...new Set(found.map((what) => `Revision ${revision.revision}: ${what}`)));
  }
  return losses;
}

/** What the statements of a step do not tell. */
function unseenOf({ file, imported, statements, unseen }: StepContents): readonly string[] {
  switch (unseen) {
    case "connects-elsewhere":
      return ["It opens another connection, and what it sends there is not known."];
    case "starts-programs":
      return ["It starts other programs, and what they do is not known."];
    case undefined:
      return statements === undefined && [upgradeText(file), ...imported].some(mayRemove)
        ? ["Its SQL is known only in a run, and its code names statements that remove data."]
        : [];
  }
}

/** Reads the statements of one step after the other. */
interface LossReader {
  read(statements: readonly string[]): readonly string[];
}

async function createReader(contents: readonly StepContents[], connection: Connection): Promise<LossReader> {
  const parse = await loadGrammar();
  const schema = new KnownSchema();
  const routines = new Set<string>();
  await noteTypes(schema, connection, parse, contents);
  schema.startRun();
  return {
    read(statements) {
      const before: LintStatement[] = [];
      return statements.flatMap((text) => {
        const parsed = parse(text);
        if (parsed.kind !== "parsed") {
          return mayRemove(text)
            ? ["It sends SQL that cannot be analyzed, which names statements that remove data."]
            : [];
        }
        return parsed.statements.flatMap(({ node }) => {
          const around = surroundings(schema, before);
          const statement = statementOf(node, text);
          const found = lossesIn(statement, around, routines);
          before.push(statement);
          schema.learn(node);
          return found;
        });
      });
    },
  };
}

function lossesIn(
  statement: LintStatement,
  around: LintSurroundings,
  routines: Set<string>,
): readonly string[] {
  const { node, text } = statement;
  const flagged = dataLossRules
    .flatMap((rule) => rule.find(statement, around))
    .map((found) => (typeof found === "string" ? found : found.message));
  const called = callsOne(node, routines);
  const made = removingRoutine(node, text);
  if (made !== undefined) {
    routines.add(made);
  }
  return [
    ...(flagged.length > 0 ? flagged : removalsOf(node, text, around)),
    ...(called === undefined ? [] : [`It calls ${called}, which names statements that remove data.`]),
  ];
}

/** The types that columns have in the database, of those that get another. */
async function noteTypes(
  schema: KnownSchema,
  connection: Connection,
  parse: ParseSql,
  contents: readonly StepContents[],
): Promise<void> {
  const retyped = contents
    .flatMap(({ statements = [] }) => statements.filter((text) => /\btype\b/i.test(text)))
    .flatMap((text) => {
      const parsed = parse(text);
      return parsed.kind === "parsed" ? parsed.statements.flatMap(({ node }) => columnsRetyped(node)) : [];
    });
  if (retyped.length === 0 || connection.dialect !== "postgresql") {
    return;
  }
  for (const table of new Set(retyped.map((change) => change.table))) {
    const rows = await connection.query(
      "SELECT attname::text AS name, pg_catalog.format_type(atttypid, atttypmod) AS type FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass($1) AND attnum > 0 AND NOT attisdropped",
      [table.split(".").map(quoteIdentifier).join(".")],
    );
    rows.forEach(({ name, type }) => schema.noteType(table, String(name), String(type)));
  }
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

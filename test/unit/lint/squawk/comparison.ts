import type { ParseSql } from "../../../../src/lint/grammar";
import { everything, lintText, revisionText } from "../lintSql";
import { keyOf, type SquawkAnswers } from "./answers";
import type { CorpusText } from "./corpus";
import type { Correspondence } from "./correspondence";

/** What both report of one statement of the corpus. */
export interface ComparedStatement {
  readonly sql: string;
  readonly text: CorpusText;
  readonly squawk: ReadonlySet<string>;
  readonly ours: ReadonlySet<string>;
}

/** A statement that one of a rule and its counterpart flags. */
export interface Difference {
  /** Of squawk. */
  readonly rule: string;
  readonly flaggedBy: "squawk" | "ours";
  readonly statement: ComparedStatement;
}

interface Place {
  readonly sql: string;
  readonly end: number;
}

/** What both report of the statements of a text. */
export async function compareText(
  text: CorpusText,
  answers: SquawkAnswers,
  parse: ParseSql,
): Promise<readonly ComparedStatement[]> {
  const places = statementsOf(text.text, parse);
  const squawk = places.map(() => new Set<string>());
  const ours = places.map(() => new Set<string>());
  const lines = text.text.split("\n");
  for (const [rule, line, column] of answers.findings[keyOf(text)] ?? []) {
    const offset = lines.slice(0, line).join("\n").length + (line === 0 ? 0 : 1) + column;
    const index = places.findIndex(({ end }) => offset < end);
    squawk[index < 0 ? squawk.length - 1 : index]?.add(rule);
  }
  const revision = revisionText(`  await op.execute(${JSON.stringify(text.text)});`);
  for (const { code, sql } of await lintText(revision, { ...everything, targetVersion: text.version })) {
    const index = places.findIndex((place, at) => place.sql === sql && ours[at]?.has(code) === false);
    ours[places.length === 1 ? 0 : index]?.add(code);
  }
  const none = new Set<string>();
  return places.map(({ sql }, index) => ({
    sql,
    text,
    squawk: squawk[index] ?? none,
    ours: ours[index] ?? none,
  }));
}

/** A text that the grammar does not accept is one statement. */
function statementsOf(text: string, parse: ParseSql): readonly Place[] {
  const parsed = parse(text);
  return parsed.kind === "parsed" && parsed.statements.length > 0
    ? parsed.statements.map(({ start, end }) => ({ sql: text.slice(start, end), end }))
    : [{ sql: text, end: text.length }];
}

/** Which statements both flag by a rule and its counterparts, and which only one of them. */
export function compareRule(
  { squawk: rule, ours }: Correspondence,
  statements: readonly ComparedStatement[],
): { readonly both: number; readonly differences: readonly Difference[] } {
  let both = 0;
  const differences: Difference[] = [];
  for (const statement of statements) {
    const bySquawk = statement.squawk.has(rule);
    const byOurs = ours.some((code) => statement.ours.has(code));
    if (bySquawk && byOurs) {
      both += 1;
    } else if (bySquawk || byOurs) {
      differences.push({ rule, flaggedBy: bySquawk ? "squawk" : "ours", statement });
    }
  }
  return { both, differences };
}

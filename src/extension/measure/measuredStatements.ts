import type { LintMeasurement, MeasuredStatementResult } from "../../context/lintCommand";
import { isAtLeast } from "../../lint/effects";

/** Statements that others have to wait for, or that take long, the most dangerous first. */
export function mostDangerous({ statements }: LintMeasurement): readonly MeasuredStatementResult[] {
  return statements
    .filter(({ summary }) => summary !== "")
    .map((statement) => ({ statement, weight: weightOf(statement) }))
    .sort((left, right) => right.weight - left.weight)
    .map(({ statement }) => statement);
}

function weightOf({ relations }: MeasuredStatementResult): number {
  return Math.max(
    ...relations.map(({ kind, lock, isRewritten, isRead }) => {
      const blocks = isAtLeast(lock, "ACCESS EXCLUSIVE") ? 2 : isAtLeast(lock, "SHARE") ? 1 : 0;
      return kind === "index" ? 0 : blocks + (isRewritten ? 6 : isRead ? 3 : 0);
    }),
  );
}

/**
 * Puts a comment with what was measured above each statement of a script; what has no place there, as a statement with
 * parameters, is told at its beginning.
 * @param comment makes a comment of a text
 */
export function withMeasured(
  sql: string,
  { statements }: LintMeasurement,
  comment: (summary: string) => string,
): string {
  let script = "";
  let told = "";
  let from = 0;
  for (const { sql: text, summary } of statements) {
    const at = sql.indexOf(text, from);
    const line = summary === "" ? "" : comment(summary);
    if (at < 0) {
      told += line;
      continue;
    }
    const start = sql.lastIndexOf("\n", at) + 1;
    const place = Math.max(start, from);
    script += sql.slice(from, place) + line + sql.slice(place, at + text.length);
    from = at + text.length;
  }
  return told + script + sql.slice(from);
}

import type { MatrixCase } from "./cases";

export interface CaseResult {
  readonly case: Pick<MatrixCase, "subject" | "label">;
  /** Undefined where it passed. */
  readonly failure: string | undefined;
}

const begin = "<!-- results -->\n";
const end = "<!-- end of results -->";

/** The page with a row for each subject between its marks: what passed, and what did not. */
export function platformTable(page: string, results: readonly CaseResult[]): string {
  const subjects = [...new Set(results.map(({ case: { subject } }) => subject))];
  const labels = (subject: string, hasPassed: boolean): string =>
    results
      .filter((result) => result.case.subject === subject && (result.failure === undefined) === hasPassed)
      .map((result) => result.case.label)
      .join(", ");
  const rows = [
    ["", "works", "does not work"],
    ...subjects.map((subject) => [subject, labels(subject, true), labels(subject, false) || "–"]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const [head = [], ...others] = rows;
  const table = [
    line(head),
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |\n`,
    ...others.map(line),
  ];
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) {
    throw new Error(`docs/platforms.md lacks its marks, ${begin.trim()} and ${end}.`);
  }
  return `${page.slice(0, before + begin.length)}\n${table.join("")}\n${page.slice(after)}`;
}

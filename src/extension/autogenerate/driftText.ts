import type { AutogenerateReport } from "../../context/commandTable";

/** The headings of the document, in the user's language. */
export interface DriftHeadings {
  readonly title: string;
  readonly warnings: string;
  readonly questions: string;
  readonly undecided: string;
  readonly drift: string;
}

const added = /^(?:create|add|attach|enable|bulk) /;
const removed = /^(?:drop|detach|disable) /;

/** What a check found, as a document in the way of a diff: what would be added, removed and changed. */
export function driftText(report: AutogenerateReport, headings: DriftHeadings): string {
  const { operations, warnings, questions, undecided, drift } = report;
  const sections = [
    section(headings.title, operations.map(markOf)),
    section(
      headings.warnings,
      warnings.filter(({ code }) => code !== "rename").map(({ text }) => `  ${text}`),
    ),
    section(
      headings.questions,
      questions.map(({ from, to }) => `  ${from} → ${to}`),
    ),
    section(
      headings.undecided,
      undecided.map(({ kind, name }) => `  ${kind} ${name}`),
    ),
    section(
      headings.drift,
      drift.map((object) => `  ${object}`),
    ),
  ];
  return sections.filter((text) => text !== "").join("\n");
}

function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `# ${heading}\n\n${lines.join("\n")}\n`;
}

function markOf(operation: string): string {
  const mark = added.test(operation) ? "+" : removed.test(operation) ? "-" : "!";
  return `${mark} ${operation}`;
}

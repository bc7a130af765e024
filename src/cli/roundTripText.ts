import type { WholeRunOutcome } from "../context/commandTable";
import type { RoundTripFailure, RoundTripOutcome } from "../context/roundTripOutcome";

/** What became of a revision, as lines. */
export function describeOutcome(outcome: RoundTripOutcome): string {
  const name = outcome.message === "" ? outcome.revision : `${outcome.revision}, ${outcome.message}`;
  switch (outcome.kind) {
    case "passed":
      return `ok      ${name}\n`;
    case "irreversible":
      return `one-way ${name}: ${outcome.reason}\n`;
    case "blocked":
      return `blocked ${name}: it follows ${outcome.by}, which can't be applied\n`;
    case "failed":
      return `FAILED  ${name}\n${indent(describeFailure(outcome.path, outcome.failure))}`;
  }
}

function describeFailure(path: string, failure: RoundTripFailure): string {
  const { location, schema, changes = [] } = failure;
  const place = location === undefined ? path : `${location.path}:${location.line}:${location.column}`;
  const lines = place === "" ? [failure.message] : [failure.message, `at ${place}`];
  if (failure.sql !== undefined) {
    lines.push(`SQL: ${failure.sql}`);
  }
  lines.push(...changes.map(({ text }) => text));
  if (schema !== undefined) {
    lines.push(...changedLines(schema.expected, schema.actual));
  }
  if (failure.hint !== undefined) {
    lines.push(`Hint: ${failure.hint}`);
  }
  return lines.join("\n");
}

/** What became of the run of all revisions at once, as lines; nothing where it is sound or was left out. */
export function describeWholeRun(wholeRun: WholeRunOutcome | undefined): string {
  return wholeRun?.kind === "failed"
    ? `FAILED  all revisions in one run\n${indent(describeFailure("", wholeRun.failure))}`
    : "";
}

/** Lines that only one of two texts has: `-` was expected, `+` is there. */
function changedLines(expected: string, actual: string): readonly string[] {
  const before = expected.split("\n");
  const after = actual.split("\n");
  const only = (lines: readonly string[], others: readonly string[], mark: string): readonly string[] => {
    const known = new Set(others);
    return lines.filter((line) => !known.has(line)).map((line) => `${mark} ${line}`);
  };
  return [...only(before, after, "-"), ...only(after, before, "+")];
}

/** Lines below the line that names what failed. */
export function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `          ${line}\n`)
    .join("");
}

/** How many revisions came to which end, as a line. */
export function summary(outcomes: readonly RoundTripOutcome[]): string {
  const count = (kind: RoundTripOutcome["kind"]): number =>
    outcomes.filter((outcome) => outcome.kind === kind).length;
  const parts = [
    `${String(count("passed"))} passed`,
    `${String(count("failed"))} failed`,
    ...(count("irreversible") > 0 ? [`${String(count("irreversible"))} one-way`] : []),
    ...(count("blocked") > 0 ? [`${String(count("blocked"))} blocked`] : []),
  ];
  return `${parts.join(", ")}\n`;
}

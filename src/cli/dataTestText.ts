import type { DataTestFailure, DataTestOutcome } from "../context/dataTestOutcome";
import { indent } from "./roundTripText";

/** What became of a test with data, as lines. */
export function describeTest(outcome: DataTestOutcome): string {
  const name = outcome.name === undefined ? outcome.path : `${outcome.revision}, ${outcome.name}`;
  switch (outcome.kind) {
    case "passed":
      return `ok      ${name}\n`;
    case "blocked":
      return `blocked ${name}: its revision's parents can't be applied: ${outcome.reason}\n`;
    case "failed":
      return `FAILED  ${name}\n${indent(describeFailure(outcome.path, outcome.failure))}`;
  }
}

function describeFailure(path: string, { message, location, sql, hint }: DataTestFailure): string {
  const place = location === undefined ? path : `${location.path}:${location.line}:${location.column}`;
  return [
    message,
    `at ${place}`,
    ...(sql === undefined ? [] : [`SQL: ${sql}`]),
    ...(hint === undefined ? [] : [`Hint: ${hint}`]),
  ].join("\n");
}

/** How many tests came to which end, as a line. */
export function testSummary(outcomes: readonly DataTestOutcome[]): string {
  const count = (kind: DataTestOutcome["kind"]): number =>
    outcomes.filter((outcome) => outcome.kind === kind).length;
  const passed = count("passed");
  const parts = [
    `${String(passed)} ${passed === 1 ? "test" : "tests"} with data passed`,
    `${String(count("failed"))} failed`,
    ...(count("blocked") > 0 ? [`${String(count("blocked"))} blocked`] : []),
  ];
  return `${parts.join(", ")}\n`;
}

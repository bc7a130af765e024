import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CorpusText } from "./corpus";

/** What squawk reports of a text: the rule, and where; line and column count from zero. */
export type SquawkFinding = readonly [rule: string, line: number, column: number];

/** What squawk said of all texts. */
export interface SquawkAnswers {
  /** Of squawk. */
  readonly version: string;
  /** By `keyOf`. */
  readonly findings: Readonly<Record<string, readonly SquawkFinding[]>>;
}

/** Where they are recorded. */
export const answersFile = join(__dirname, "..", "..", "..", "oracle", "squawk.json");

export function readAnswers(): SquawkAnswers {
  return JSON.parse(readFileSync(answersFile, "utf8")) as SquawkAnswers;
}

/** Answers about different server versions to one text are kept apart. */
export function keyOf({ text, version }: CorpusText): string {
  return `${String(version)}: ${text}`;
}

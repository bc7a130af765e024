import type { Dialect } from "./dialect";
import { tokenize } from "./lexer";

/** The text, with a line break behind a comment at its end that would swallow what is written after it. */
export function closeLineComment(text: string, dialect?: Dialect): string {
  const last = text.includes("--") ? [...tokenize(text, dialect)].at(-1) : undefined;
  return last?.kind === "comment" && last.text.startsWith("--") ? `${text}\n` : text;
}

/** Statements as one text, each with its semicolon, that a comment at its end does not swallow. */
export function joinStatements(statements: readonly string[], dialect?: Dialect): string {
  return statements.map((statement) => `${closeLineComment(statement, dialect)};`).join("\n");
}

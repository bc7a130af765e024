import { tokenize } from "./lexer";

/** The text, with a line break behind a comment at its end that would swallow what is written after it. */
export function closeLineComment(text: string): string {
  const last = text.includes("--") ? [...tokenize(text)].at(-1) : undefined;
  return last?.kind === "comment" && last.text.startsWith("--") ? `${text}\n` : text;
}

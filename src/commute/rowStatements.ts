import { significantTokens } from "../sqlText/lexer";

const changing = /^(?:insert|update|delete|merge|copy|truncate|do|call)$/i;

/** Whether a statement may change rows; of one that calls functions nobody knows. */
export function changesRows(statement: string): boolean {
  const words = significantTokens(statement)
    .filter(({ kind }) => kind === "word")
    .map(({ text }) => text);
  const [first = ""] = words;
  return changing.test(first) || (/^with$/i.test(first) && words.some((word) => changing.test(word)));
}

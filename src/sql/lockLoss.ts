import { significantTokens, type Token } from "../sqlText/lexer";
import { splitStatements } from "./splitStatements";

const tellingWord = /\bdiscard\b|advisory_unlock_all/i;

/**
 * The statement of a text that frees every advisory lock of its session, also from within a `DO` block; undefined where
 * there is none (PostgreSQL, "DISCARD", "Advisory Lock Functions"). What a function does that it calls is not known.
 */
export function lockLoss(text: string): string | undefined {
  return tellingWord.test(text) ? splitStatements(text).find(losesLocks) : undefined;
}

function losesLocks(statement: string): boolean {
  const tokens = significantTokens(statement);
  const [first = "", second = ""] = tokens.map((token) => token.text.toUpperCase());
  switch (first) {
    case "DISCARD":
      return second === "ALL";
    case "CREATE":
      // The body of a routine runs later, if at all.
      return false;
    case "DO":
      return tokens.some(({ kind, text }) => /string$/i.test(kind) && /advisory_unlock_all/i.test(text));
    default:
      return tokens.some((token, at) => isUnlockAll(token) && tokens[at + 1]?.text === "(");
  }
}

function isUnlockAll({ kind, text }: Token): boolean {
  return (
    (kind === "word" && text.toLowerCase() === "pg_advisory_unlock_all") ||
    text === '"pg_advisory_unlock_all"'
  );
}

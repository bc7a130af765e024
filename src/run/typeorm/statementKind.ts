import { significantTokens } from "../../sqlText/lexer";

/** What a statement does to the transaction; undefined for any other statement, and for a text of several. */
export type TransactionControl = "begin" | "commit" | "rollback" | "isolation" | undefined;

const noise = new Set(["WORK", "TRANSACTION"]);

/** Reads `BEGIN`, `START TRANSACTION …`, `COMMIT`, `END`, `ROLLBACK`, `ABORT` and `SET TRANSACTION …`. */
export function transactionControl(text: string): TransactionControl {
  const words = wordsOf(text);
  if (words.at(-1) === ";") {
    words.pop();
  }
  if (words.includes(";")) {
    return undefined;
  }
  const [first, second] = words;
  const isAlone = words.slice(1).every((word) => noise.has(word));
  switch (first) {
    case "BEGIN":
      return "begin";
    case "START":
      return second === "TRANSACTION" ? "begin" : undefined;
    case "SET":
      return second === "TRANSACTION" ? "isolation" : undefined;
    case "COMMIT":
    case "END":
      return isAlone ? "commit" : undefined;
    case "ROLLBACK":
    case "ABORT":
      return isAlone ? "rollback" : undefined;
    default:
      return undefined;
  }
}

const commands = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"]);

/** The command that PostgreSQL says it has run: of a `WITH`, the one behind its queries. */
export function commandOf(text: string): string {
  let depth = 0;
  const [first = "", ...rest] = wordsOf(text);
  if (first !== "WITH") {
    return first;
  }
  for (const word of rest) {
    depth += word === "(" ? 1 : word === ")" ? -1 : 0;
    if (depth === 0 && commands.has(word)) {
      return word;
    }
  }
  return "SELECT";
}

/** Whether a statement that changes something gives rows of what it changed. */
export function returnsChanges(text: string): boolean {
  return wordsOf(text).includes("RETURNING");
}

function wordsOf(text: string): string[] {
  return significantTokens(text).map((token) =>
    token.kind === "word" ? token.text.toUpperCase() : token.kind === "symbol" ? token.text : "",
  );
}

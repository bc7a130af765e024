import { significantTokens } from "../sqlText/lexer";

/**
 * REPACK, which PostgreSQL 19 has, as the older statement that locks and rewrites the same: CLUSTER, or VACUUM for what leaves the table
 * in use. Undefined for every other text, and for several statements.
 */
export function inOlderWords(text: string): string | undefined {
  const tokens = significantTokens(text);
  const [first, second] = tokens;
  if (first?.text.toUpperCase() !== "REPACK") {
    return undefined;
  }
  const closing = second?.text === "(" ? tokens.findIndex((token) => token.text === ")") : 0;
  const last = tokens.at(-1)?.text === ";" ? tokens.length - 1 : tokens.length;
  const rest = tokens.slice(closing + 1, last);
  if (closing < 0 || rest.some((token) => token.text === ";")) {
    return undefined;
  }
  const options = tokens.slice(0, closing).map((token) => token.text.toUpperCase());
  // The columns that ANALYZE looks at, and the order of the rows, change nothing of the locks.
  const end = rest.findIndex((token) => token.text === "(" || token.text.toUpperCase() === "USING");
  const named = end < 0 ? rest : rest.slice(0, end);
  const table = named.map((token) => token.text).join("");
  return `${isConcurrent(options) ? "VACUUM" : "CLUSTER"} ${table}`.trimEnd();
}

const off: readonly string[] = ["FALSE", "OFF", "0"];

function isConcurrent(options: readonly string[]): boolean {
  const at = options.indexOf("CONCURRENTLY");
  return at >= 0 && !off.includes(options[at + 1] ?? "");
}

import { significantTokens, type Token } from "../sqlText/lexer";
import type { ParsedSql, ParsedStatement, ParseSql } from "./grammar";

/**
 * Parses a text by the grammar; if that refuses it, statement by statement, with those that only PostgreSQL 19 has in the words of the
 * older statement that locks and rewrites the same. What the grammar refuses in other words too stays refused.
 */
export function parseNewer(parse: ParseSql, text: string): ParsedSql {
  const parsed = parse(text);
  if (parsed.kind !== "syntax-error" || !newerWord.test(text)) {
    return parsed;
  }
  const statements: ParsedStatement[] = [];
  for (const tokens of statementsIn(text)) {
    const [first, last] = [tokens[0], tokens.at(-1)];
    const [start, end] = [first?.start ?? 0, (last?.start ?? 0) + (last?.text.length ?? 0)];
    const known = parse(inOlderWords(tokens) ?? text.slice(start, end));
    if (known.kind !== "parsed") {
      return parsed;
    }
    statements.push(...known.statements.map(({ node }) => ({ node, start, end })));
  }
  return { kind: "parsed", statements };
}

/** Whether a statement merges partitions into one, or splits one into several; undefined for every other statement. */
export function partitionChange(text: string): PartitionChange["kind"] | undefined {
  const [tokens = [], another] = newerWord.test(text) ? statementsIn(text) : [];
  return another === undefined ? changeOf(tokens)?.kind : undefined;
}

interface PartitionChange {
  readonly kind: "merge" | "split";
  /** The partitioned table, and the partitions that go, as the statement names them. */
  readonly locked: readonly string[];
}

/** A text without any of these is not looked at more closely. */
const newerWord = /\b(?:repack|merge|split)\b/i;

type Tokens = readonly Token[];

/** The tokens of each statement. The grammar refuses what is torn at a semicolon inside of a function's body. */
function statementsIn(text: string): readonly Tokens[] {
  const statements: Token[][] = [[]];
  for (const token of significantTokens(text)) {
    if (token.text === ";") {
      statements.push([]);
    } else {
      statements.at(-1)?.push(token);
    }
  }
  return statements.filter(({ length }) => length > 0);
}

function inOlderWords(tokens: Tokens): string | undefined {
  const change = changeOf(tokens);
  return change === undefined
    ? repackInOlderWords(tokens)
    : `LOCK TABLE ${change.locked.join(", ")} IN ACCESS EXCLUSIVE MODE`;
}

/** CLUSTER, or VACUUM for what leaves the table in use. */
function repackInOlderWords(tokens: Tokens): string | undefined {
  const [first, second] = tokens.map(word);
  const closing = second === "(" ? tokens.findIndex((token) => token.text === ")") : 0;
  if (first !== "REPACK" || closing < 0) {
    return undefined;
  }
  const rest = tokens.slice(closing + 1);
  const options = tokens.slice(0, closing).map(word);
  // The columns that ANALYZE looks at, and the order of the rows, change nothing of the locks.
  const end = rest.findIndex((token) => token.text === "(" || word(token) === "USING");
  const table = written(end < 0 ? rest : rest.slice(0, end));
  return `${isConcurrent(options) ? "VACUUM" : "CLUSTER"} ${table}`.trimEnd();
}

const off: readonly string[] = ["FALSE", "OFF", "0"];

function isConcurrent(options: readonly string[]): boolean {
  const at = options.indexOf("CONCURRENTLY");
  return at >= 0 && !off.includes(options[at + 1] ?? "");
}

const forms = [
  { kind: "merge", words: ["MERGE", "PARTITIONS"] },
  { kind: "split", words: ["SPLIT", "PARTITION"] },
] as const;

function changeOf(tokens: Tokens): PartitionChange | undefined {
  const words = tokens.map(word);
  const from = words[2] === "IF" && words[3] === "EXISTS" ? 4 : 2;
  const at = words.findIndex((each, index) => index > from && (each === "MERGE" || each === "SPLIT"));
  const form = forms.find(({ words: [first, second] }) => words[at] === first && words[at + 1] === second);
  const into = words.indexOf("INTO", at + 2);
  if (words[0] !== "ALTER" || words[1] !== "TABLE" || form === undefined || into < 0) {
    return undefined;
  }
  const gone = tokens.slice(at + 2, into);
  const made = tokens.slice(into + 1);
  const isWhole =
    form.kind === "merge"
      ? isInParentheses(gone) && made.length > 0
      : isInParentheses(made) && word(made[1]) === "PARTITION";
  return isWhole
    ? {
        kind: form.kind,
        locked: [written(tokens.slice(from, at)), written(form.kind === "merge" ? gone.slice(1, -1) : gone)],
      }
    : undefined;
}

/** From the first parenthesis to the one that closes it, and no further. */
function isInParentheses(tokens: Tokens): boolean {
  let depth = 0;
  return (
    tokens.length > 2 &&
    tokens.every(({ text }, index) => {
      depth += text === "(" ? 1 : text === ")" ? -1 : 0;
      return depth > 0 === index < tokens.length - 1;
    })
  );
}

function written(tokens: Tokens): string {
  return tokens.map(({ text }) => text).join(" ");
}

function word(token: Token | undefined): string {
  return token?.kind === "word" ? token.text.toUpperCase() : (token?.text ?? "");
}

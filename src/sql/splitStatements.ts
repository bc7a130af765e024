import { OperationError } from "../operations/operationError";
import type { Dialect } from "../sqlText/dialect";
import { tokenize } from "../sqlText/lexer";
import type { Token } from "../sqlText/lexer";

/** What of a statement has been read so far. */
interface Progress {
  /** Words of the statement in capitals, until it is known what it creates. */
  readonly opening: string[];
  parentheses: number;
  /** Open BEGIN ATOMIC, CASE and trigger bodies. */
  blocks: number;
  previous: string;
  hasContent: boolean;
}

/**
 * The single statements of a text, without their semicolons and the space around them. Semicolons inside quotes,
 * comments, `$$` bodies, parentheses, `BEGIN ATOMIC … END` and the bodies of SQLite's triggers do not end one.
 * Comments stay with the statement that they stand before or in; a piece of comments alone is no statement.
 *
 * @throws OperationError `invalid-sql` for a comment that nothing closes: whatever is behind it would be lost
 */
export function splitStatements(text: string, dialect: Dialect = "postgresql"): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  let progress = begin();
  const close = (end: number): void => {
    if (progress.hasContent) {
      statements.push(text.slice(start, end).trim());
      progress = begin();
    }
  };
  for (const token of tokenize(text, dialect)) {
    if (token.isUnclosed === true) {
      throw unclosedComment(token.text, dialect);
    }
    if (token.text === ";" && token.kind === "symbol" && progress.parentheses <= 0 && progress.blocks === 0) {
      close(token.start);
      start = token.start + 1;
    } else {
      follow(progress, token);
    }
  }
  close(text.length);
  return statements;
}

function unclosedComment(text: string, dialect: Dialect): OperationError {
  const line = text.split("\n", 1)[0] ?? "";
  const nesting = dialect === "postgresql" ? " In PostgreSQL each /* inside a comment needs its own */." : "";
  return new OperationError(
    "invalid-sql",
    `The SQL has a comment that is never closed, so nothing after it would run: ${line.length > 60 ? `${line.slice(0, 57)}…` : line}`,
    `Close it with */.${nesting}`,
  );
}

function begin(): Progress {
  return { opening: [], parentheses: 0, blocks: 0, previous: "", hasContent: false };
}

function follow(progress: Progress, token: Token): void {
  if (token.kind === "space" || token.kind === "comment") {
    return;
  }
  progress.hasContent = true;
  if (token.kind === "symbol") {
    progress.parentheses += token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
  }
  const word = token.kind === "word" ? token.text.toUpperCase() : token.text;
  if (progress.opening.length < 8) {
    progress.opening.push(word);
  }
  if (token.kind === "word") {
    followBlocks(progress, word);
  }
  progress.previous = word;
}

function followBlocks(progress: Progress, word: string): void {
  if (progress.blocks > 0) {
    if (progress.previous !== "." && (word === "CASE" || word === "END")) {
      progress.blocks += word === "CASE" ? 1 : -1;
    }
  } else if (
    word === "ATOMIC" &&
    progress.previous === "BEGIN" &&
    creates(progress, ["FUNCTION", "PROCEDURE"])
  ) {
    progress.blocks = 1;
  } else if (word === "BEGIN" && progress.parentheses === 0 && creates(progress, ["TRIGGER"])) {
    progress.blocks = 1;
  }
}

function creates({ opening }: Progress, kinds: readonly string[]): boolean {
  return opening[0] === "CREATE" && opening.some((word) => kinds.includes(word));
}

import { splitStatements } from "../../sql/splitStatements";
import { isWord, significantTokens, type Token } from "../../sqlText/lexer";
import { statedName, type StatedName } from "../read/sqlNames";

export type ObjectStatementKind = "view" | "materialized view" | "function" | "procedure" | "trigger";

/** Whether a statement makes a view of either kind. */
export function isViewKind(kind: ObjectStatementKind): boolean {
  return kind === "view" || kind === "materialized view";
}

/** Whether a statement makes a function or a procedure, of which there may be several of one name. */
export function isRoutineKind(kind: ObjectStatementKind): boolean {
  return kind === "function" || kind === "procedure";
}

/** The one CREATE statement of a file, as far as its text tells what it makes. */
export interface ObjectStatement extends StatedName {
  readonly kind: ObjectStatementKind;
  /** Of a trigger: what it is on. */
  readonly table: StatedName | undefined;
  /** Without the semicolon at its end. */
  readonly text: string;
  /** Where it begins in the text that it was read from. */
  readonly start: number;
  /** What follows the name and the list of columns or arguments, in the author's words; undefined where the server's are better. */
  readonly words: string | undefined;
}

/** A text that is not the CREATE statement of one object, and where that shows. */
export interface UnfitStatement {
  readonly kind: "unfit";
  readonly code: "object-not-one-statement" | "object-not-supported";
  readonly what: string;
  readonly hint: string;
  readonly at: number;
}

const supported = "a view, a materialized view, a function, a procedure or a trigger";

/**
 * Reads the text of a file that is to hold one object.
 * @throws OperationError `invalid-sql` for a comment that nothing closes
 */
export function readObjectStatement(text: string): ObjectStatement | UnfitStatement {
  const found = statementsOf(text);
  const [first, second] = found;
  if (first === undefined) {
    return {
      kind: "unfit",
      code: "object-not-one-statement",
      what: "The file has no statement.",
      hint: `Write the CREATE statement of ${supported}, or remove the file.`,
      at: 0,
    };
  }
  if (second !== undefined) {
    return {
      kind: "unfit",
      code: "object-not-one-statement",
      what: "This is a second statement in the file.",
      hint: "Keep one object in each file. Write anything else into a revision.",
      at: second.start,
    };
  }
  return readCreate(first) ?? unsupported(first);
}

interface PlacedText {
  readonly text: string;
  readonly start: number;
}

/** Each begins with its first word: comments before it are the file's. */
function statementsOf(text: string): readonly PlacedText[] {
  let end = 0;
  return splitStatements(text).map((statement) => {
    const start = text.indexOf(statement, end);
    end = start + statement.length;
    const skipped = significantTokens(statement)[0]?.start ?? 0;
    return { text: statement.slice(skipped), start: start + skipped };
  });
}

function unsupported({ text, start }: PlacedText): UnfitStatement {
  const isTemporary = /^create\s+(?:or\s+replace\s+)?temp(?:orary)?\b/i.test(text);
  return {
    kind: "unfit",
    code: "object-not-supported",
    what: isTemporary
      ? "A temporary view ends with its session, so a file cannot define it."
      : `This is not the CREATE statement of ${supported}.`,
    hint: isTemporary
      ? "Remove TEMPORARY."
      : "Write it into a revision instead: revisions create everything else.",
    at: start,
  };
}

function readCreate(statement: PlacedText): ObjectStatement | undefined {
  const tokens = significantTokens(statement.text);
  const words = tokens.slice(0, 9).map(({ kind, text }) => (kind === "word" ? text.toUpperCase() : ""));
  let at = words[0] === "CREATE" ? 1 : Infinity;
  const skip = (...expected: readonly string[]): boolean => {
    const isThere = expected.every((word, offset) => words[at + offset] === word);
    at += isThere ? expected.length : 0;
    return isThere;
  };
  skip("OR", "REPLACE");
  const isRecursive = skip("RECURSIVE");
  const kind = kindAt(skip);
  if (kind === undefined) {
    return undefined;
  }
  skip("IF", "NOT", "EXISTS");
  const name = statedName(tokens.slice(at));
  if (name === undefined) {
    return undefined;
  }
  const rest = tokens.slice(at + (name.schema === undefined ? 1 : 3));
  const made = { kind, ...name, text: statement.text, start: statement.start };
  switch (kind) {
    case "view":
    case "materialized view":
      return { ...made, table: undefined, words: isRecursive ? undefined : queryOf(statement.text, rest) };
    case "function":
    case "procedure":
      return { ...made, table: undefined, words: afterParentheses(statement.text, rest) };
    case "trigger": {
      const on = rest.findIndex((token) => isWord(token, "ON"));
      const table = on < 0 ? undefined : statedName(rest.slice(on + 1));
      return table === undefined ? undefined : { ...made, table, words: undefined };
    }
  }
}

function kindAt(skip: (...expected: readonly string[]) => boolean): ObjectStatementKind | undefined {
  if (skip("MATERIALIZED", "VIEW")) {
    return "materialized view";
  }
  if (skip("CONSTRAINT", "TRIGGER")) {
    return "trigger";
  }
  return (["view", "function", "procedure", "trigger"] as const).find((kind) => skip(kind.toUpperCase()));
}

/** The query of a view without a list of columns. */
function queryOf(text: string, rest: readonly Token[]): string | undefined {
  const as = rest.findIndex((token) => isWord(token, "AS"));
  const [first] = rest.slice(as + 1);
  if (as < 0 || first === undefined || rest[0]?.text === "(") {
    return undefined;
  }
  return text.slice(first.start, endOfQuery(rest) ?? text.length).trimEnd();
}

/** Where WITH … CHECK OPTION or WITH … DATA begins. */
function endOfQuery(rest: readonly Token[]): number | undefined {
  const tail = rest.slice(-4).map((token) => (token.kind === "word" ? token.text.toUpperCase() : ""));
  const closing = /(?:^| )(WITH (?:(?:CASCADED |LOCAL )?CHECK OPTION|(?:NO )?DATA))$/.exec(
    tail.join(" "),
  )?.[1];
  return closing === undefined ? undefined : rest.at(-closing.split(" ").length)?.start;
}

function afterParentheses(text: string, rest: readonly Token[]): string | undefined {
  let depth = 0;
  if (rest[0]?.text !== "(") {
    return undefined;
  }
  for (const token of rest) {
    if (token.kind === "symbol") {
      depth += token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
    }
    if (depth === 0) {
      return text.slice(token.start + token.text.length).trim();
    }
  }
  return undefined;
}

/**
 * A text of which spaces and comments do not count. Two strings are one only where a line ends between them, so that
 * counts.
 */
export function withoutLayout(text: string): string {
  const tokens = significantTokens(text);
  return JSON.stringify(
    tokens.map((token, index) => {
      const before = tokens[index - 1];
      const isContinued =
        token.kind === "string" &&
        before?.kind === "string" &&
        /[\n\r]/.test(text.slice(before.start + before.text.length, token.start));
      return isContinued ? `\n${token.text}` : token.text;
    }),
  );
}

import { readDocComment } from "./docComment";
import type { HeaderScan, TextRange } from "./header";
import {
  ambiguous,
  finishHeader,
  type FoundFunction,
  type FunctionName,
  type HeaderName,
  type HeaderValue,
  FUNCTION_NAMES,
  HEADER_NAMES,
  isFunctionName,
  isHeaderName,
  isRevisionDraft,
} from "./headerDraft";
import { outerTokens } from "./outerTokens";
import { readWrittenHead } from "./scanWrittenRevision";
import { decodeScriptString } from "./stringEscapes";
import { TokenReader } from "./tokenReader";

/** The names of a header, and what else may export one. */
const mentions: readonly string[] = [...HEADER_NAMES, ...FUNCTION_NAMES, "exports", "module"];
const idMentions: readonly string[] = ["revision", "branch_labels", "depends_on", "replaces"];
const startsStatement =
  /^(?:export|import|const|let|var|async|function|type|interface|class|enum|declare|abstract|await)$/;
/** Behind one of these, `{` opens a type and not a function's body. */
const needsType = /^(?:[:<|&,?.]|=>|is|keyof|extends|typeof|readonly)$/;
/** `ids`: only what makes the graph, and the comment; the functions, most of a file, need not be read for it. */
export type WantedParts = "all" | "ids";

const undecided = ambiguous("not written as plain exports", { start: 0, end: 0 });

/**
 * Reads the header of a TypeScript file whose exports are declared one by one and have plain values: a head that is as
 * `revision` wrote it at once, and all else by its tokens.
 * All that is written otherwise (computed values, lists of exports, CommonJS, code that is not complete) is
 * `ambiguous`: the parser reads it.
 */
export function scanScript(text: string, wanted: WantedParts = "all"): HeaderScan {
  const head = readWrittenHead(text);
  const scan = new ScriptScan(text, wanted, head?.values);
  return scan.read(new TokenReader(text, head?.end)) ? scan.result() : undecided;
}

/** As `scanScript`, for a long text: others may have their turn at each `yield`. */
export function* scanScriptInPieces(text: string): Generator<undefined, HeaderScan> {
  const head = readWrittenHead(text);
  const tokens = yield* outerTokens(text, head?.end);
  const scan = new ScriptScan(text, "all", head?.values);
  const reader = new TokenReader(text, head?.end, text.length, tokens.values());
  return scan.read(reader) ? scan.result() : undecided;
}

/**
 * Reads what can be read of a file that is half typed: past code that is not complete, reading goes on at the next
 * line that starts with `export`.
 */
export function scanDamagedScript(text: string): HeaderScan {
  const scan = new ScriptScan(text);
  scan.read(new TokenReader(text));
  let start = text.indexOf("\nexport ", scan.exportStart);
  while (start >= 0) {
    const next = text.indexOf("\nexport ", start + 1);
    scan.read(new TokenReader(text, start, next < 0 ? text.length : next));
    start = next;
  }
  return scan.result();
}

/** Walks over the outermost statements of a file. Its methods that read something give false where it is unclear. */
class ScriptScan {
  /** Where the last export starts that was come upon. */
  exportStart = 0;
  readonly values: Map<HeaderName, HeaderValue>;
  readonly functions = new Map<FunctionName, FoundFunction>();
  private tokens = new TokenReader("");
  private lastMention: number | undefined;

  constructor(
    private readonly text: string,
    private readonly wanted: WantedParts = "all",
    known?: ReadonlyMap<HeaderName, HeaderValue>,
  ) {
    this.values = new Map(known);
  }

  /** Gives false where the tokens alone do not tell. */
  read(tokens: TokenReader): boolean {
    this.tokens = tokens;
    while (!tokens.isAtEnd() && !this.nothingFollows()) {
      if (!this.readPart()) {
        return false;
      }
    }
    return !tokens.isLost;
  }

  result(): HeaderScan {
    if (!isRevisionDraft(this)) {
      return { kind: "not-a-revision" };
    }
    return finishHeader("typescript", this, readDocComment(this.text));
  }

  private readPart(): boolean {
    const { tokens } = this;
    const { previous } = tokens;
    const word = tokens.word();
    if (previous !== "." && word === "export") {
      return this.readExport();
    }
    if (previous !== "." && mentions.includes(word)) {
      return false;
    }
    tokens.skipWhole();
    return true;
  }

  private readExport(): boolean {
    const { tokens } = this;
    this.exportStart = tokens.range.start;
    tokens.next();
    tokens.skip("async");
    const isFunction = tokens.word() === "function";
    if (tokens.word() === "{" || tokens.word() === "=" || tokens.word() === "import") {
      return false;
    }
    if (!isFunction && !/^(?:const|let|var)$/.test(tokens.word())) {
      return true;
    }
    tokens.next();
    const { range } = tokens;
    const name = tokens.word();
    if (tokens.word() === "{" || tokens.word() === "[") {
      return false;
    }
    if (isFunctionName(name)) {
      if (this.functions.has(name)) {
        return false;
      }
      this.functions.set(name, { name: range, isEmpty: false });
      tokens.next();
      return isFunction ? this.readFunction(name, range) : this.readFunctionConstant(name, range);
    }
    if (isHeaderName(name)) {
      tokens.next();
      return !isFunction && this.readConstant(name, range);
    }
    return true;
  }

  private readConstant(name: HeaderName, range: TextRange): boolean {
    if (this.values.has(name)) {
      return false;
    }
    const value = this.skipType() ? this.readValue() : undefined;
    const isClear = value !== undefined && this.endsStatement();
    this.values.set(name, isClear ? value : { kind: "unknown", reason: "a computed value", range });
    return isClear;
  }

  /** From behind a constant's name to behind its equals sign. */
  private skipType(): boolean {
    const { tokens } = this;
    if (tokens.word() === ":") {
      while (tokens.word() !== "=" && tokens.word() !== ";" && !tokens.isAtEnd()) {
        tokens.skipWhole();
      }
    }
    return tokens.skip("=");
  }

  private readValue(): HeaderValue | undefined {
    const { tokens } = this;
    const { range } = tokens;
    const word = tokens.word();
    if (word === "[") {
      return this.readList();
    }
    const text = this.readText();
    if (text !== undefined) {
      return { kind: "text", range, text };
    }
    if (word === "null" || word === "undefined") {
      tokens.next();
      return { kind: "none", range };
    }
    if (word === "true" || word === "false") {
      tokens.next();
      return { kind: "flag", range, flag: word === "true" };
    }
    return undefined;
  }

  private readList(): HeaderValue | undefined {
    const { tokens } = this;
    const { start } = tokens.range;
    const values = [];
    do {
      tokens.next();
      if (tokens.word() === "]") {
        break;
      }
      const text = this.readText();
      if (text === undefined) {
        return undefined;
      }
      values.push(text);
    } while (tokens.word() === ",");
    const { end } = tokens.range;
    return tokens.skip("]") ? { kind: "list", range: { start, end }, values } : undefined;
  }

  private readText(): { readonly value: string; readonly range: TextRange } | undefined {
    const { tokens } = this;
    if (!tokens.isString) {
      return undefined;
    }
    const { start, end } = tokens.range;
    const value = decodeScriptString(tokens.word().slice(1, -1).replace(/\r\n?/g, "\n"));
    tokens.next();
    return value === undefined ? undefined : { value, range: { start: start + 1, end: end - 1 } };
  }

  /** Behind a value: whether nothing more belongs to it. */
  private endsStatement(): boolean {
    const { tokens } = this;
    if (tokens.skip("as") && !tokens.skip("const")) {
      return false;
    }
    return (
      tokens.skip(";") || tokens.isAtEnd() || (tokens.isFirstOnLine && startsStatement.test(tokens.word()))
    );
  }

  private readFunctionConstant(name: FunctionName, range: TextRange): boolean {
    const { tokens } = this;
    if (!this.skipType()) {
      return false;
    }
    tokens.skip("async");
    const isExpression = tokens.skip("function");
    return this.readFunction(name, range, isExpression ? "{" : "=>");
  }

  /** From the parameters to the end of the body. */
  private readFunction(name: FunctionName, range: TextRange, bodyAfter: "{" | "=>" = "{"): boolean {
    const { tokens } = this;
    if (tokens.word() !== "(") {
      return false;
    }
    tokens.skipWhole();
    while (tokens.word() !== bodyAfter || needsType.test(tokens.previous)) {
      if (tokens.isAtEnd() || tokens.word() === ";" || tokens.word() === "=") {
        return false;
      }
      tokens.skipWhole();
    }
    tokens.skip("=>");
    if (tokens.word() === "{" && this.skipBody()) {
      this.functions.set(name, { name: range, isEmpty: true });
    }
    return true;
  }

  /** Passes over a function's body, and says whether it does nothing. */
  private skipBody(): boolean {
    const { tokens } = this;
    tokens.next();
    while (tokens.word() === ";" || tokens.word() === "return") {
      tokens.next();
    }
    const isEmpty = tokens.word() === "}";
    if (!isEmpty && !this.nothingFollows()) {
      tokens.skipRest();
    }
    return isEmpty;
  }

  /** Whether the rest of the text, often the longest part, cannot say anything of a header. */
  private nothingFollows(): boolean {
    const { wanted } = this;
    if (wanted === "ids" ? !this.values.has("down_revision") : !this.functions.has("downgrade")) {
      return false;
    }
    const names = wanted === "ids" ? idMentions : mentions;
    this.lastMention ??= Math.max(...names.map((name) => this.text.lastIndexOf(name)));
    return this.tokens.range.start > this.lastMention;
  }
}

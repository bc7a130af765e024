import type { TextRange } from "./header";
import { deepestBrackets, depthChange, type ScriptToken, scriptTokens } from "./scriptTokens";

/** Reads TypeScript token by token, or all within a pair of brackets in one go. */
export class TokenReader {
  /** The token before the present one, "" at first. */
  previous = "";
  /** The code is not complete, or no code. The tokens end where that was found. */
  isLost = false;
  /** How many brackets and inserted parts of templates are open before the present token. */
  private depth = 0;
  private token: ScriptToken | undefined;

  /**
   * @param end of the part that is read, as if the text ended there
   * @param tokens those of the part, if they are known
   */
  constructor(
    text: string,
    start = 0,
    private readonly end = text.length,
    private readonly tokens: Iterator<ScriptToken, unknown> = scriptTokens(text.slice(start, end), start),
  ) {
    this.take();
  }

  isAtEnd(): boolean {
    return this.token === undefined;
  }

  /** The present token as it is written, "" at the end. */
  word(): string {
    return this.token?.text ?? "";
  }

  /** Whether the present token is a name or a keyword. */
  get isName(): boolean {
    return this.token?.kind === "IdentifierName";
  }

  /** Whether the present token is within brackets. */
  get isNested(): boolean {
    return this.depth > 0;
  }

  get isString(): boolean {
    return this.token?.kind === "StringLiteral" || this.token?.kind === "NoSubstitutionTemplate";
  }

  get range(): TextRange {
    const start = this.token?.start ?? this.end;
    return { start, end: start + this.word().length };
  }

  /** Whether a line break stands before the present token. */
  get isFirstOnLine(): boolean {
    return this.token?.isFirstOnLine ?? false;
  }

  /** Moves to the next token. */
  next(): void {
    const { token } = this;
    if (token === undefined) {
      return;
    }
    this.previous = token.text;
    this.depth += depthChange(token);
    this.take();
  }

  /** Moves on if this is the present token, and says whether it was. */
  skip(word: string): boolean {
    const isHere = this.word() === word;
    if (isHere) {
      this.next();
    }
    return isHere;
  }

  /** Moves behind the present token or, if that opens a bracket, behind the one that closes it. */
  skipWhole(): void {
    const outside = this.depth;
    do {
      this.next();
    } while (this.depth > outside && !this.isAtEnd());
  }

  /** Moves behind the innermost of the brackets that are open. */
  skipRest(): void {
    const inside = this.depth;
    while (this.depth >= inside && !this.isAtEnd()) {
      this.next();
    }
  }

  private take(): void {
    const taken = this.tokens.next();
    this.token = taken.done === true ? undefined : taken.value;
    const isIncomplete = this.token === undefined && this.depth !== 0;
    if (isIncomplete || this.depth < 0 || this.depth > deepestBrackets || this.token?.isClosed === false) {
      this.isLost = true;
      this.token = undefined;
    }
  }
}

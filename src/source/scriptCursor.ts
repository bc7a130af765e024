import type { TextRange } from "./header";
import {
  BACKSLASH,
  CARRIAGE_RETURN,
  containsLineBreak,
  isWideSpace,
  LINE_FEED,
  regularExpressionEnd,
  spaceStart,
  lineEnd,
  stringEnd,
} from "./scriptCharacters";
import {
  ARROW,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  END,
  EQUALS,
  EQUALS_OPERATOR,
  GREATER,
  NAME,
  NUMBER,
  OPEN_BRACE,
  REGULAR_EXPRESSION,
  SEMICOLON,
  STRING,
  TEMPLATE,
} from "./scriptTokens";

const SLASH = 0x2f;
const ASTERISK = 0x2a;
const BACKTICK = 0x60;
const DOLLAR = 0x24;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

const IS_NAME = table("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$\\");
const OPENS = 1;
const CLOSES = 2;
const IS_NESTING = table("([{", OPENS, table(")]}", CLOSES, table("\"'`/", 3)));
const OPERATOR_BEFORE_EQUALS = table("+-*/%&|^!?");
const KEYWORD_BEFORE_EXPRESSION =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|instanceof)$/;

function table(characters: string, mark = 1, result: Uint8Array = new Uint8Array(128)): Uint8Array {
  for (const character of characters) {
    result[character.charCodeAt(0)] = mark;
  }
  return result;
}

const UNCERTAIN_SLASH = "a slash that could be a division or a regular expression";

/** The place from where on the text cannot be read with certainty. */
export interface LostPlace {
  readonly reason: string;
  readonly range: TextRange;
}

/** Nobody writes so many templates within each other, and each takes a few calls of the stack. */
const deepestTemplate = 200;

/**
 * Walks over TypeScript token by token, and over nested code in one go.
 *
 * It knows just enough of the language to tell code from comments, strings, templates and regular expressions. Where
 * it cannot tell, `lost` is set and only `END` follows: whoever uses it must then not rely on what it did not reach.
 */
export class ScriptCursor {
  kind = END;
  start = 0;
  end = 0;
  /** Whether a line break stands between this token and the one before. */
  isFirstOnLine = true;
  /** For a template: it has `${…}`. */
  hasSubstitution = false;
  previousKind = END;
  lost: LostPlace | undefined;
  /** Where the comments before the present token start; lets a look backward pass over them. */
  private commentsStart = -1;
  private commentsEnd = -1;
  private templateDepth = 0;

  constructor(
    readonly text: string,
    private position = 0,
  ) {
    if (text.startsWith("#!")) {
      this.position = Math.max(position, lineEnd(text, 0));
    }
  }

  /** The present token as it is written. */
  get word(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Whether the present token is this name or keyword. */
  isWord(word: string): boolean {
    return (
      this.kind === NAME && this.end - this.start === word.length && this.text.startsWith(word, this.start)
    );
  }

  /** Moves to the next token. */
  next(): void {
    this.previousKind = this.kind;
    this.skipTrivia();
    const { text, position } = this;
    this.start = position;
    if (this.lost !== undefined || position >= text.length) {
      this.kind = END;
      this.end = position;
      return;
    }
    const code = text.charCodeAt(position);
    this.kind = this.readToken(code);
    this.end = this.position;
    if (this.lost !== undefined) {
      this.kind = END;
    }
  }

  /** From an opening bracket: moves behind the closing one that belongs to it. */
  skipNested(): void {
    const open = this.start;
    if (!this.skipToClosing()) {
      this.lose("a bracket that is not closed", open, open + 1);
    }
    this.next();
  }

  /** Gives up: the text cannot be read with certainty from here. */
  lose(reason: string, start: number = this.start, end: number = this.end): void {
    this.lost ??= { reason, range: { start, end } };
    this.kind = END;
  }

  /** Forgets that it was lost, and carries on at this offset. */
  resumeAt(position: number): void {
    this.lost = undefined;
    this.position = position;
    this.kind = SEMICOLON;
    this.next();
  }

  private readToken(code: number): number {
    if (code > 127 || (IS_NAME[code] === 1 && !(code >= 0x30 && code <= 0x39))) {
      this.skipName();
      return NAME;
    }
    switch (code) {
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        this.skipString(code);
        return STRING;
      case BACKTICK:
        this.hasSubstitution = false;
        this.skipTemplate();
        return TEMPLATE;
      case SLASH:
        return this.readSlash();
      case EQUALS:
        return this.readEquals();
      default:
        if (IS_NAME[code] !== 1) {
          return this.readPunctuation(code);
        }
        this.skipName();
        return NUMBER;
    }
  }

  private readEquals(): number {
    const following = this.text.charCodeAt(this.position + 1);
    if (following === GREATER) {
      this.position += 2;
      return ARROW;
    }
    if (following === EQUALS) {
      this.position += this.text.charCodeAt(this.position + 2) === EQUALS ? 3 : 2;
      return EQUALS_OPERATOR;
    }
    this.position += 1;
    return EQUALS;
  }

  private readPunctuation(code: number): number {
    this.position += 1;
    if (OPERATOR_BEFORE_EQUALS[code] !== 1) {
      return code;
    }
    let end = this.position;
    while (this.text.charCodeAt(end) === code) {
      end += 1;
    }
    if (this.text.charCodeAt(end) !== EQUALS || this.text.charCodeAt(end + 1) === GREATER) {
      return code;
    }
    this.position = end + 1;
    while (this.text.charCodeAt(this.position) === EQUALS) {
      this.position += 1;
    }
    return EQUALS_OPERATOR;
  }

  private readSlash(): number {
    if (this.isDivision(this.position)) {
      return this.readPunctuation(SLASH);
    }
    this.skipRegularExpression();
    return REGULAR_EXPRESSION;
  }

  private skipName(): void {
    const { text } = this;
    let position = this.position + 1;
    for (;;) {
      const code = text.charCodeAt(position);
      if (code <= 127 ? IS_NAME[code] !== 1 : Number.isNaN(code) || isWideSpace(code)) {
        break;
      }
      position += 1;
    }
    this.position = position;
  }

  private skipTrivia(): void {
    const { text } = this;
    let position = this.position;
    let sawLineBreak = position === 0;
    for (;;) {
      const code = text.charCodeAt(position);
      if (code === LINE_FEED || code === CARRIAGE_RETURN) {
        sawLineBreak = true;
        position += 1;
      } else if (code === 0x20 || code === 0x09 || code === 0x0b || code === 0x0c || isWideSpace(code)) {
        sawLineBreak ||= code === 0x2028 || code === 0x2029;
        position += 1;
      } else if (code === SLASH && this.isComment(position)) {
        const start = position;
        position = this.skipComment(position);
        sawLineBreak ||= containsLineBreak(text, start, position);
      } else {
        break;
      }
    }
    this.position = position;
    this.isFirstOnLine = sawLineBreak;
  }

  private isComment(position: number): boolean {
    const following = this.text.charCodeAt(position + 1);
    return following === SLASH || following === ASTERISK;
  }

  private skipComment(start: number): number {
    const { text } = this;
    let end: number;
    if (text.charCodeAt(start + 1) === SLASH) {
      end = lineEnd(text, start);
    } else {
      const close = text.indexOf("*/", start + 2);
      end = close < 0 ? text.length : close + 2;
      if (close < 0) {
        this.lose("a comment that is not closed", start, start + 2);
      }
    }
    if (this.commentsEnd < 0 || spaceStart(text, start) !== this.commentsEnd) {
      this.commentsStart = start;
    }
    this.commentsEnd = end;
    return end;
  }

  private skipString(quote: number): void {
    const end = stringEnd(this.text, this.position, quote);
    if (end < 0) {
      this.lose("a string that is not closed", this.position, lineEnd(this.text, this.position));
      return;
    }
    this.position = end;
  }

  private skipTemplate(): void {
    const start = this.position;
    if (this.templateDepth >= deepestTemplate) {
      this.lose("templates within each other that are too deep", start, start + 1);
      return;
    }
    this.templateDepth += 1;
    this.skipTemplateParts(start);
    this.templateDepth -= 1;
  }

  private skipTemplateParts(start: number): void {
    const { text } = this;
    let position = start + 1;
    for (;;) {
      const code = text.charCodeAt(position);
      if (code === BACKTICK) {
        this.position = position + 1;
        return;
      }
      if (Number.isNaN(code)) {
        this.position = text.length;
        this.lose("a template literal that is not closed", start, start + 1);
        return;
      }
      if (code === DOLLAR && text.charCodeAt(position + 1) === OPEN_BRACE) {
        this.position = position + 2;
        if (!this.skipToClosing()) {
          this.lose("a template literal that is not closed", start, start + 1);
          return;
        }
        this.hasSubstitution = true;
        position = this.position;
      } else {
        position += code === BACKSLASH ? 2 : 1;
      }
    }
  }

  /**
   * From within a bracket to behind its end; false if there is none. Most of a file's characters pass through here,
   * hence the local position and the table.
   */
  private skipToClosing(): boolean {
    const { text } = this;
    const { length } = text;
    let { position } = this;
    let depth = 1;
    while (position < length) {
      const code = text.charCodeAt(position);
      const nesting = code > 127 ? 0 : IS_NESTING[code];
      if (nesting === 0) {
        position += 1;
      } else if (nesting === OPENS) {
        depth += 1;
        position += 1;
      } else if (nesting === CLOSES) {
        depth -= 1;
        position += 1;
        if (depth === 0) {
          this.position = position;
          return true;
        }
      } else {
        this.position = position;
        this.skipNestedText(code);
        if (this.lost !== undefined) {
          return false;
        }
        position = this.position;
      }
    }
    this.position = length;
    return false;
  }

  private skipNestedText(code: number): void {
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      this.skipString(code);
    } else if (code === BACKTICK) {
      this.skipTemplate();
    } else {
      this.skipNestedSlash();
    }
  }

  private skipNestedSlash(): void {
    if (this.isComment(this.position)) {
      this.position = this.skipComment(this.position);
    } else if (this.isDivision(this.position)) {
      this.position += 1;
    } else {
      this.skipRegularExpression();
    }
  }

  private skipRegularExpression(): void {
    const end = regularExpressionEnd(this.text, this.position);
    if (end < 0) {
      this.lose(UNCERTAIN_SLASH, this.position, this.position + 1);
      return;
    }
    this.position = end;
  }

  /** Whether the slash here divides: it follows a value. Behind `}` that is not decidable without a parser. */
  private isDivision(slash: number): boolean {
    const { text } = this;
    let end = spaceStart(text, slash);
    if (end === this.commentsEnd) {
      end = spaceStart(text, this.commentsStart);
    }
    const code = end === 0 ? SEMICOLON : text.charCodeAt(end - 1);
    if (code === CLOSE_BRACE) {
      this.lose(UNCERTAIN_SLASH, slash, slash + 1);
      return true;
    }
    if (code > 127 || IS_NAME[code] === 1) {
      return !KEYWORD_BEFORE_EXPRESSION.test(text.slice(Math.max(0, end - 12), end));
    }
    return (
      code === CLOSE_PARENTHESIS ||
      code === CLOSE_BRACKET ||
      code === DOUBLE_QUOTE ||
      code === SINGLE_QUOTE ||
      code === BACKTICK
    );
  }
}

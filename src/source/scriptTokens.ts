import jsTokens, { type Token } from "js-tokens";

/** Nobody writes so many brackets within each other. */
export const deepestBrackets = 1_000;

/** A token of TypeScript that is neither a space nor a comment. */
export interface ScriptToken {
  readonly kind: Token["type"];
  readonly text: string;
  /** In UTF-16 offsets. */
  readonly start: number;
  /** False for a string, template or regular expression that has no end. */
  readonly isClosed: boolean;
  /** Whether a line break stands between this token and the one before. */
  readonly isFirstOnLine: boolean;
}

/**
 * The tokens of a text, one after another. Never fails: what is no token comes as one of the kind `Invalid`.
 * @param offset of the text in its file
 */
export function* scriptTokens(text: string, offset = 0): Generator<ScriptToken, undefined> {
  let start = offset;
  let isFirstOnLine = true;
  for (const token of jsTokens(text)) {
    const { type: kind, value } = token;
    switch (kind) {
      case "LineTerminatorSequence":
        isFirstOnLine = true;
        break;
      case "WhiteSpace":
      case "SingleLineComment":
      case "HashbangComment":
        break;
      case "MultiLineComment":
        if (!token.closed) {
          yield { kind, text: value, start, isClosed: false, isFirstOnLine };
        }
        isFirstOnLine ||= /[\r\n\u2028\u2029]/.test(value);
        break;
      default: {
        const isClosed = !("closed" in token) || token.closed;
        yield { kind, text: value, start, isClosed, isFirstOnLine };
        isFirstOnLine = false;
      }
    }
    start += value.length;
  }
  return undefined;
}

/** How many more brackets, or inserted parts of templates, are open behind a token than before it. */
export function depthChange({ kind, text }: ScriptToken): -1 | 0 | 1 {
  if (kind === "TemplateHead" || (kind === "Punctuator" && /^[{([]$/.test(text))) {
    return 1;
  }
  return kind === "TemplateTail" || (kind === "Punctuator" && /^[\])}]$/.test(text)) ? -1 : 0;
}

import { significantTokens, type Token } from "../../sqlText/lexer";

const constantWords = new Set(["true", "false", "null", "array"]);
/** In names of types that go on after a bracket: `timestamp(3) without time zone`. */
const typeWords = new Set(["with", "without", "time", "zone", "varying", "precision"]);
const symbols = new Set(["(", ")", "[", "]", ",", "-", "+", ":", "."]);

/** Texts that the server reads as the moment at which it reads them. */
const moments = /^'\s*(?:now|today|tomorrow|yesterday|allballs)\b/i;

/** Whether a default is made of literals and casts alone, so that it has one value for ever. */
export function isConstantDefault(text: string): boolean {
  let isInType = false;
  let previous: Token | undefined;
  for (const token of significantTokens(text)) {
    const isCast = previous?.text === ":";
    switch (token.kind) {
      case "word":
      case "quotedName": {
        isInType ||= isCast;
        const word = token.text.toLowerCase();
        if (!isInType && !constantWords.has(word) && !typeWords.has(word)) {
          return false;
        }
        break;
      }
      case "string":
        if (moments.test(token.text)) {
          return false;
        }
        isInType = false;
        break;
      case "number":
        break;
      case "symbol":
        if (!symbols.has(token.text)) {
          return false;
        }
        isInType &&= token.text === ".";
        break;
      default:
        return false;
    }
    previous = token;
  }
  return true;
}

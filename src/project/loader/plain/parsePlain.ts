import { parse } from "@babel/parser";
import type { Program } from "@babel/types";
import { NotPlain } from "./notPlain";

/**
 * Parses a TypeScript file with the decorators that TypeORM uses.
 * @throws {NotPlain} the parser does not take it; TypeScript then says why
 */
export function parsePlain(text: string): Program {
  try {
    return parse(text, {
      sourceType: "module",
      attachComment: false,
      createParenthesizedExpressions: true,
      plugins: ["typescript", "decorators-legacy"],
    }).program;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      throw new NotPlain("this syntax");
    }
    throw error;
  }
}

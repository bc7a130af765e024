import { parse } from "@babel/parser";
import type { Program } from "@babel/types";

/**
 * Parses the TypeScript or JavaScript of a revision file, going on after what is wrong where the parser can: `errors`
 * has that.
 *
 * @throws SyntaxError where the parser can't go on, RangeError for brackets within each other that are too deep for it
 */
export function parseScript(text: string): ReturnType<typeof parse> {
  return parse(text, {
    sourceType: "unambiguous",
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    attachComment: false,
    plugins: ["typescript", "decorators", "explicitResourceManagement"],
  });
}

/** What the parser makes of a text; undefined where it can't go on. */
export function programOf(text: string): Program | undefined {
  try {
    return parseScript(text).program;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

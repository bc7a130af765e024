import { deepestBrackets, depthChange, type ScriptToken, scriptTokens } from "./scriptTokens";

/** The lists and bodies of a header begin at most so deep; what is within brackets below says nothing of it. */
const deepestWanted = 2;
/** More are no header's. They are kept while a text is read, so there is a limit to what they take. */
const mostTokens = 100_000;
/** Takes a few milliseconds. */
const tokensInPiece = 5_000;

/**
 * The tokens of a long text that can be a part of its header, read in pieces: others may have their turn at each
 * `yield`. Read over these, a header comes out as over all tokens, or undecided where there are too many.
 * @param offset where to begin, in UTF-16 offsets
 */
export function* outerTokens(text: string, offset = 0): Generator<undefined, readonly ScriptToken[]> {
  const tokens: ScriptToken[] = [];
  let depth = 0;
  let count = 0;
  for (const token of scriptTokens(text.slice(offset), offset)) {
    count += 1;
    if (count % tokensInPiece === 0) {
      yield;
    }
    const change = depthChange(token);
    if (Math.min(depth, depth + change) < deepestWanted || !token.isClosed) {
      const isTooLong = tokens.length === mostTokens;
      tokens.push(isTooLong ? { ...token, isClosed: false } : token);
      if (isTooLong) {
        return tokens;
      }
    }
    depth += change;
    if (depth > deepestBrackets) {
      return tokens;
    }
  }
  return tokens;
}

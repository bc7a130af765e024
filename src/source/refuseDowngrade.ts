import type { RevisionHeader } from "./header";
import type { TextEdit } from "./textEdit";

const statement = 'throw new Error("This revision cannot be reverted: say why here.");';

/**
 * Makes an empty downgrade of a TypeScript file say that there is no way back; no edit where the function's body is not
 * found, and in Python files.
 */
export function refuseDowngrade(text: string, header: RevisionHeader): readonly TextEdit[] {
  if (header.downgrade === undefined || !header.downgradeIsEmpty || header.language !== "typescript") {
    return [];
  }
  const parameters = endOfParameters(text, header.downgrade.end);
  const opening = /\s*(?::[^={]*)?(?:=>\s*)?\{/y;
  opening.lastIndex = parameters ?? text.length;
  if (parameters === undefined || !opening.test(text)) {
    return [];
  }
  const start = opening.lastIndex;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const isOneLine = /[^\S\r\n]*\}/y;
  isOneLine.lastIndex = start;
  const newText = `${lineEnd}  ${statement}${isOneLine.test(text) ? lineEnd : ""}`;
  return [{ range: { start, end: start }, newText }];
}

/** The offset behind the parenthesis that closes the parameters. */
function endOfParameters(text: string, from: number): number | undefined {
  let depth = 0;
  for (let offset = from; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    if (character === "(") {
      depth += 1;
    } else if (character === ")") {
      depth -= 1;
      if (depth === 0) {
        return offset + 1;
      }
    }
  }
  return undefined;
}

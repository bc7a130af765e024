import { ScriptCursor } from "./scriptCursor";
import { COLON, COMMA, DOT, END, NAME, OPEN_BRACE, TEMPLATE } from "./scriptTokens";
import type { TextRange } from "./header";

/** Indents statements. Lines within template literals stay as they are: their spaces belong to a value. */
export function indentCode(code: string, indent: string): string {
  const templates = templatesOf(code);
  let offset = 0;
  return code
    .split("\n")
    .map((line) => {
      const start = offset;
      offset += line.length + 1;
      const isValue = templates.some((range) => range.start < start && start < range.end);
      return line === "" || isValue ? line : indent + line;
    })
    .join("\n");
}

/** Which of these names the code uses as variables, in the order given. */
export function namesUsedIn(code: string, names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  let key: string | undefined;
  forEachToken(code, (cursor) => {
    if (key !== undefined && cursor.kind !== COLON) {
      used.add(key);
    }
    key = undefined;
    if (cursor.kind === NAME && (cursor.previousKind !== DOT || code.startsWith("...", cursor.start - 3))) {
      if (cursor.previousKind === OPEN_BRACE || cursor.previousKind === COMMA) {
        key = cursor.word;
      } else {
        used.add(cursor.word);
      }
    } else if (cursor.kind === TEMPLATE && cursor.hasSubstitution) {
      // Only the inserted parts could name one; a name too many is seen by the compiler, one too few breaks the file.
      for (const match of cursor.word.matchAll(/\$\{[^}]*/g)) {
        match[0].match(/(?<![\w$.])[\w$]+/g)?.forEach((name) => used.add(name));
      }
    }
  });
  return names.filter((name) => used.has(name));
}

function templatesOf(code: string): readonly TextRange[] {
  const templates: TextRange[] = [];
  forEachToken(code, (cursor) => {
    if (cursor.kind === TEMPLATE) {
      templates.push({ start: cursor.start, end: cursor.end });
    }
  });
  return templates;
}

function forEachToken(code: string, visit: (cursor: ScriptCursor) => void): void {
  const cursor = new ScriptCursor(code);
  for (cursor.next(); cursor.kind !== END; cursor.next()) {
    visit(cursor);
  }
}

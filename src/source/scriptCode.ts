import type { TextRange } from "./header";
import { scriptTokens } from "./scriptTokens";

/** Indents statements. Lines within template literals stay as they are: their spaces belong to a value. */
export function indentCode(code: string, indent: string): string {
  const templates = templatesOf(code);
  let offset = 0;
  let next = 0;
  return code
    .split("\n")
    .map((line) => {
      const start = offset;
      offset += line.length + 1;
      // Both are in their order: one that ends before this line is not looked at again.
      while ((templates[next]?.end ?? Infinity) <= start) {
        next += 1;
      }
      const isValue = (templates[next]?.start ?? Infinity) < start;
      return line === "" || isValue ? line : indent + line;
    })
    .join("\n");
}

/** Which of these names the code uses as variables, in the order given. */
export function namesUsedIn(code: string, names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  let key: string | undefined;
  let before = "";
  for (const { kind, text } of scriptTokens(code)) {
    if (key !== undefined && text !== ":") {
      used.add(key);
    }
    key = undefined;
    if (kind === "IdentifierName" && before !== "." && before !== "?.") {
      if (before === "{" || before === ",") {
        key = text;
      } else {
        used.add(text);
      }
    }
    before = text;
  }
  return names.filter((name) => used.has(name));
}

/** The parts of template literals; the code within `${…}` belongs to none. */
function templatesOf(code: string): readonly TextRange[] {
  const templates: TextRange[] = [];
  for (const { kind, start, text } of scriptTokens(code)) {
    if (kind.startsWith("Template") || kind === "NoSubstitutionTemplate") {
      templates.push({ start, end: start + text.length });
    }
  }
  return templates;
}

import type { QualifiedName } from "../../schema/model/tableModel";
import { isWord, quotedContent, significantTokens, type Token } from "../../sqlText/lexer";
import { isName, statedName, type StatedName } from "../read/sqlNames";

/** The names that a text calls as functions, and those that it may read as relations or types. */
export interface MentionedNames {
  readonly calls: readonly StatedName[];
  readonly reads: readonly StatedName[];
}

/** The names in a text. Those in a quoted body count, unless it is only looked at when it runs. */
export function mentionedIn(text: string): MentionedNames {
  const calls: StatedName[] = [];
  const reads: StatedName[] = [];
  const tokens = significantTokens(text);
  const isLateBound = languageOf(tokens) !== "sql";
  for (const [index, token] of tokens.entries()) {
    const isBody =
      token.kind === "dollarString" || (token.kind === "string" && isWord(tokens[index - 1], "AS"));
    if (isBody && !isLateBound) {
      const inner = mentionedIn(quotedContent(token));
      calls.push(...inner.calls);
      reads.push(...inner.reads);
    } else if (isName(token) && tokens[index - 1]?.text !== ".") {
      const name = statedName(tokens.slice(index, index + 3));
      const next = tokens[index + (name?.schema === undefined ? 1 : 3)];
      if (name !== undefined) {
        (next?.text === "(" ? calls : reads).push(name);
      }
    }
  }
  return { calls, reads };
}

/** The types in a list of arguments, or of a result: not the names of arguments, each of which stands before a type. */
export function typesIn(declared: string): readonly StatedName[] {
  const tokens = significantTokens(declared);
  return tokens.flatMap((token, index) => {
    const isPart = isWord(token, "DEFAULT") || tokens[index - 1]?.text === ".";
    const name = isPart ? undefined : statedName(tokens.slice(index, index + 3));
    const next = tokens[index + (name?.schema === undefined ? 1 : 3)];
    return name !== undefined && (!isName(next) || isWord(next, "DEFAULT")) ? [name] : [];
  });
}

/** `sql` where a text names no language: a query itself, or a body that is looked at when it is made. */
function languageOf(tokens: readonly Token[]): string {
  const at = tokens.findIndex((token) => isWord(token, "LANGUAGE"));
  const name = tokens[at + 1]?.text.toLowerCase().replaceAll(/^['"]|['"]$/g, "");
  return at < 0 ? "sql" : (name ?? "sql");
}

/** Whether one of the names, some without a schema, is this. */
export function isAmong(
  names: readonly StatedName[],
  { schema, name }: QualifiedName,
  defaultSchema: string,
): boolean {
  return names.some((each) => each.name === name && (each.schema ?? defaultSchema) === schema);
}

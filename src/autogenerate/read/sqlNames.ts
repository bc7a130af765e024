import { serverName } from "../../schema/serverName";
import type { Token } from "../../sqlText/lexer";

/** Whether a token may name something. */
export function isName(token: Token | undefined): token is Token {
  return token !== undefined && (token.kind === "word" || token.kind === "quotedName");
}

/** A name as the server keeps it. */
export function nameOf(token: Token): string {
  return serverName(
    token.kind === "quotedName" ? token.text.slice(1, -1).replaceAll('""', '"') : token.text.toLowerCase(),
  );
}

/** A name with its schema, where the statement gives one. */
export interface StatedName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** The `schema.name`, or the `name`, that tokens begin with. */
export function statedName(tokens: readonly Token[]): StatedName | undefined {
  const [first, dot, second] = tokens;
  if (!isName(first)) {
    return undefined;
  }
  if (dot?.text !== ".") {
    return { schema: undefined, name: nameOf(first) };
  }
  return isName(second) ? { schema: nameOf(first), name: nameOf(second) } : undefined;
}

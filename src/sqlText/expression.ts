import { isKeyword } from "./keywords";

/** Strings, quoted names, plain names, and whatever is between them, of a text that the server printed. */
const tokens =
  /[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/g;

function nameOf(token: string): string | undefined {
  if (token.startsWith('"')) {
    return token.slice(1, -1).replaceAll('""', '"');
  }
  return token.endsWith("'") ? undefined : token;
}

/** A name as the server prints it (`quote_ident`): quoted where it must be. */
export function printedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !isKeyword(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Whether an expression mentions one of these names (of columns, types, functions), outside of strings. */
export function mentionsName(text: string, names: ReadonlySet<string>): boolean {
  for (const [token] of text.matchAll(tokens)) {
    const name = nameOf(token);
    if (name !== undefined && names.has(name)) {
      return true;
    }
  }
  return false;
}

/** An expression with names replaced, outside of strings. A name after `::` or before `(` is a type or a function, and stays. */
export function renameColumns(text: string, renames: ReadonlyMap<string, string>): string {
  return renames.size === 0
    ? text
    : text.replaceAll(tokens, (token, at: number) => {
        const name = nameOf(token);
        const to = name === undefined ? undefined : renames.get(name);
        const isOther = text.slice(0, at).endsWith("::") || text.startsWith("(", at + token.length);
        return to === undefined || isOther ? token : printedName(to);
      });
}

/** An expression with a type's name replaced wherever something is cast to it. */
export function renameTypeInExpression(text: string, from: string, to: string): string {
  return text.includes(`::${from}`)
    ? text.replaceAll(new RegExp(`::${escapePattern(from)}(?![\\w$"])`, "g"), () => `::${to}`)
    : text;
}

/** An expression with a value of an enum replaced: `'sad'::mood`, and in lists `'{sad,ok}'::mood[]`. */
export function renameEnumValueInExpression(text: string, type: string, from: string, to: string): string {
  const cast = `::${type}`;
  return text.replaceAll(tokens, (token, at: number) => {
    const after = text.slice(at + token.length);
    if (!token.startsWith("'") || !after.startsWith(cast)) {
      return token;
    }
    const value = token.slice(1, -1).replaceAll("''", "'");
    const next = after.slice(cast.length);
    const isList = next.startsWith("[");
    if (!isList && (value !== from || /^[\w$"]/.test(next))) {
      return token;
    }
    return `'${(isList ? renameElement(value, from, to) : to).replaceAll("'", "''")}'`;
  });
}

/** The text of an array (PostgreSQL, "Array Input and Output Syntax") with another element in the place of one. */
function renameElement(text: string, from: string, to: string): string {
  const needsQuotes = to === "" || /[{},"\\\s]|^null$/i.test(to);
  const written = needsQuotes ? `"${to.replaceAll(/["\\]/g, "\\$&")}"` : to;
  return text.replaceAll(/"((?:[^"\\]|\\.)*)"|[^{},"]+/gs, (element: string, quoted: string | undefined) => {
    const value = quoted?.replaceAll(/\\(.)/gs, "$1") ?? (/^null$/i.test(element) ? undefined : element);
    return value === from ? written : element;
  });
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** A type's or relation's name as the server prints it: qualified unless it is in the default schema. */
export function printedQualifiedName(schema: string, name: string, defaultSchema: string): string {
  return schema === defaultSchema ? printedName(name) : `${printedName(schema)}.${printedName(name)}`;
}

/** An expression without the casts of these columns to another text type: `(name)::text` is `name`. */
export function withoutTextCasts(text: string, columns: ReadonlySet<string>): string {
  return [...columns].reduce(
    (result, column) =>
      result.replaceAll(
        new RegExp(`\\(${escapePattern(printedName(column))}\\)::(?:text|character varying)(?![\\w([])`, "g"),
        () => printedName(column),
      ),
    text,
  );
}

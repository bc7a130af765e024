import { textMark } from "../source/python/convert/sqlTerm";
import { placedText } from "../source/python/convert/placedText";
import { readTerm, type NameScope } from "../source/python/convert/term";
import { childrenOf, textOf, type PythonNode } from "../source/python/pythonNodes";

/** The SQL of a call of `execute`, with the place in the file of each of its characters where it is written there. */
export type ExecutedSql =
  | { readonly kind: "sql"; readonly text: string; readonly places: readonly number[] | undefined }
  /** Only a run tells what this expression is. */
  | { readonly kind: "unknown"; readonly expression: string };

/** Methods of a text that leave its SQL as it is. */
const unchanging: ReadonlySet<string> = new Set(["bindparams", "columns", "execution_options"]);

/**
 * The SQL that `op.execute(…)`, or the `execute` of a connection, is given.
 * @param isAlembics whether the call is Alembic's; of others, what is not written out may be anything
 */
export function executedSql(
  call: PythonNode,
  scope: NameScope,
  file: string,
  isAlembics: boolean,
): ExecutedSql | undefined {
  const statement = firstArgument(call, file);
  if (statement === undefined) {
    return undefined;
  }
  const written = writtenPart(statement, scope, file);
  const placed = placedText(written, file);
  if (placed !== undefined) {
    return { kind: "sql", ...withoutParameters(placed.text, placed.places) };
  }
  const term = readTerm(written, scope);
  const text =
    term.kind === "call" && term.path === "sqlalchemy.text" && term.positional[0] !== undefined
      ? term.positional[0]
      : term;
  if (text.kind === "literal" && typeof text.value === "string") {
    return { kind: "sql", text: withoutParameters(text.value, undefined).text, places: undefined };
  }
  return isAlembics ? { kind: "unknown", expression: shortened(textOf(written, file)) } : undefined;
}

/** The first one, whatever name it is given by. */
function firstArgument(call: PythonNode, file: string): PythonNode | undefined {
  const list = childrenOf(call).find(({ name }) => name === "ArgList");
  const [first, equals, value] =
    list === undefined ? [] : childrenOf(list).filter(({ name }) => !["(", ")", "Comment"].includes(name));
  const isNamed = equals?.name === "AssignOp";
  return isNamed && !/^(?:sqltext|statement)$/.test(first === undefined ? "" : textOf(first, file))
    ? undefined
    : isNamed
      ? value
      : first;
}

/** `sa.text("…").bindparams(…)` is about what `text` is given. */
function writtenPart(node: PythonNode, scope: NameScope, file: string): PythonNode {
  const [callee] = node.name === "CallExpression" ? childrenOf(node) : [];
  if (callee === undefined) {
    return node;
  }
  const term = readTerm(callee, scope);
  if (term.kind === "name" && term.path === "sqlalchemy.text") {
    return firstArgument(node, file) ?? node;
  }
  const [object, mark, method] = callee.name === "MemberExpression" ? childrenOf(callee) : [];
  return object !== undefined && mark?.name === "." && method && unchanging.has(textOf(method, file))
    ? writtenPart(object, scope, file)
    : node;
}

/** As PostgreSQL gets it: `:name` is a parameter, whatever its value, and `\:` a colon. */
function withoutParameters(
  text: string,
  places: readonly number[] | undefined,
): { readonly text: string; readonly places: readonly number[] | undefined } {
  const sent: string[] = [];
  const sentPlaces: number[] = [];
  let from = 0;
  const take = (end: number, skipped: number, instead: string): void => {
    sent.push(text.slice(from, end), instead);
    sentPlaces.push(...(places?.slice(from, end) ?? []));
    for (let unit = 0; unit < instead.length; unit += 1) {
      sentPlaces.push(places?.[end] ?? 0);
    }
    from = end + skipped;
  };
  for (const match of text.matchAll(textMark)) {
    const isEscaped = match[0].startsWith("\\");
    take(match.index, isEscaped ? 1 : match[0].length, isEscaped ? "" : "$1");
  }
  take(text.length, 0, "");
  return { text: sent.join(""), places: places === undefined ? undefined : sentPlaces };
}

/** An expression on one line. */
function shortened(expression: string): string {
  const line = expression.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

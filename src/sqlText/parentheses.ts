/** `(a + b)` as `a + b`, but not `(a) + (b)`. */
export function stripParentheses(expression: string): string {
  if (!expression.startsWith("(") || !expression.endsWith(")")) {
    return expression;
  }
  let depth = 0;
  for (const [token] of expression.slice(0, -1).matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    depth += token === "(" ? 1 : token === ")" ? -1 : 0;
    if (depth === 0) {
      return expression;
    }
  }
  return stripParentheses(expression.slice(1, -1));
}

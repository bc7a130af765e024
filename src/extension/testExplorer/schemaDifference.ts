/**
 * Of two schemas in SQL, the statements that only one of them has: a difference at the end of a long schema would else
 * not be seen at first.
 */
export function schemaDifference(
  expected: string,
  actual: string,
): { readonly expected: string; readonly actual: string } {
  const before = statementsOf(expected);
  const after = statementsOf(actual);
  const without = (statements: readonly string[], others: readonly string[]): string => {
    const known = new Set(others);
    return statements.filter((statement) => !known.has(statement)).join("\n\n");
  };
  return { expected: without(before, after), actual: without(after, before) };
}

function statementsOf(sql: string): readonly string[] {
  return sql
    .split(/\n{2,}|(?<=;)\n(?=[A-Z])/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

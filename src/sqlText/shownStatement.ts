const longestShown = 10_000;

/** A statement as a failure shows it: whole, or of a very long one (rows, a dump) its first 10,000 characters. */
export function shownStatement(sql: string): string {
  if (sql.length <= longestShown) {
    return sql;
  }
  const omitted = (sql.length - longestShown).toLocaleString("en");
  return `${sql.slice(0, longestShown).trimEnd()}\n… (${omitted} characters more)`;
}

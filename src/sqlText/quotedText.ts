/**
 * Where a quoted text ends whose first quote is at `start`, behind its last quote; the end of the whole where it is not
 * closed. A doubled quote stands for one. Looked for and not matched by an expression, which a literal of many megabytes
 * is too long for.
 */
export function endOfQuoted(text: string, start: number): number {
  const quote = text.charAt(start);
  if (quote === "[") {
    // A name of SQLite in brackets, which can't hold its last one.
    const closing = text.indexOf("]", start);
    return closing < 0 ? text.length : closing + 1;
  }
  let end = text.indexOf(quote, start + 1);
  while (end >= 0 && text.charAt(end + 1) === quote) {
    end = text.indexOf(quote, end + 2);
  }
  return end < 0 ? text.length : end + 1;
}

/** The same for PostgreSQL's `E'…'`, in which a backslash escapes a quote too. */
export function endOfEscaped(text: string, start: number): number {
  const mark = /['\\]/g;
  mark.lastIndex = start + 1;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[0] === "'" && text.charAt(mark.lastIndex) !== "'") {
      return mark.lastIndex;
    }
    mark.lastIndex += 1;
  }
  return text.length;
}

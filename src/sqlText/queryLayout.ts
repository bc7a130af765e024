/** Where the lines of a query stand in a revision file: as an argument of a call inside a function. */
const lineIndent = "      ";
const closingIndent = "    ";

/** A query without the space around it and the semicolon at its end. */
export function withoutSemicolon(text: string): string {
  const query = text.trim();
  return query.endsWith(";") ? query.slice(0, -1).trimEnd() : query;
}

/** A query of one line as it is; a longer one on lines of its own, indented as in the call that it is an argument of. */
export function layOutQuery(text: string): string {
  const query = withoutSemicolon(text);
  const lines = query.split("\n").map((line) => line.trimEnd());
  // What is inside a text belongs to it.
  if (lines.length === 1 || hasTextOverLines(query)) {
    return query;
  }
  const [first = "", ...rest] = lines;
  const depths = rest.filter((line) => line !== "").map(indentOf);
  const shared = Math.min(...depths);
  const placed = [first, ...rest.map((line) => line.slice(shared))];
  return `\n${placed.map((line) => (line === "" ? "" : lineIndent + line)).join("\n")}\n${closingIndent}`;
}

/**
 * The same for a query as the server prints it, whose clauses stand to the right of its first line:
 * `SELECT a,⏎    b⏎   FROM t⏎  WHERE …`.
 */
export function layOutPrintedQuery(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const moved = rest.map((line) => {
    const depth = indentOf(line);
    return " ".repeat(depth < 4 ? 0 : depth - 2 - (depth % 2)) + line.trimStart();
  });
  const [anchor] = moved.filter((line) => indentOf(line) === 0);
  // Without a clause at the left, what is shared would be taken for the margin.
  return anchor === undefined || hasTextOverLines(text)
    ? layOutQuery(text)
    : layOutQuery([first, ...moved].join("\n"));
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whether a text, a quoted name or a comment of the query goes over the end of a line, or may be taken for one that does. */
function hasTextOverLines(text: string): boolean {
  const opening = /['"]|\$\w*\$|\/\*/g;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const [mark] = match;
    const closing = mark === "/*" ? "*/" : mark;
    const end = text.indexOf(closing, opening.lastIndex);
    if (text.slice(match.index, end < 0 ? text.length : end).includes("\n")) {
      return true;
    }
    opening.lastIndex = end < 0 ? text.length : end + closing.length;
  }
  return text.split("\n").some((line, index) => {
    const comment = line.indexOf("--");
    return (
      comment >= 0 &&
      ((index > 0 && line.slice(0, comment).trim() === "") || /['"$]/.test(line.slice(comment)))
    );
  });
}

/** Where the lines of a query stand in a revision file: as an argument of a call inside a function. */
const lineIndent = "      ";
const closingIndent = "    ";

/** A query of one line as it is; a longer one on lines of its own, indented as in the call that it is an argument of. */
export function layOutQuery(text: string): string {
  const query = text.trim().replace(/\s*;$/, "");
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

function hasTextOverLines(text: string): boolean {
  const texts = text.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[^]*?\$\1\$|\/\*[^]*?\*\//g) ?? [];
  return texts.some((part) => part.includes("\n")) || /\n\s*--|--[^\n]*['"$]/.test(text);
}

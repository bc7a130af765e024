/** Tables of the tools themselves: the version table, and the book-keeping of TypeORM's `synchronize()`. */
const toolTables = "(?:alembic_version|alembic_version_steps|typeorm_metadata)";

/** In the text of `pg_dump`, and in the lines of `catalogSnapshot`. */
const aboutToolTables = [
  new RegExp(`^(?:CREATE TABLE|ALTER TABLE(?: ONLY)?) [\\w"]+\\.${toolTables}\\b[^;]*;\\n`, "gm"),
  new RegExp(`^(?:table|column|constraint|index) [\\w"]+\\.${toolTables}\\b.*\\n`, "gm"),
];

/** A dump without the tables of the tools. */
export function withoutToolTables(dump: string): string {
  return aboutToolTables.reduce((text, pattern) => text.replaceAll(pattern, ""), dump);
}

/** A dump with the lines of each table sorted: for tables whose columns came one after another. */
export function withSortedColumns(dump: string): string {
  return dump
    .replaceAll(
      /^(CREATE TABLE [^\n]*\()\n([^;]*)\n(\)[^\n]*;)$/gm,
      (_whole, head: string, body: string, end: string) => {
        const lines = body
          .split("\n")
          .map((line) => line.replace(/,$/, ""))
          .sort();
        return `${head}\n${lines.join("\n")}\n${end}`;
      },
    )
    .replaceAll(/(?:^column .*\n)+/gm, (columns) =>
      columns
        .replaceAll(/^(column \S+) +\d+ /gm, "$1 ")
        .split(/(?<=\n)/)
        .sort()
        .join(""),
    );
}

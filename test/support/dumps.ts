/** A dump, of `pg_dump` or of `catalogSnapshot`, without some tables. */
export function withoutTables(dump: string, tables: readonly string[]): string {
  const name = `[\\w"]+\\.(?:${tables.join("|")})`;
  return dump
    .replaceAll(new RegExp(`^(?:CREATE TABLE|ALTER TABLE(?: ONLY)?) ${name}\\b[^;]*;\\n`, "gm"), "")
    .replaceAll(new RegExp(`^(?:table|column|constraint|index) ${name}\\b.*\\n`, "gm"), "");
}

const versionTables = ["alembic_version", "alembic_version_steps"];

/** A dump without the version table, which TypeORM has not. */
export function withoutVersionTable(dump: string): string {
  return withoutTables(dump, versionTables);
}

/** A dump without the tables of the tools: the version table, and the book-keeping of TypeORM's `synchronize()`. */
export function withoutToolTables(dump: string): string {
  return withoutTables(dump, [...versionTables, "typeorm_metadata"]);
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

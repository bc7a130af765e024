import type { TypeormEntity, TypeormTable } from "../../typeorm/typeormTypes";

/**
 * Mends the defaults that TypeORM quotes without looking at them: `default: "it's"` becomes `'it's'`, which no server
 * takes. A text whose quotes are doubled already is left alone, since projects had to write it so.
 */
export function withQuotedDefaults(table: TypeormTable, entity: TypeormEntity): void {
  const given = new Map(entity.columns.map((column) => [column.databaseName, column.default]));
  for (const column of table.columns) {
    const value = given.get(column.name);
    const isLiteral = typeof value === "string" || Array.isArray(value);
    if (!isLiteral || column.default === undefined) {
      continue;
    }
    const text = /^'([^]*)'$/.exec(column.default)?.[1];
    if (text?.replaceAll("''", "").includes("'") === true) {
      column.default = `'${text.replaceAll("'", "''")}'`;
    }
  }
}

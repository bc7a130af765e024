import { quoteIdentifier } from "../quote";
import type { SqliteConstraint, SqliteKeyColumn, SqliteTableSnapshot } from "./tableModel";
import { isSameName, nameOf, sqliteTokens } from "./tokens";

/** A described table after SQLite has renamed a column of it. */
export function renameColumn(snapshot: SqliteTableSnapshot, from: string, to: string): SqliteTableSnapshot {
  const name = (own: string): string => (isSameName(own, from) ? to : own);
  const text = (sql: string): string => renameIn(sql, from, to);
  const key = (column: SqliteKeyColumn): SqliteKeyColumn => ({ ...column, name: name(column.name) });
  const constraint = (own: SqliteConstraint): SqliteConstraint => {
    switch (own.kind) {
      case "primaryKey":
      case "unique":
        return { ...own, columns: own.columns.map(key) };
      case "check":
        return { ...own, expression: text(own.expression) };
      case "foreignKey": {
        const isOwn = isSameName(own.referredTable, snapshot.table.name);
        const referred = isOwn && own.referredColumns !== undefined;
        return {
          ...own,
          columns: own.columns.map(name),
          ...(referred ? { referredColumns: own.referredColumns.map(name) } : {}),
        };
      }
    }
  };
  return {
    ...snapshot,
    table: {
      ...snapshot.table,
      columns: snapshot.table.columns.map((column) => ({
        ...column,
        name: name(column.name),
        ...(column.generated === undefined
          ? {}
          : { generated: { ...column.generated, expression: text(column.generated.expression) } }),
      })),
      constraints: snapshot.table.constraints.map(constraint),
    },
    indexes: snapshot.indexes.map((index) => {
      const start = index.sql.indexOf("(");
      return { ...index, sql: index.sql.slice(0, start) + text(index.sql.slice(start)) };
    }),
  };
}

function renameIn(sql: string, from: string, to: string): string {
  return [...sqliteTokens(sql)]
    .map((token) => {
      const written = token.kind === "string" ? undefined : nameOf(token);
      return written !== undefined && isSameName(written, from) ? quoteIdentifier(to) : token.text;
    })
    .join("");
}

import { present } from "../../operations/sparse";
import { quoteIdentifier } from "../quote";
import { words } from "../sqlText";
import type {
  SqliteColumn,
  SqliteConstraint,
  SqliteForeignKey,
  SqliteKeyColumn,
  SqliteTable,
} from "./tableModel";
import { TokenCursor } from "./tokenCursor";

/**
 * Reads the CREATE TABLE that `sqlite_master` has of a table. SQLite's pragmas tell no names of constraints, no CHECK
 * and no ON CONFLICT; the text has them all.
 *
 * @throws OperationError `invalid-sql` for a text that is no CREATE TABLE
 */
export function parseTable(sql: string): SqliteTable {
  const cursor = new TokenCursor(sql);
  cursor.expect("CREATE");
  if (!cursor.takes("TEMPORARY")) {
    cursor.takes("TEMP");
  }
  cursor.expect("TABLE");
  cursor.takes("IF", "NOT", "EXISTS");
  let name = cursor.name();
  if (cursor.takes(".")) {
    name = cursor.name();
  }
  const body = new TokenCursor(cursor.parenthesized());
  const columns: SqliteColumn[] = [];
  const constraints: SqliteConstraint[] = [];
  do {
    if (startsTableConstraint(body)) {
      constraints.push(tableConstraint(body));
    } else {
      columns.push(columnDefinition(body, constraints));
    }
    // SQLite lets the commas between table constraints be left out.
  } while (body.takes(",") || !body.isAtEnd);
  const options = cursor
    .textWhile(() => true)
    .split(",")
    .map((option) => option.trim().replace(/\s+/g, " ").toUpperCase())
    .filter((option) => option !== "");
  return { name, columns, constraints, options };
}

function startsTableConstraint(cursor: TokenCursor): boolean {
  return (
    cursor.sees("CONSTRAINT") ||
    cursor.sees("PRIMARY", "KEY") ||
    cursor.sees("UNIQUE") ||
    cursor.sees("CHECK") ||
    cursor.sees("FOREIGN", "KEY")
  );
}

function tableConstraint(cursor: TokenCursor): SqliteConstraint {
  const name = constraintName(cursor);
  if (cursor.takes("PRIMARY", "KEY")) {
    const { columns, autoincrement } = keyColumns(cursor.parenthesized());
    const conflict = conflictClause(cursor);
    return present<SqliteConstraint>({
      kind: "primaryKey",
      name,
      columns,
      conflict,
      isInline: autoincrement,
      autoincrement,
    });
  }
  if (cursor.takes("UNIQUE")) {
    const { columns } = keyColumns(cursor.parenthesized());
    return present<SqliteConstraint>({ kind: "unique", name, columns, conflict: conflictClause(cursor) });
  }
  if (cursor.takes("CHECK")) {
    const expression = cursor.parenthesized();
    conflictClause(cursor);
    return present<SqliteConstraint>({ kind: "check", name, expression });
  }
  cursor.expect("FOREIGN", "KEY");
  return foreignKey(cursor, name, nameList(cursor.parenthesized()));
}

function columnDefinition(cursor: TokenCursor, constraints: SqliteConstraint[]): SqliteColumn {
  const name = cursor.name();
  const type = cursor.textWhile(() => !startsColumnConstraint(cursor) && !cursor.sees(","));
  let column: SqliteColumn = { name, type };
  while (!cursor.isAtEnd && !cursor.sees(",") && !startsOnlyTableConstraint(cursor)) {
    column = columnConstraint(cursor, column, constraints);
  }
  return column;
}

/** Where the comma after the last column is left out. */
function startsOnlyTableConstraint(cursor: TokenCursor): boolean {
  return cursor.sees("FOREIGN", "KEY");
}

function startsColumnConstraint(cursor: TokenCursor): boolean {
  return (
    ["CONSTRAINT", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "NULL", "AS"].some((word) =>
      cursor.sees(word),
    ) ||
    cursor.sees("PRIMARY", "KEY") ||
    cursor.sees("NOT", "NULL") ||
    cursor.sees("GENERATED", "ALWAYS") ||
    cursor.sees("FOREIGN", "KEY")
  );
}

function columnConstraint(
  cursor: TokenCursor,
  column: SqliteColumn,
  constraints: SqliteConstraint[],
): SqliteColumn {
  const name = constraintName(cursor);
  if (cursor.takes("NOT", "NULL")) {
    const named = name === undefined ? undefined : `CONSTRAINT ${quoteIdentifier(name)}`;
    return { ...column, notNull: words(named, "NOT NULL", conflictClause(cursor)) };
  }
  if (cursor.takes("NULL")) {
    conflictClause(cursor);
    return column;
  }
  if (cursor.takes("DEFAULT")) {
    return { ...column, default: defaultText(cursor) };
  }
  if (cursor.takes("COLLATE")) {
    return { ...column, collation: cursor.name() };
  }
  if (cursor.takes("GENERATED", "ALWAYS", "AS") || cursor.takes("AS")) {
    const expression = cursor.parenthesized();
    const stored = cursor.takes("STORED");
    cursor.takes("VIRTUAL");
    return { ...column, generated: { expression, stored } };
  }
  constraints.push(constraintOfColumn(cursor, column.name, name));
  return column;
}

function constraintOfColumn(cursor: TokenCursor, column: string, name: string | undefined): SqliteConstraint {
  if (cursor.takes("PRIMARY", "KEY")) {
    const options = cursor.takes("ASC") ? "ASC" : cursor.takes("DESC") ? "DESC" : "";
    const conflict = conflictClause(cursor);
    const autoincrement = cursor.takes("AUTOINCREMENT");
    return present<SqliteConstraint>({
      kind: "primaryKey",
      name,
      columns: [{ name: column, options }],
      conflict,
      isInline: true,
      autoincrement,
    });
  }
  if (cursor.takes("UNIQUE")) {
    const columns = [{ name: column, options: "" }];
    return present<SqliteConstraint>({ kind: "unique", name, columns, conflict: conflictClause(cursor) });
  }
  if (cursor.takes("CHECK")) {
    const expression = cursor.parenthesized();
    conflictClause(cursor);
    return present<SqliteConstraint>({ kind: "check", name, expression });
  }
  return foreignKey(cursor, name, [column]);
}

function constraintName(cursor: TokenCursor): string | undefined {
  return cursor.takes("CONSTRAINT") ? cursor.name() : undefined;
}

function conflictClause(cursor: TokenCursor): string {
  return cursor.takes("ON", "CONFLICT") ? `ON CONFLICT ${cursor.name().toUpperCase()}` : "";
}

function defaultText(cursor: TokenCursor): string {
  if (cursor.sees("(")) {
    return `(${cursor.parenthesized()})`;
  }
  const sign = cursor.takes("-") ? "-" : cursor.takes("+") ? "+" : "";
  return sign + cursor.next().text;
}

function foreignKey(
  cursor: TokenCursor,
  name: string | undefined,
  columns: readonly string[],
): SqliteForeignKey {
  cursor.expect("REFERENCES");
  const referredTable = cursor.name();
  const referredColumns = cursor.sees("(") ? nameList(cursor.parenthesized()) : undefined;
  const clauses: string[] = [];
  for (let clause = referenceClause(cursor); clause !== undefined; clause = referenceClause(cursor)) {
    clauses.push(clause);
  }
  return present<SqliteForeignKey>({
    kind: "foreignKey",
    name,
    columns,
    referredTable,
    referredColumns,
    clauses: clauses.join(" "),
  });
}

const actions = [["CASCADE"], ["RESTRICT"], ["SET", "NULL"], ["SET", "DEFAULT"], ["NO", "ACTION"]] as const;

function referenceClause(cursor: TokenCursor): string | undefined {
  for (const event of ["DELETE", "UPDATE"]) {
    if (cursor.takes("ON", event)) {
      const action = actions.find((keywords) => cursor.takes(...keywords));
      return `ON ${event} ${action?.join(" ") ?? cursor.name()}`;
    }
  }
  if (cursor.takes("MATCH")) {
    return `MATCH ${cursor.name().toUpperCase()}`;
  }
  for (const keywords of [
    ["NOT", "DEFERRABLE"],
    ["DEFERRABLE"],
    ["INITIALLY", "DEFERRED"],
    ["INITIALLY", "IMMEDIATE"],
  ]) {
    if (cursor.takes(...keywords)) {
      return keywords.join(" ");
    }
  }
  return undefined;
}

function keyColumns(text: string): {
  readonly columns: readonly SqliteKeyColumn[];
  readonly autoincrement: boolean;
} {
  const cursor = new TokenCursor(text);
  const columns: SqliteKeyColumn[] = [];
  let autoincrement = false;
  do {
    const name = cursor.name();
    const options = cursor.textWhile(() => !cursor.sees(",") && !cursor.sees("AUTOINCREMENT"));
    autoincrement = cursor.takes("AUTOINCREMENT") || autoincrement;
    columns.push({ name, options });
  } while (cursor.takes(","));
  return { columns, autoincrement };
}

function nameList(text: string): readonly string[] {
  const cursor = new TokenCursor(text);
  const names: string[] = [];
  do {
    names.push(cursor.name());
  } while (cursor.takes(","));
  return names;
}

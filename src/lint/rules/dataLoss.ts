import type { Rule } from "../rule";
import { isChange, nodeOf, nodesOf, objectNames, relationName, tableChanges, typeText } from "../syntaxTree";
import { addedColumn } from "./columns";
import { changesOf, dropsOf, statementsOf } from "./finders";
import { narrows } from "./typeChanges";

/** Statements after which data is gone. */
export const dataLossRules: readonly Rule[] = [
  {
    code: "drop-table",
    level: "error",
    title: "DROP TABLE",
    happens: "All rows are lost, and whatever of the running application still uses the table fails.",
    safe: "First deploy an application that does not use the table. Then rename it, and drop it a release later, with a backup.",
    example: {
      flagged: "DROP TABLE users",
      safe: "COMMENT ON TABLE users IS 'not used since March; drop in June'",
    },
    find: dropsOf(["OBJECT_TABLE", "OBJECT_FOREIGN_TABLE"], (name) => `All rows of ${name} are lost.`),
  },
  {
    code: "drop-column",
    level: "error",
    title: "DROP COLUMN",
    happens:
      "All values of the column are lost, and whatever of the running application still selects or writes it fails.",
    safe: "First deploy an application whose entity does not have the column. Drop it a release later.",
    example: {
      flagged: "ALTER TABLE users DROP COLUMN phone",
      safe: "ALTER TABLE users ALTER COLUMN phone DROP NOT NULL",
    },
    find: changesOf((change, { before, isNew }) => {
      if (!isChange(change, "AT_DropColumn")) {
        return undefined;
      }
      const place = `${change.table}.${change.command.name ?? ""}`;
      const isOwn = before.some(({ node }) =>
        tableChanges(node).some(
          (other) => other.table === change.table && addedColumn(other)?.colname === change.command.name,
        ),
      );
      return !isOwn && !isNew(place) ? `All values of ${place} are lost.` : undefined;
    }),
  },
  {
    code: "column-dropped-and-added",
    level: "error",
    title: "Column dropped and added again",
    happens:
      "TypeORM writes a change of a column's type so. All its values are lost, though the column seems to be the same.",
    safe: "Change the type in place: `op.alterColumn` with `type`, and with `using` where PostgreSQL can't convert the values by itself.",
    example: {
      flagged: "ALTER TABLE users DROP COLUMN age; ALTER TABLE users ADD COLUMN age bigint",
      safe: "ALTER TABLE users ALTER COLUMN age TYPE bigint",
    },
    find: changesOf(({ table, command }, { before }, statement) => {
      const column = addedColumn({ table, command });
      if (column === undefined) {
        return undefined;
      }
      const isDropped = [...before, statement].some(({ node }) =>
        tableChanges(node).some(
          (other) =>
            other.table === table &&
            isChange(other, "AT_DropColumn") &&
            other.command.name === column.colname,
        ),
      );
      return isDropped
        ? `${table}.${column.colname ?? ""} is dropped and added again: all its values are lost.`
        : undefined;
    }),
  },
  {
    code: "drop-schema",
    level: "error",
    title: "DROP SCHEMA",
    happens: "With CASCADE, all tables of the schema are lost with it.",
    safe: "Drop its tables one by one, each a release after the application has stopped using it.",
    example: { flagged: "DROP SCHEMA archive CASCADE", safe: "CREATE SCHEMA archive" },
    find: dropsOf(
      ["OBJECT_SCHEMA"],
      (name) => `The schema ${name} goes, and all that it holds with CASCADE.`,
    ),
  },
  {
    code: "drop-database",
    level: "error",
    title: "DROP DATABASE",
    happens: "The database is lost.",
    safe: "A migration has no need of it: leave it to whoever runs the server.",
    example: { flagged: "DROP DATABASE reports", safe: "DROP INDEX CONCURRENTLY ix_reports" },
    find: statementsOf("DropdbStmt", ({ dbname }) => `The database ${dbname ?? ""} is lost.`),
  },
  {
    code: "drop-owned",
    level: "error",
    title: "DROP OWNED BY",
    happens: "All that the role owns is lost: tables, views, functions.",
    safe: "Hand it over first: REASSIGN OWNED BY.",
    example: { flagged: "DROP OWNED BY worker", safe: "REASSIGN OWNED BY worker TO admin" },
    find: statementsOf("DropOwnedStmt", ({ roles }) => {
      const names = nodesOf(roles, "RoleSpec").map(({ rolename = "" }) => rolename);
      return `All that ${names.join(", ")} owns is lost.`;
    }),
  },
  {
    code: "drop-cascade",
    level: "error",
    title: "CASCADE",
    happens:
      "Whatever depends on the object goes with it, without being named: views, foreign keys, columns, defaults.",
    safe: "Leave CASCADE out, and drop by name what PostgreSQL then lists.",
    example: { flagged: "DROP VIEW active_users CASCADE", safe: "DROP VIEW active_users" },
    find: (statement, around) => {
      const drop = nodeOf(statement.node, "DropStmt");
      const names = drop?.behavior === "DROP_CASCADE" ? objectNames(drop.objects) : [];
      const changes = tableChanges(statement.node).filter(
        ({ command }) => command.behavior === "DROP_CASCADE",
      );
      return [
        ...names
          .filter((name) => !around.isNew(name))
          .map((name) => `Whatever depends on ${name} goes with it.`),
        ...changes
          .filter(({ table }) => !around.isNew(table))
          .map(({ table, command }) => `Whatever depends on ${table}.${command.name ?? ""} goes with it.`),
      ];
    },
  },
  {
    code: "drop-sequence",
    level: "warning",
    title: "DROP SEQUENCE",
    happens: "Its position is lost: a new sequence starts again, and gives numbers that are already taken.",
    safe: "Drop it a release after the application has stopped using it; give a new one RESTART with the old position.",
    example: { flagged: "DROP SEQUENCE invoice_number", safe: "ALTER SEQUENCE invoice_number RESTART 1000" },
    find: dropsOf(["OBJECT_SEQUENCE"], (name) => `The position of ${name} is lost.`),
  },
  {
    code: "truncate",
    level: "error",
    title: "TRUNCATE",
    happens: "All rows are lost, under an ACCESS EXCLUSIVE lock.",
    safe: "Delete the rows that are to go, in batches.",
    example: {
      flagged: "TRUNCATE events",
      safe: "DELETE FROM events WHERE created_at < '2020-01-01' AND id < 1000",
    },
    find: statementsOf("TruncateStmt", ({ relations, behavior }, { isNew }) =>
      nodesOf(relations, "RangeVar")
        .map(relationName)
        .filter((name) => !isNew(name))
        .map((name) =>
          behavior === "DROP_CASCADE"
            ? `All rows of ${name} are lost, and those of all tables that refer to it.`
            : `All rows of ${name} are lost.`,
        ),
    ),
  },
  {
    code: "delete-without-where",
    level: "error",
    title: "DELETE without WHERE",
    happens: "All rows are lost, and all are locked until the transaction ends.",
    safe: "Say which rows, and delete many of them in batches.",
    example: { flagged: "DELETE FROM events", safe: "DELETE FROM events WHERE kind = 'test'" },
    find: statementsOf("DeleteStmt", ({ relation, whereClause, usingClause }, { isNew }) => {
      const name = relationName(relation);
      return whereClause !== undefined || (usingClause ?? []).length > 0 || isNew(name)
        ? undefined
        : `All rows of ${name} are lost.`;
    }),
  },
  {
    code: "column-type-narrows",
    level: "warning",
    title: "Column's type made smaller",
    happens:
      "The statement fails where a value does not fit. An explicit cast in USING cuts text off and rounds numbers, and says nothing.",
    safe: "First count the rows that do not fit, and mend them in a revision before.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN name TYPE varchar(20)",
      safe: "ALTER TABLE users ALTER COLUMN name TYPE text",
    },
    find: changesOf((change, { typeBefore }) => {
      const { table, command } = change;
      const name = command.name ?? "";
      const before = typeBefore(table, name);
      const after = typeText(nodeOf(command.def, "ColumnDef")?.typeName);
      return isChange(change, "AT_AlterColumnType") && narrows(before, after)
        ? `Values of ${table}.${name} may not fit: it was ${before ?? ""}, and becomes ${after}.`
        : undefined;
    }),
  },
];

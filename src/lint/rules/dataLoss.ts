import type { Rule } from "../rule";
import {
  attributeChanges,
  executedNodes,
  isChange,
  nodeOf,
  nodesOf,
  objectNames,
  relationName,
  tableChanges,
  typeText,
} from "../syntaxTree";
import { addedColumn } from "./columns";
import { anyOf, changesOf, dropsOf, statementsOf } from "./finders";
import { narrows } from "./typeChanges";

/** Statements after which data is gone. */
export const dataLossRules: readonly Rule[] = [
  {
    code: "drop-table",
    level: "error",
    title: "DROP TABLE",
    happens: "All rows are lost, and queries of the running application that still use the table fail.",
    safe: "First deploy an application that does not use the table. Drop the table a release later, after a backup.",
    example: {
      flagged: "DROP TABLE users",
      safe: "COMMENT ON TABLE users IS 'not used since March; drop in June'",
    },
    find: dropsOf(["OBJECT_TABLE"], (name) => `All rows of ${name} are lost.`),
  },
  {
    code: "drop-column",
    level: "error",
    title: "DROP COLUMN or DROP ATTRIBUTE",
    happens:
      "All values of the column, or of the composite type's attribute, are lost, and queries of the running application that still select or write it fail.",
    safe: "First deploy an application whose entity no longer has the column. Drop the column a release later.",
    example: {
      flagged: "ALTER TABLE users DROP COLUMN phone",
      safe: "ALTER TABLE users ALTER COLUMN phone DROP NOT NULL",
    },
    find: anyOf(
      changesOf((change, { before, isNew }) => {
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
      ({ node }, { isNew }) =>
        attributeChanges(node)
          .filter((change) => isChange(change, "AT_DropColumn") && !isNew(change.table))
          .map(({ table, command }) => `All values of ${table}.${command.name ?? ""} are lost.`),
    ),
  },
  {
    code: "column-dropped-and-added",
    level: "error",
    title: "Column dropped and added again",
    happens:
      "This is how TypeORM generates a change of a column's type. All values of the column are lost, although the column appears unchanged.",
    safe: "Change the type in place: use `op.alterColumn` with `type`, and add `using` if PostgreSQL cannot convert the values automatically.",
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
    happens:
      "With CASCADE, everything in the schema is lost. Without CASCADE, the statement fails unless the schema is empty.",
    safe: "Drop the tables by name, each a release after the application has stopped using it. Then drop the empty schema.",
    example: { flagged: "DROP SCHEMA archive CASCADE", safe: "CREATE SCHEMA archive" },
    find: (statement, around) =>
      dropsOf(["OBJECT_SCHEMA"], (name) =>
        nodeOf(statement.node, "DropStmt")?.behavior === "DROP_CASCADE"
          ? `Everything in the schema ${name} is lost.`
          : `This fails unless the schema ${name} is empty.`,
      )(statement, around),
  },
  {
    code: "drop-database",
    level: "error",
    title: "DROP DATABASE",
    happens: "The database is lost.",
    safe: "Do not drop databases in a revision. Leave that to the administrator of the server.",
    example: {
      flagged: "DROP DATABASE reports",
      safe: "ALTER DATABASE reports SET statement_timeout = '1min'",
    },
    find: statementsOf("DropdbStmt", ({ dbname }) => `The database ${dbname ?? ""} is lost.`),
  },
  {
    code: "drop-owned",
    level: "error",
    title: "DROP OWNED BY",
    happens:
      "Everything that the role owns in the database is dropped, including tables with their rows, and its privileges are revoked.",
    safe: "First give the objects to another role: REASSIGN OWNED BY … TO ….",
    example: { flagged: "DROP OWNED BY worker", safe: "REASSIGN OWNED BY worker TO admin" },
    find: statementsOf("DropOwnedStmt", ({ roles }) => {
      const names = nodesOf(roles, "RoleSpec").map(({ rolename = "" }) => rolename);
      return `Everything that ${names.join(", ")} owns is dropped.`;
    }),
  },
  {
    code: "drop-cascade",
    level: "error",
    title: "CASCADE",
    happens:
      "Everything that depends on the object is dropped too, although the statement does not name it: views, foreign keys, columns, defaults.",
    safe: "Leave CASCADE out. PostgreSQL then refuses and lists the dependent objects. Drop by name those that are no longer needed.",
    example: { flagged: "DROP VIEW active_users CASCADE", safe: "DROP VIEW active_users" },
    find: (statement, around) => {
      const drop = nodeOf(statement.node, "DropStmt");
      const names =
        drop?.behavior === "DROP_CASCADE" && drop.removeType !== "OBJECT_SCHEMA"
          ? objectNames(drop.objects)
          : [];
      const changes = [...tableChanges(statement.node), ...attributeChanges(statement.node)].filter(
        ({ command }) => command.behavior === "DROP_CASCADE" && command.subtype?.startsWith("AT_Drop"),
      );
      return [
        ...names
          .filter((name) => !around.isNew(name))
          .map((name) => `Everything that depends on ${name} is dropped too.`),
        ...changes
          .filter(({ table }) => !around.isNew(table))
          .map(
            ({ table, command }) =>
              `Everything that depends on ${table}.${command.name ?? ""} is dropped too.`,
          ),
      ];
    },
  },
  {
    code: "drop-sequence",
    level: "warning",
    title: "DROP SEQUENCE",
    happens:
      "The current value is lost: a new sequence starts at 1 and returns numbers that are already in use.",
    safe: "Drop the sequence a release after the application has stopped using it. If a new one replaces it, start that after the last value of the old one.",
    example: { flagged: "DROP SEQUENCE invoice_number", safe: "ALTER SEQUENCE invoice_number RESTART 1000" },
    find: dropsOf(["OBJECT_SEQUENCE"], (name) => `The current value of ${name} is lost.`),
  },
  {
    code: "truncate",
    level: "error",
    title: "TRUNCATE",
    happens:
      "All rows are lost. The ACCESS EXCLUSIVE lock waits for running queries and blocks new ones until the transaction ends.",
    safe: "Delete only the rows that you no longer need, in batches.",
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
            ? `All rows of ${name} are lost, and those of all tables that reference it.`
            : `All rows of ${name} are lost.`,
        ),
    ),
  },
  {
    code: "delete-without-where",
    level: "error",
    title: "DELETE without WHERE",
    happens: "All rows are lost, and stay locked until the transaction ends.",
    safe: "Add a WHERE clause, and delete large numbers of rows in batches.",
    example: { flagged: "DELETE FROM events", safe: "DELETE FROM events WHERE kind = 'test'" },
    find: ({ node }, { isNew }) =>
      executedNodes(node, "DeleteStmt")
        .filter(({ whereClause, usingClause = [] }) => whereClause === undefined && usingClause.length === 0)
        .map(({ relation }) => relationName(relation))
        .filter((name) => !isNew(name))
        .map((name) => `All rows of ${name} are lost.`),
  },
  {
    code: "column-type-narrows",
    level: "warning",
    title: "Column type made smaller",
    happens:
      "The statement fails if a value does not fit. Some values are changed without an error: fractions are rounded to the new scale or precision, a timestamp that becomes a date loses its time of day, and an explicit cast in USING truncates text.",
    safe: "First find the values that do not fit, and correct them in an earlier revision.",
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
        ? `Values of ${table}.${name} may not fit, or lose digits: its type changes from ${before ?? ""} to ${after}.`
        : undefined;
    }),
  },
];

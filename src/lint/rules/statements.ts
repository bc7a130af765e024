import type { Node } from "libpg-query";
import { tokenize } from "../../sqlText/lexer";
import type { LintStatement, Rule } from "../rule";
import { joinedName, nodeOf, nodesOf, relationName, tableChanges } from "../syntaxTree";
import { anyOf, statementsOf } from "./finders";

/** How statements go together, and with the transaction that they run in. */
export const statementRules: readonly Rule[] = [
  {
    code: "transaction-control",
    level: "error",
    title: "BEGIN, COMMIT or ROLLBACK",
    happens:
      "A run keeps its own transaction, with the version row in it. A statement that ends it is refused, so that the version table tells the truth.",
    safe: "Leave it out. For what must be committed by itself, use `op.autocommitBlock`.",
    example: { flagged: "COMMIT", safe: "SAVEPOINT before_rows" },
    find: statementsOf("TransactionStmt", ({ kind }) =>
      kind !== undefined && ownTransactions.has(kind) ? "The run refuses it." : undefined,
    ),
  },
  {
    code: "schema-and-data-together",
    level: "warning",
    title: "Rows changed in the transaction that locks the table",
    happens: "The lock that the change of the schema took is held while the rows are changed.",
    safe: "Change the rows in a separate revision, in batches, or in an `op.autocommitBlock`.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer; UPDATE users SET age = 0 WHERE id > 0",
      safe: "UPDATE users SET age = 0 WHERE id > 0",
    },
    find: (statement, { before, isNew }) => {
      const table = changedRows(statement.node);
      const isLocked =
        table !== undefined &&
        before.some(
          ({ node, isInTransaction }) =>
            isInTransaction && tableChanges(node).some((change) => change.table === table),
        );
      return isLocked && statement.isInTransaction && !isNew(table)
        ? [`${table} stays locked while its rows are changed.`]
        : [];
    },
  },
  {
    code: "update-without-where",
    level: "warning",
    title: "UPDATE without WHERE",
    happens:
      "All rows are written and locked in one statement: writers wait for it, and the table grows to twice its size.",
    safe: "Update in batches, each in a separate transaction.",
    example: { flagged: "UPDATE users SET age = 0", safe: "UPDATE users SET age = 0 WHERE age IS NULL" },
    find: statementsOf("UpdateStmt", ({ relation, whereClause, fromClause }, { isNew }) => {
      const table = relationName(relation);
      return whereClause !== undefined || (fromClause ?? []).length > 0 || isNew(table)
        ? undefined
        : `All rows of ${table} are written and locked in one statement.`;
    }),
  },
  {
    code: "enum-value-in-transaction",
    level: "warning",
    title: "ALTER TYPE … ADD VALUE in a transaction, before PostgreSQL 12",
    happens: "Before PostgreSQL 12, the server refuses it inside a transaction.",
    safe: "Put it in an `op.autocommitBlock`.",
    until: 12,
    example: {
      flagged: "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'",
      safe: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
    },
    find: statementsOf("AlterEnumStmt", ({ oldVal, typeName }, { isNew }, { isInTransaction }) =>
      oldVal === undefined && isInTransaction && !isNew(joinedName(typeName))
        ? "The server refuses it inside a transaction."
        : undefined,
    ),
  },
  {
    code: "duplicate-column-assignment",
    level: "error",
    title: "Column assigned twice",
    happens: "PostgreSQL refuses the statement.",
    safe: "Name each column once.",
    example: {
      flagged: "UPDATE users SET age = 1, age = 2 WHERE id = 1",
      safe: "UPDATE users SET age = 1, name = 'a' WHERE id = 1",
    },
    find: anyOf(
      statementsOf("UpdateStmt", ({ targetList }) => doubled(assigned(targetList))),
      statementsOf("InsertStmt", ({ cols }) => doubled(assigned(cols))),
    ),
  },
  {
    code: "name-too-long",
    level: "warning",
    title: "Name longer than 63 bytes",
    happens:
      "PostgreSQL cuts it off and says so in a notice only. Two names that begin alike become one, and what looks for the whole name does not find it.",
    safe: "Choose a shorter name.",
    example: {
      flagged: `ALTER TABLE users ADD COLUMN ${"a".repeat(64)} integer`,
      safe: `ALTER TABLE users ADD COLUMN ${"a".repeat(63)} integer`,
    },
    find: ({ text }) => [...longNames(text)].map((name) => `${name} is cut off.`),
  },
  {
    code: "unqualified-name",
    level: "off",
    title: "Table named without its schema",
    happens: "Which table is meant depends on the search_path of whoever runs the revision.",
    safe: "Name the schema.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer",
      safe: "ALTER TABLE app.users ADD COLUMN age integer",
    },
    find: ({ node }) => {
      const relation =
        nodeOf(node, "AlterTableStmt")?.relation ??
        nodeOf(node, "CreateStmt")?.relation ??
        nodeOf(node, "IndexStmt")?.relation;
      return relation === undefined || relation.schemaname !== undefined || relation.relpersistence === "t"
        ? []
        : [`${relation.relname ?? ""} is looked for in the search_path.`];
    },
  },
  {
    code: "security-definer-search-path",
    level: "warning",
    title: "SECURITY DEFINER function without a search_path",
    happens:
      "Whoever calls it chooses the search_path, and with it which tables and functions run with the owner's rights.",
    safe: "Add SET search_path = …, with pg_temp last (PostgreSQL's documentation, CREATE FUNCTION).",
    example: {
      flagged: "CREATE FUNCTION total() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
      safe: "CREATE FUNCTION total() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS 'SELECT 1'",
    },
    find: statementsOf("CreateFunctionStmt", ({ options, funcname }) => {
      const given = nodesOf(options, "DefElem");
      const isDefiner = given.some(
        ({ defname, arg }) => defname === "security" && nodeOf(arg, "Boolean")?.boolval === true,
      );
      const hasPath = given.some(
        ({ defname, arg }) => defname === "set" && nodeOf(arg, "VariableSetStmt")?.name === "search_path",
      );
      return isDefiner && !hasPath
        ? `Whoever calls ${joinedName(funcname)} chooses what its names mean.`
        : undefined;
    }),
  },
];

const ownTransactions: ReadonlySet<string> = new Set([
  "TRANS_STMT_BEGIN",
  "TRANS_STMT_START",
  "TRANS_STMT_COMMIT",
  "TRANS_STMT_ROLLBACK",
  "TRANS_STMT_PREPARE",
  "TRANS_STMT_COMMIT_PREPARED",
  "TRANS_STMT_ROLLBACK_PREPARED",
]);

/** The table whose rows an UPDATE or DELETE changes. */
function changedRows(node: LintStatement["node"]): string | undefined {
  const relation = nodeOf(node, "UpdateStmt")?.relation ?? nodeOf(node, "DeleteStmt")?.relation;
  return relation === undefined ? undefined : relationName(relation);
}

function assigned(targets: readonly Node[] | undefined): readonly string[] {
  return nodesOf(targets, "ResTarget").flatMap(({ name, indirection }) =>
    name === undefined || indirection !== undefined ? [] : [name],
  );
}

function doubled(names: readonly string[]): readonly string[] {
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(twice)].map((name) => `${name} is assigned twice.`);
}

const longest = 63;

function longNames(text: string): ReadonlySet<string> {
  const encoder = new TextEncoder();
  const found = new Set<string>();
  if (text.length > longest) {
    for (const { kind, text: token } of tokenize(text)) {
      const name = kind === "quotedName" ? token.slice(1, -1).replaceAll('""', '"') : token;
      if ((kind === "word" || kind === "quotedName") && encoder.encode(name).length > longest) {
        found.add(name);
      }
    }
  }
  return found;
}

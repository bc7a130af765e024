import type { Node, ObjectType } from "libpg-query";
import { tokenize } from "../../sqlText/lexer";
import type { LintStatement, Rule } from "../rule";
import {
  executedNodes,
  joinedName,
  nodeOf,
  nodesBelow,
  nodesOf,
  objectNames,
  relationName,
} from "../syntaxTree";
import { sameTransaction, statementsOf } from "./finders";
import { lockedTables } from "./lockedTables";

/** How statements combine, and with the transaction that they run in. */
export const statementRules: readonly Rule[] = [
  {
    code: "transaction-control",
    level: "error",
    title: "BEGIN, COMMIT or ROLLBACK",
    happens:
      "A run manages its own transaction, which includes the version table. It refuses statements that would start or end a transaction, so that the version table stays correct.",
    safe: "Leave it out. For statements that must be committed separately, use `op.autocommitBlock`.",
    example: { flagged: "COMMIT", safe: "SAVEPOINT before_rows" },
    find: statementsOf("TransactionStmt", ({ kind }) =>
      kind !== undefined && ownTransactions.has(kind) ? "The run refuses this statement." : undefined,
    ),
  },
  {
    code: "schema-and-data-together",
    level: "warning",
    title: "Rows changed in the transaction that locks the table",
    happens:
      "The lock that the schema change took is held until the rows are changed and the transaction ends.",
    safe: "Change the rows in an `op.autocommitBlock` or in a later run, in batches.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer; UPDATE users SET age = 0 WHERE id > 0",
      safe: "UPDATE users SET age = 0 WHERE id > 0",
    },
    find: (statement, { before, isNew }) => {
      const table = changedRows(statement.node);
      const isLocked =
        table !== undefined && sameTransaction(before).some(({ node }) => lockedTables(node).includes(table));
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
      "All rows are rewritten and stay locked until the transaction ends: other writers wait, and the table can grow to twice its size.",
    safe: "Update only the rows that need it, in batches, each in a separate transaction.",
    example: { flagged: "UPDATE users SET age = 0", safe: "UPDATE users SET age = 0 WHERE age IS NULL" },
    find: ({ node }, { isNew }) =>
      executedNodes(node, "UpdateStmt")
        .filter(({ whereClause, fromClause = [] }) => whereClause === undefined && fromClause.length === 0)
        .map(({ relation }) => relationName(relation))
        .filter((table) => !isNew(table))
        .map((table) => `All rows of ${table} are rewritten, and locked until the transaction ends.`),
  },
  {
    code: "enum-value-in-transaction",
    level: "warning",
    title: "ALTER TYPE … ADD VALUE in a transaction, before PostgreSQL 12",
    happens: "Before PostgreSQL 12, the server refuses to add an enum value inside a transaction.",
    safe: "Run it in an `op.autocommitBlock`.",
    until: 12,
    example: {
      flagged: "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'",
      safe: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
    },
    find: statementsOf("AlterEnumStmt", ({ oldVal, typeName }, { isNew }, { isInTransaction }) =>
      oldVal === undefined && isInTransaction && !isNew(joinedName(typeName))
        ? "The server refuses this inside a transaction."
        : undefined,
    ),
  },
  {
    code: "enum-value-used-in-transaction",
    level: "info",
    title: "Enum value used in the revision that adds it",
    happens:
      "PostgreSQL accepts a new enum value only after the transaction that added it is committed, so the revision is committed before the value is used. If the revision fails after that, the changes before it stay.",
    safe: "Add the value in an earlier revision that changes nothing else.",
    from: 12,
    example: {
      flagged:
        "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'; UPDATE users SET name = 'fine' WHERE name = 'ok'",
      safe: "UPDATE users SET name = 'fine' WHERE name = 'ok'",
    },
    find: (statement, { before, isNew }) => {
      const used = new Set(
        nodesBelow(statement.node, "A_Const").flatMap((value) =>
          "sval" in value ? (value.sval.sval ?? "") : [],
        ),
      );
      return statement.isInTransaction
        ? sameTransaction(before).flatMap(({ node }) => {
            const added = nodeOf(node, "AlterEnumStmt");
            const type = joinedName(added?.typeName);
            return added?.newVal !== undefined &&
              added.oldVal === undefined &&
              !isNew(type) &&
              used.has(added.newVal)
              ? [
                  `The revision is committed before '${added.newVal}' of ${type} is used. If it fails after that, the changes before it stay.`,
                ]
              : [];
          })
        : [];
    },
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
    find: ({ node }) => [
      ...nodesBelow(node, "UpdateStmt").flatMap(({ targetList }) => doubled(assigned(targetList))),
      ...nodesBelow(node, "InsertStmt").flatMap(({ cols, onConflictClause }) => [
        ...doubled(assigned(cols)),
        ...doubled(assigned(onConflictClause?.targetList)),
      ]),
      ...nodesBelow(node, "MergeWhenClause").flatMap(({ targetList }) => doubled(assigned(targetList))),
    ],
  },
  {
    code: "name-too-long",
    level: "warning",
    title: "Name longer than 63 bytes",
    happens:
      "PostgreSQL truncates the name and only reports a notice. Names with the same first 63 bytes collide, and tools that look for the full name do not find it.",
    safe: "Choose a shorter name.",
    example: {
      flagged: `ALTER TABLE users ADD COLUMN ${"a".repeat(64)} integer`,
      safe: `ALTER TABLE users ADD COLUMN ${"a".repeat(63)} integer`,
    },
    find: ({ text }) => [...longNames(text)].map((name) => `${name} is truncated.`),
  },
  {
    code: "unqualified-name",
    level: "off",
    title: "Table named without its schema",
    happens: "The table depends on the search_path of the role that runs the revision.",
    safe: "Qualify the name with its schema.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer",
      safe: "ALTER TABLE app.users ADD COLUMN age integer",
    },
    find: ({ node }) =>
      namedTables(node)
        .filter((name) => !name.includes("."))
        .map((name) => `${name} is resolved with the search_path.`),
  },
  {
    code: "security-definer-search-path",
    level: "warning",
    title: "SECURITY DEFINER function without a search_path",
    happens:
      "The function runs with its owner's privileges, but with the caller's search_path: a caller can make it use other tables and functions.",
    safe: "Add SET search_path = …, with trusted schemas only and pg_temp last (see CREATE FUNCTION in PostgreSQL's documentation).",
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
        ? `Callers of ${joinedName(funcname)} control its search_path.`
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

/** The tables that a statement creates, changes or drops, as it names them; temporary ones left out. */
function namedTables(node: Node): readonly string[] {
  const alter = nodeOf(node, "AlterTableStmt");
  const rename = nodeOf(node, "RenameStmt");
  const moved = nodeOf(node, "AlterObjectSchemaStmt");
  const drop = nodeOf(node, "DropStmt");
  const isTable = (type: ObjectType | undefined): boolean => type !== undefined && tables.includes(type);
  const relations = [
    isTable(alter?.objtype) ? alter?.relation : undefined,
    isTable(rename?.renameType) || isTable(rename?.relationType) ? rename?.relation : undefined,
    isTable(moved?.objectType) ? moved?.relation : undefined,
    nodeOf(node, "CreateStmt")?.relation,
    nodeOf(node, "CreateForeignTableStmt")?.base?.relation,
    nodeOf(node, "CreateTableAsStmt")?.into?.rel,
    nodeOf(node, "IndexStmt")?.relation,
    ...nodesOf(nodeOf(node, "TruncateStmt")?.relations, "RangeVar"),
  ].filter((relation) => relation !== undefined && relation.relpersistence !== "t");
  return [...relations.map(relationName), ...(isTable(drop?.removeType) ? objectNames(drop?.objects) : [])];
}

const tables: readonly ObjectType[] = [
  "OBJECT_TABLE",
  "OBJECT_TABCONSTRAINT",
  "OBJECT_FOREIGN_TABLE",
  "OBJECT_MATVIEW",
];

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

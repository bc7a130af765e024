import type { Rule } from "../rule";
import { isChange, nodeOf, nodesBelow, nodesOf, relationName } from "../syntaxTree";
import { changesOf, dropsOf, statementsOf } from "./finders";
import { lockedTables } from "./lockedTables";

const apart = "Put it into a separate revision, set `lockTimeout`, and run it when there is little traffic.";

/** Statements that lock out others for longer than they need to. */
export const lockRules: readonly Rule[] = [
  {
    code: "index-not-concurrent",
    level: "warning",
    title: "CREATE INDEX without CONCURRENTLY",
    happens: "Building an index takes a SHARE lock: nothing can write to the table until the index is built.",
    safe: "Build it with CONCURRENTLY: `concurrently: true`. It then runs outside the transaction.",
    example: {
      flagged: "CREATE INDEX ix_users_email ON users (email)",
      safe: "CREATE INDEX CONCURRENTLY ix_users_email ON users (email)",
    },
    find: statementsOf("IndexStmt", ({ relation, concurrent, idxname }, { isNew }) => {
      const table = relationName(relation);
      return concurrent === true || isNew(table)
        ? undefined
        : `Building the index${idxname === undefined ? "" : ` ${idxname}`} blocks writes to ${table} until it is built.`;
    }),
  },
  {
    code: "drop-index-not-concurrent",
    level: "warning",
    title: "DROP INDEX without CONCURRENTLY",
    happens:
      "Dropping an index takes an ACCESS EXCLUSIVE lock on its table: it waits for all queries, and all later ones wait for it.",
    safe: "Drop it with CONCURRENTLY: `concurrently: true`. It then runs outside the transaction.",
    example: { flagged: "DROP INDEX ix_users_email", safe: "DROP INDEX CONCURRENTLY ix_users_email" },
    find: (statement, around) =>
      nodeOf(statement.node, "DropStmt")?.concurrent === true
        ? []
        : dropsOf(
            ["OBJECT_INDEX"],
            (name) => `Dropping the index ${name} locks out reads and writes of its table.`,
          )(statement, around),
  },
  {
    code: "reindex-not-concurrent",
    level: "warning",
    title: "REINDEX without CONCURRENTLY",
    happens: "Rebuilding an index blocks writes to the table, and reads that would use the index.",
    safe: "Write REINDEX … CONCURRENTLY.",
    from: 12,
    example: { flagged: "REINDEX INDEX ix_users_email", safe: "REINDEX INDEX CONCURRENTLY ix_users_email" },
    find: statementsOf("ReindexStmt", ({ params, relation, name }) =>
      nodesOf(params, "DefElem").some(({ defname }) => defname === "concurrently")
        ? undefined
        : `Rebuilding ${relation === undefined ? (name ?? "the indexes") : relationName(relation)} blocks writes to the table, and reads by the index.`,
    ),
  },
  {
    code: "detach-partition-not-concurrent",
    level: "warning",
    title: "DETACH PARTITION without CONCURRENTLY",
    happens:
      "Detaching a partition takes an ACCESS EXCLUSIVE lock on the partitioned table and the partition.",
    safe: "Detach it with CONCURRENTLY: `concurrently: true`. It then runs outside the transaction.",
    from: 14,
    example: {
      flagged: "ALTER TABLE events DETACH PARTITION events_2020",
      safe: "ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY",
    },
    find: changesOf((change) => {
      const partition = nodeOf(change.command.def, "PartitionCmd");
      return isChange(change, "AT_DetachPartition") && partition?.concurrent !== true
        ? `Detaching ${relationName(partition?.name)} locks out reads and writes of ${change.table}.`
        : undefined;
    }),
  },
  {
    code: "attach-partition-scans",
    level: "warning",
    title: "ATTACH PARTITION of a table without a matching CHECK",
    happens:
      "Attaching a partition takes an ACCESS EXCLUSIVE lock on it, and reads all its rows to see whether they belong there.",
    safe: "First give the table a CHECK constraint that says what the bounds say, as NOT VALID, and validate it. PostgreSQL then reads no row.",
    example: {
      flagged: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM (1) TO (2)",
      safe: "ALTER TABLE events_2020 ADD CONSTRAINT in_range CHECK (id >= 1 AND id < 2) NOT VALID",
    },
    find: changesOf((change, { isNew, before }) => {
      const partition = isChange(change, "AT_AttachPartition")
        ? nodeOf(change.command.def, "PartitionCmd")
        : undefined;
      const name = relationName(partition?.name);
      const isValidated = before.some(
        ({ node }) =>
          relationName(nodeOf(node, "AlterTableStmt")?.relation) === name &&
          nodesBelow(node, "AlterTableCmd").some(({ subtype }) => subtype === "AT_ValidateConstraint"),
      );
      return partition === undefined || isNew(name) || isValidated
        ? undefined
        : `Attaching ${name} locks out its readers and writers while all its rows are checked.`;
    }),
  },
  {
    code: "refresh-not-concurrent",
    level: "warning",
    title: "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
    happens: "Nothing can read the view until it is computed.",
    safe: "Refresh it with `concurrently: true`. The view needs a unique index without a condition.",
    example: {
      flagged: "REFRESH MATERIALIZED VIEW totals",
      safe: "REFRESH MATERIALIZED VIEW CONCURRENTLY totals",
    },
    find: statementsOf("RefreshMatViewStmt", ({ concurrent, skipData, relation }, { isNew }) => {
      const view = relationName(relation);
      return concurrent === true || skipData === true || isNew(view)
        ? undefined
        : `Refreshing ${view} locks out its readers until it is computed.`;
    }),
  },
  {
    code: "trigger-locks-table",
    level: "info",
    title: "CREATE TRIGGER or DROP TRIGGER on a table in use",
    happens:
      "Creating a trigger takes a SHARE ROW EXCLUSIVE lock, which waits for all writes; dropping one takes ACCESS EXCLUSIVE, which waits for reads, too. All later queries wait for it.",
    safe: apart,
    example: {
      flagged: "CREATE TRIGGER audit BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION audit()",
      safe: "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
    },
    find: (statement, around) => {
      const create = nodeOf(statement.node, "CreateTrigStmt");
      const created = relationName(create?.relation);
      if (create !== undefined) {
        return around.isNew(created)
          ? []
          : [`Creating the trigger ${create.trigname ?? ""} waits for all writes to ${created}.`];
      }
      return dropsOf(["OBJECT_TRIGGER"], (name) => {
        const table = name.split(".").slice(0, -1).join(".");
        return around.isNew(table)
          ? undefined
          : `Dropping the trigger ${name.split(".").at(-1) ?? ""} locks out reads and writes of ${table}.`;
      })(statement, around);
    },
  },
  {
    code: "row-security-locks-table",
    level: "info",
    title: "Row level security switched on or off",
    happens:
      "It takes an ACCESS EXCLUSIVE lock, and without a policy nobody but the table's owner sees a row from then on.",
    safe: `Create the policies in the same transaction. ${apart}`,
    example: {
      flagged: "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
      safe: "CREATE POLICY own ON users USING (name = current_user)",
    },
    find: changesOf((change) =>
      isChange(
        change,
        "AT_EnableRowSecurity",
        "AT_DisableRowSecurity",
        "AT_ForceRowSecurity",
        "AT_NoForceRowSecurity",
      )
        ? `Changing the row level security of ${change.table} locks out its readers and writers, and changes which rows they see.`
        : undefined,
    ),
  },
  {
    code: "replace-view-locks",
    level: "info",
    title: "CREATE OR REPLACE VIEW of a view in use",
    happens:
      "Replacing a view takes an ACCESS EXCLUSIVE lock on it, which waits for all queries that read it.",
    safe: "Keep it apart from statements that lock tables, and set `lockTimeout`.",
    example: {
      flagged: "CREATE OR REPLACE VIEW active_users AS SELECT id FROM users",
      safe: "CREATE VIEW active_users_2 AS SELECT id FROM users",
    },
    find: statementsOf("ViewStmt", ({ replace, view }, { isNew }) => {
      const name = relationName(view);
      return replace === true && !isNew(name)
        ? `Replacing the view ${name} waits for all queries that read it.`
        : undefined;
    }),
  },
  {
    code: "lock-table",
    level: "warning",
    title: "LOCK TABLE",
    happens: "The lock is held to the end of the transaction, and all that it shuts out waits as long.",
    safe: "Leave it out: each statement takes the lock that it needs. Where you need it, name the weakest mode that does.",
    example: { flagged: "LOCK TABLE users", safe: "SELECT id FROM users FOR UPDATE" },
    find: statementsOf("LockStmt", ({ relations }, { isNew }) =>
      nodesOf(relations, "RangeVar")
        .map(relationName)
        .filter((name) => !isNew(name))
        .map((name) => `${name} stays locked to the end of the transaction.`),
    ),
  },
  {
    code: "many-tables-locked",
    level: "warning",
    title: "Several tables locked in one transaction",
    happens:
      "Each ACCESS EXCLUSIVE lock is held until the transaction ends. While it waits for the second table, the first one is locked, and an application that locks them in the other order deadlocks.",
    safe: "Give each table a revision, and set `transactionPerMigration`; or put each statement in an `op.autocommitBlock`.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN a integer; ALTER TABLE posts ADD COLUMN b integer",
      safe: "ALTER TABLE users ADD COLUMN a integer; ALTER TABLE users ADD COLUMN b integer",
    },
    find: (statement, { before, isNew }) => {
      const wanted = statement.isInTransaction
        ? lockedTables(statement.node).filter((name) => !isNew(name))
        : [];
      if (wanted.length === 0) {
        return [];
      }
      const earlier = new Set(
        before.filter(({ isInTransaction }) => isInTransaction).flatMap((each) => lockedTables(each.node)),
      );
      const others = [...earlier].filter((name) => !isNew(name));
      const first = wanted.find((name) => !earlier.has(name));
      return first !== undefined && others.length === 1
        ? [`${others.join(", ")} stays locked while this waits for ${first}.`]
        : [];
    },
  },
  {
    code: "no-lock-timeout",
    level: "off",
    title: "A lock without a lock_timeout",
    happens:
      "A statement that waits for a lock makes all later queries of the table wait behind it, for as long as the query lasts that it waits for.",
    safe: "Set `lockTimeout` in the configuration, with `lockRetries`, or run SET LOCAL lock_timeout first.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer",
      safe: "SET LOCAL lock_timeout = '5s'; ALTER TABLE users ADD COLUMN age integer",
    },
    find: (statement, { before, timeouts, isNew }) => {
      const [table] = lockedTables(statement.node).filter((name) => !isNew(name));
      return table === undefined ||
        timeouts.lock ||
        before.some(({ node }) => sets(node, "lock_timeout") || lockedTables(node).length > 0)
        ? []
        : [`Nothing limits how long this waits for the lock on ${table}.`];
    },
  },
  {
    code: "no-statement-timeout",
    level: "off",
    title: "A lock without a statement_timeout",
    happens: "A statement that takes longer than thought holds its locks for as long.",
    safe: "Set `statementTimeout` in the configuration, or run SET LOCAL statement_timeout first.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer",
      safe: "SET LOCAL statement_timeout = '1min'; ALTER TABLE users ADD COLUMN age integer",
    },
    find: (statement, { before, timeouts, isNew }) => {
      const [table] = lockedTables(statement.node).filter((name) => !isNew(name));
      return table === undefined ||
        timeouts.statement ||
        before.some(({ node }) => sets(node, "statement_timeout") || lockedTables(node).length > 0)
        ? []
        : [`Nothing limits how long this holds the lock on ${table}.`];
    },
  },
];

function sets(node: Parameters<typeof nodeOf>[0], setting: string): boolean {
  return nodeOf(node, "VariableSetStmt")?.name === setting;
}

import { partitionChange } from "../newerSyntax";
import type { LintStatement, LintSurroundings, Rule } from "../rule";
import { isChange, nodeOf, nodesOf, relationName } from "../syntaxTree";
import { changesOf, dropsOf, sameTransaction, statementsOf } from "./finders";
import { lockedObjects } from "./lockedObjects";
import { isBlockingReindex, lockedTables } from "./lockedTables";
import { isLimited } from "./timeouts";

const apart = "Put it into a separate revision, set `lockTimeout`, and run it at a time of low traffic.";

/** Statements that block others for longer than they need to. */
export const lockRules: readonly Rule[] = [
  {
    code: "index-not-concurrent",
    level: "warning",
    title: "CREATE INDEX without CONCURRENTLY",
    happens:
      "Building an index takes a SHARE lock on the table, which blocks writes until the transaction ends. A partitioned table does not allow CONCURRENTLY: create its index with ON ONLY, build one concurrently on each partition, and attach these.",
    safe: "Build it with CONCURRENTLY (`concurrently: true`), which runs outside the transaction.",
    example: {
      flagged: "CREATE INDEX ix_users_email ON users (email)",
      safe: "CREATE INDEX CONCURRENTLY ix_users_email ON users (email)",
    },
    find: statementsOf("IndexStmt", ({ relation, concurrent, idxname }, { isNew }) => {
      const table = relationName(relation);
      return concurrent === true || isNew(table)
        ? undefined
        : `Building the index${idxname === undefined ? "" : ` ${idxname}`} blocks writes to ${table}.`;
    }),
  },
  {
    code: "drop-index-not-concurrent",
    level: "warning",
    title: "DROP INDEX without CONCURRENTLY",
    happens:
      "Dropping an index takes an ACCESS EXCLUSIVE lock on its table: it waits for running transactions that use the table, and all later queries wait for it.",
    safe: "Drop it with CONCURRENTLY (`concurrently: true`), which runs outside the transaction.",
    example: { flagged: "DROP INDEX ix_users_email", safe: "DROP INDEX CONCURRENTLY ix_users_email" },
    find: (statement, around) =>
      nodeOf(statement.node, "DropStmt")?.concurrent === true
        ? []
        : dropsOf(
            ["OBJECT_INDEX"],
            (name) => `Dropping the index ${name} blocks reads and writes of its table.`,
          )(statement, around),
  },
  {
    code: "reindex-not-concurrent",
    level: "warning",
    title: "REINDEX without CONCURRENTLY",
    happens:
      "Rebuilding an index blocks writes to its table, and nearly all reads too, because planning a query locks every index of the table.",
    safe: "Add CONCURRENTLY, which runs outside the transaction.",
    from: 12,
    example: { flagged: "REINDEX INDEX ix_users_email", safe: "REINDEX INDEX CONCURRENTLY ix_users_email" },
    // REINDEX SYSTEM has no form with CONCURRENTLY.
    find: statementsOf("ReindexStmt", (reindex) => {
      const { kind, relation, name = "the indexes" } = reindex;
      return kind === "REINDEX_OBJECT_SYSTEM" || !isBlockingReindex(reindex)
        ? undefined
        : `Rebuilding ${relation === undefined ? name : relationName(relation)} blocks writes to the table and nearly all reads.`;
    }),
  },
  {
    code: "detach-partition-not-concurrent",
    level: "warning",
    title: "DETACH PARTITION without CONCURRENTLY",
    happens:
      "Detaching a partition takes an ACCESS EXCLUSIVE lock on the partitioned table and on the partition, which blocks reads and writes.",
    safe: "Detach it with CONCURRENTLY (`concurrently: true`), which runs outside the transaction. PostgreSQL refuses this if the table has a default partition.",
    from: 14,
    example: {
      flagged: "ALTER TABLE events DETACH PARTITION events_2020",
      safe: "ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY",
    },
    find: changesOf((change) => {
      const partition = nodeOf(change.command.def, "PartitionCmd");
      return isChange(change, "AT_DetachPartition") && partition?.concurrent !== true
        ? `Detaching ${relationName(partition?.name)} blocks reads and writes of ${change.table}.`
        : undefined;
    }),
  },
  {
    code: "attach-partition-scans",
    level: "warning",
    title: "ATTACH PARTITION of a table without a matching CHECK",
    happens:
      "Attaching takes an ACCESS EXCLUSIVE lock on the new partition and reads all its rows, to check that they are within the bounds. A default partition is locked and read too.",
    safe: "First add a CHECK constraint with the same bounds to the table as NOT VALID, and validate it. PostgreSQL then skips the scan. If there is a default partition, give it a CHECK constraint that excludes these bounds.",
    example: {
      flagged: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM (1) TO (2)",
      safe: "ALTER TABLE events_2020 ADD CONSTRAINT in_range CHECK (id >= 1 AND id < 2) NOT VALID",
    },
    find: changesOf((change, { isNew, isChecked }) => {
      const partition = isChange(change, "AT_AttachPartition")
        ? nodeOf(change.command.def, "PartitionCmd")
        : undefined;
      const name = relationName(partition?.name);
      return partition === undefined || isNew(name) || isChecked(name)
        ? undefined
        : `Attaching ${name} blocks reads and writes of it while all its rows are checked.`;
    }),
  },
  {
    code: "merge-or-split-partitions",
    level: "error",
    title: "MERGE PARTITIONS or SPLIT PARTITION",
    happens:
      "All rows of the partitions are copied into new partitions under an ACCESS EXCLUSIVE lock on the partitioned table, which blocks reads and writes of all its partitions.",
    safe: "Merge or split only small partitions, or run it while the table is not in use. To move many rows, detach the partitions with CONCURRENTLY, copy their rows into a new table, and attach that with a CHECK constraint that has its bounds.",
    example: {
      flagged: "ALTER TABLE events MERGE PARTITIONS (events_1, events_2) INTO events_old",
      safe: "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY",
    },
    find: statementsOf("LockStmt", ({ relations }, { isNew }, { text }) => {
      const kind = partitionChange(text);
      const [table = "", ...partitions] = nodesOf(relations, "RangeVar").map(relationName);
      return kind === undefined || isNew(table)
        ? undefined
        : `${kind === "merge" ? "Merging" : "Splitting"} ${partitions.join(", ")} copies all rows, and blocks reads and writes of ${table}.`;
    }),
  },
  {
    code: "refresh-not-concurrent",
    level: "warning",
    title: "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
    happens:
      "The ACCESS EXCLUSIVE lock blocks reads of the view until it is computed and the transaction ends.",
    safe: "Refresh it with CONCURRENTLY (`concurrently: true`). The view needs a unique index on plain columns, without WHERE, and must already have been populated.",
    example: {
      flagged: "REFRESH MATERIALIZED VIEW totals",
      safe: "REFRESH MATERIALIZED VIEW CONCURRENTLY totals",
    },
    find: statementsOf("RefreshMatViewStmt", ({ concurrent, skipData, relation }, { isNew }) => {
      const view = relationName(relation);
      return concurrent === true || skipData === true || isNew(view)
        ? undefined
        : `Refreshing ${view} blocks reads of it until it is computed.`;
    }),
  },
  {
    code: "trigger-locks-table",
    level: "info",
    title: "CREATE TRIGGER or DROP TRIGGER on a table in use",
    happens:
      "Creating a trigger takes a SHARE ROW EXCLUSIVE lock on the table, which waits for transactions that write and blocks later writes. Dropping one takes an ACCESS EXCLUSIVE lock, which waits for reads and blocks them too.",
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
          : [`Creating the trigger ${create.trigname ?? ""} blocks writes to ${created}.`];
      }
      return dropsOf(["OBJECT_TRIGGER"], (name) => {
        const table = name.split(".").slice(0, -1).join(".");
        return around.isNew(table)
          ? undefined
          : `Dropping the trigger ${name.split(".").at(-1) ?? ""} blocks reads and writes of ${table}.`;
      })(statement, around);
    },
  },
  {
    code: "row-security-locks-table",
    level: "info",
    title: "Row-level security switched on or off",
    happens:
      "The change takes an ACCESS EXCLUSIVE lock on the table. Once row-level security is enabled, roles that no policy admits see no rows; only superusers, roles with BYPASSRLS and (without FORCE) the table's owner are exempt.",
    safe: "Create the policies in the same transaction. Set `lockTimeout`, and run the revision at a time of low traffic.",
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
        ? `Changing the row-level security of ${change.table} blocks its reads and writes, and changes which rows roles see.`
        : undefined,
    ),
  },
  {
    code: "replace-view-locks",
    level: "info",
    title: "CREATE OR REPLACE VIEW of a view in use",
    happens:
      "Replacing a view takes an ACCESS EXCLUSIVE lock on it, which waits for running transactions that use the view and blocks later ones until the transaction ends.",
    safe: "Keep it out of transactions that also lock tables, and set `lockTimeout`.",
    example: {
      flagged: "CREATE OR REPLACE VIEW active_users AS SELECT id FROM users",
      safe: "CREATE VIEW active_users_2 AS SELECT id FROM users",
    },
    find: statementsOf("ViewStmt", ({ replace, view }, { isNew }) => {
      const name = relationName(view);
      return replace === true && view?.relpersistence !== "t" && !isNew(name)
        ? `Replacing the view ${name} blocks queries that read it.`
        : undefined;
    }),
  },
  {
    code: "lock-table",
    level: "warning",
    title: "LOCK TABLE",
    happens: "The lock is held until the transaction ends, and blocks conflicting statements until then.",
    safe: "Leave it out: each statement takes the lock that it needs. If you do need it, name the weakest mode that is sufficient; the default is ACCESS EXCLUSIVE.",
    example: { flagged: "LOCK TABLE users", safe: "SELECT id FROM users WHERE id = 1 FOR UPDATE" },
    find: statementsOf("LockStmt", ({ relations }, { isNew }, { text }) =>
      partitionChange(text) === undefined
        ? nodesOf(relations, "RangeVar")
            .map(relationName)
            .filter((name) => !isNew(name))
            .map((name) => `${name} stays locked until the transaction ends.`)
        : [],
    ),
  },
  {
    code: "many-tables-locked",
    level: "warning",
    title: "Several tables locked in one transaction",
    happens:
      "Each lock is held until the transaction ends. While the run waits for the second table, the first one stays locked, and an application that uses the tables in the opposite order can deadlock with it.",
    safe: "Use one revision per table and set `transactionPerMigration`, or run each statement in an `op.autocommitBlock`.",
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
      const earlier = new Set(sameTransaction(before).flatMap((each) => lockedTables(each.node)));
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
      "While a statement waits for a lock, all later queries that conflict with it queue up, even if what it waits for takes hours.",
    safe: "Set `lockTimeout` and `lockRetries` in the configuration, or run SET LOCAL lock_timeout first.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer",
      safe: "SET LOCAL lock_timeout = '5s'; ALTER TABLE users ADD COLUMN age integer",
    },
    find: (statement, around) =>
      around.timeouts.lock
        ? []
        : unlimited(statement, around, "lock_timeout").map(
            (locked) => `Nothing limits how long this waits for the lock on ${locked}.`,
          ),
  },
  {
    code: "no-statement-timeout",
    level: "off",
    title: "A lock without a statement_timeout",
    happens: "A statement that takes longer than expected holds its locks for all that time.",
    safe: "Set `statementTimeout` in the configuration, or run SET LOCAL statement_timeout first.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer",
      safe: "SET LOCAL statement_timeout = '1min'; ALTER TABLE users ADD COLUMN age integer",
    },
    find: (statement, around) =>
      around.timeouts.statement
        ? []
        : unlimited(statement, around, "statement_timeout").map(
            (locked) => `Nothing limits how long this holds the lock on ${locked}.`,
          ),
  },
];

/** What a statement locks without the timeout; told of the first statement of a revision that does. */
function unlimited(
  { node }: LintStatement,
  { before, isNew }: LintSurroundings,
  timeout: string,
): readonly string[] {
  const locked = (statement: LintStatement["node"]): readonly string[] =>
    lockedObjects(statement)
      .filter(({ name }) => !isNew(name))
      .map(({ said }) => said);
  return isLimited(before, timeout) || before.some((earlier) => locked(earlier.node).length > 0)
    ? []
    : locked(node).slice(0, 1);
}

import type { Difference } from "./comparison";

/** Why one of squawk and lint flags what the other does not. */
export interface DifferenceClass {
  readonly title: string;
  /** Of what is flagged by one only. */
  readonly flaggedBy: Difference["flaggedBy"];
  /** Of squawk; undefined for all. */
  readonly rules?: readonly string[];
  /** Of the statement. */
  readonly sql?: RegExp;
  /** Codes of lint, of which the statement has one. */
  readonly codes?: readonly string[];
  /** Of what its text says before the statement; the group is a name that the statement has too. */
  readonly after?: RegExp;
  readonly because: string;
}

const timeouts = ["require-lock-timeout", "require-statement-timeout"];

const madeBefore = /\bCREATE (?:TEMP )?(?:MATERIALIZED VIEW|TABLE|TYPE|DOMAIN|VIEW) (?:\w+\.)?"?(\w+)/i;

/** What is about one rule first. A difference belongs to the first that applies. */
export const differenceClasses: readonly DifferenceClass[] = [
  {
    title: "Only keys",
    flaggedBy: "squawk",
    rules: ["prefer-bigint-over-int", "prefer-bigint-over-smallint"],
    because:
      "squawk flags each integer column. Lint flags primary keys, which grow with each row; a width or a count does not.",
  },
  {
    title: "One rule for both sizes",
    flaggedBy: "ours",
    rules: ["prefer-bigint-over-smallint"],
    codes: ["integer-key"],
    because: "Lint has one rule for integer and smallint, squawk has one for each.",
  },
  {
    title: "Runs outside of the transaction",
    flaggedBy: "squawk",
    rules: ["ban-concurrent-index-creation-in-transaction"],
    because: "A run commits before a statement that PostgreSQL refuses in a transaction.",
  },
  {
    title: "Interrupted builds are repeated",
    flaggedBy: "squawk",
    rules: ["prefer-robust-stmts"],
    because:
      "IF NOT EXISTS accepts the invalid index that an interrupted build leaves. A run drops that index and builds it again.",
  },
  {
    title: "Evaluated once",
    flaggedBy: "squawk",
    rules: ["adding-field-with-default"],
    sql: /DEFAULT (?:jsonb_build_object|CURRENT_DATE|\('now'|CURRENT_USER|lower)/,
    because:
      "PostgreSQL evaluates a default that is not volatile once, and stores the value without rewriting the table.",
  },
  {
    title: "Computed when read",
    flaggedBy: "squawk",
    rules: ["adding-field-with-default"],
    sql: /GENERATED ALWAYS AS \(upper\(name\)\)(?: VIRTUAL)?$/,
    because: "Since PostgreSQL 18, a generated column is virtual unless it says STORED. No row changes.",
  },
  {
    title: "Numbered when added",
    flaggedBy: "ours",
    rules: ["adding-field-with-default"],
    codes: ["auto-increment-column-rewrites"],
    because: "The sequence of a new serial column gives each row a number, which rewrites the table.",
  },
  {
    title: "Constraint of a new column",
    flaggedBy: "squawk",
    rules: [
      "adding-foreign-key-constraint",
      "adding-serial-primary-key-field",
      "disallowed-unique-constraint",
    ],
    codes: ["column-with-constraint"],
    because:
      "Reported by column-with-constraint, because the constraint must be separated from the column first.",
  },
  {
    title: "Required by its key",
    flaggedBy: "ours",
    rules: ["adding-required-field"],
    sql: /PRIMARY KEY/,
    because: "A primary key makes its column NOT NULL, so that the statement fails if the table has rows.",
  },
  {
    title: "Not enforced",
    flaggedBy: "squawk",
    sql: /NOT ENFORCED$/,
    because: "PostgreSQL 18 does not check a NOT ENFORCED constraint, so it reads no row.",
  },
  {
    title: "Constraints that have no NOT VALID",
    flaggedBy: "squawk",
    rules: ["constraint-missing-not-valid"],
    codes: [
      "unique-constraint-builds-index",
      "primary-key-builds-index",
      "exclusion-constraint-builds-index",
      "not-null-scans",
    ],
    because:
      "UNIQUE, PRIMARY KEY and EXCLUDE build an index and cannot be NOT VALID. Lint reports them, and NOT NULL, by rules that name their safe form.",
  },
  {
    title: "NOT NULL as a constraint",
    flaggedBy: "ours",
    rules: ["adding-not-nullable-field"],
    sql: /ADD CONSTRAINT \w+ NOT NULL/,
    because: "ADD CONSTRAINT … NOT NULL reads the table as SET NOT NULL does.",
  },
  {
    title: "Nothing to check yet",
    flaggedBy: "squawk",
    rules: ["ban-alter-domain-with-add-constraint"],
    sql: /NOT VALID$/,
    because: "A constraint of a domain can be NOT VALID too; then no table is read.",
  },
  {
    title: "NOT NULL of a domain",
    flaggedBy: "ours",
    rules: ["ban-alter-domain-with-add-constraint"],
    sql: /^ALTER DOMAIN \w+ SET NOT NULL$/,
    because: "SET NOT NULL reads all tables that use the domain, as ADD CONSTRAINT does.",
  },
  {
    title: "No safe form in old versions",
    flaggedBy: "squawk",
    rules: ["adding-not-nullable-field", "require-concurrent-reindex", "require-concurrent-partition-detach"],
    sql: /SET NOT NULL$|^REINDEX|DETACH PARTITION/,
    because:
      "The server that `targetVersion` names has no safe form: a scan that a CHECK constraint saves (12), REINDEX CONCURRENTLY (12), DETACH CONCURRENTLY (14).",
  },
  {
    title: "Attribute of a type",
    flaggedBy: "ours",
    rules: ["ban-drop-column"],
    sql: /DROP ATTRIBUTE/,
    because: "Dropping an attribute loses its values as dropping a column does.",
  },
  {
    title: "Rows deleted without CASCADE",
    flaggedBy: "ours",
    rules: ["ban-truncate-cascade"],
    because: "TRUNCATE loses all rows of the tables that it names, with or without CASCADE.",
  },
  {
    title: "Any end of a transaction",
    flaggedBy: "ours",
    rules: ["ban-uncommitted-transaction"],
    because:
      "squawk looks for a BEGIN without COMMIT. A run refuses both; squawk reports most of these by transaction-nesting.",
  },
  {
    title: "Savepoints",
    flaggedBy: "squawk",
    rules: ["transaction-nesting"],
    sql: /^ROLLBACK TO SAVEPOINT/,
    because: "A savepoint does not end the transaction of the run.",
  },
  {
    title: "Prepared transactions",
    flaggedBy: "ours",
    rules: ["transaction-nesting"],
    sql: /^PREPARE TRANSACTION/,
    because: "PREPARE TRANSACTION ends the transaction of the run.",
  },
  {
    title: "Before REPACK",
    flaggedBy: "ours",
    rules: ["prefer-repack"],
    because:
      "squawk asks for REPACK, which PostgreSQL 19 has. The rewrite blocks all others in each version, and pg_repack avoids it.",
  },
  {
    title: "Column of a view",
    flaggedBy: "ours",
    rules: ["renaming-column"],
    sql: /^ALTER VIEW/,
    because: "A query of the view fails as a query of a table does.",
  },
  {
    title: "Switched off",
    flaggedBy: "ours",
    rules: ["require-concurrent-reindex"],
    sql: /CONCURRENTLY false/,
    because: "The option is false.",
  },
  {
    title: "Any relation",
    flaggedBy: "ours",
    rules: ["require-table-schema"],
    sql: /^(?:CREATE (?:UNIQUE )?INDEX|(?:CREATE|ALTER|DROP) (?:MATERIALIZED VIEW|FOREIGN TABLE)|TRUNCATE)/,
    because:
      "search_path decides which table an index, TRUNCATE, a materialized view or a foreign table means, too.",
  },
  {
    title: "REPACK",
    flaggedBy: "ours",
    rules: ["require-lock-timeout", "require-statement-timeout"],
    sql: /^REPACK/,
    because: "REPACK waits for its lock, and holds it, as CLUSTER does.",
  },
  {
    title: "Refused by PostgreSQL 18",
    flaggedBy: "ours",
    rules: ["syntax-error"],
    codes: ["syntax-error"],
    because: "squawk accepts SQL that PostgreSQL 18 refuses. Lint reads it with PostgreSQL's own grammar.",
  },
  {
    title: "Refused, so not checked",
    flaggedBy: "squawk",
    codes: ["syntax-error"],
    because: "Lint reports the syntax error and nothing else, because the statement never runs.",
  },
  {
    title: "Statements before the error",
    flaggedBy: "ours",
    sql: /^DROP TABLE cups; SELECT "never closed$/,
    because: "Lint checks the statements before a syntax error.",
  },
  {
    title: "DO blocks",
    flaggedBy: "ours",
    rules: ["syntax-error"],
    sql: /^DO /,
    because: "Neither looks into the body of a DO block. Lint says so.",
  },
  {
    title: "Another schema",
    flaggedBy: "ours",
    rules: ["constraint-missing-not-valid", "require-concurrent-index-creation"],
    after: /CREATE TABLE (?:\w+\.)?(\w+)/,
    because: "The new table has the same name in another schema; the statement may mean one in use.",
  },
  {
    title: "Timeouts set by a function",
    flaggedBy: "squawk",
    rules: timeouts,
    after: /SELECT set_config\('lock_timeout'()/,
    because: "set_config() sets a timeout as SET does.",
  },
  {
    title: "No timeout after all",
    flaggedBy: "ours",
    rules: timeouts,
    after: /(?:SET lock_timeout = 0|RESET lock_timeout)()/,
    because: "Zero, DEFAULT and RESET take the timeout away.",
  },
  {
    title: "Each statement",
    flaggedBy: "ours",
    rules: timeouts,
    after: /^(?:ALTER TYPE|CREATE UNIQUE INDEX CONCURRENTLY)()/,
    because:
      "squawk reports the first schema change of a text, here one that blocks nobody. Lint reports the one that takes a lock.",
  },
  {
    title: "Partition of a table in use",
    flaggedBy: "ours",
    rules: timeouts,
    sql: /^CREATE TABLE \w+ PARTITION OF/,
    because: "A new partition locks the partitioned table.",
  },
  {
    title: "New in the same run",
    flaggedBy: "squawk",
    after: madeBefore,
    because: "Nothing uses a table, view or type that the same run makes.",
  },
  {
    title: "Temporary table",
    flaggedBy: "squawk",
    sql: /\bpg_temp\./,
    because: "A temporary table belongs to the session of the run. Nothing else uses it.",
  },
  {
    title: "Blocks neither reads nor writes",
    flaggedBy: "squawk",
    rules: timeouts,
    sql: new RegExp(
      [
        "^(?:CREATE|ALTER|DROP) (?:OR REPLACE )?(?:TYPE|DOMAIN|FUNCTION|PROCEDURE|ROUTINE|AGGREGATE|EVENT TRIGGER|STATISTICS|SCHEMA|EXTENSION|DATABASE|ROLE|PUBLICATION|COLLATION|CAST|OPERATOR|TABLESPACE|ACCESS METHOD|TEXT SEARCH|SYSTEM|DEFAULT PRIVILEGES)",
        "^CREATE (?:(?:TEMP|RECURSIVE|MATERIALIZED) )?(?:VIEW|SEQUENCE|TABLE \\w+ AS|FOREIGN TABLE)",
        "^(?:COMMENT|LOAD|SELECT|VACUUM)",
        "CONCURRENTLY",
        "^ALTER INDEX \\w+ (?:RENAME|ALTER COLUMN)",
        "^ALTER TABLE \\w+ (?:VALIDATE|SET \\(|RESET|CLUSTER ON|ALTER COLUMN \\w+ SET (?:STATISTICS|\\())",
      ].join("|"),
    ),
    because:
      "squawk asks for timeouts before each schema change. Lint asks for them where the lock makes others wait who read or write a table.",
  },
];

/** The first class that a difference belongs to. */
export function classOf(difference: Difference): DifferenceClass | undefined {
  return differenceClasses.find((each) => belongs(difference, each));
}

function belongs({ rule, flaggedBy, statement }: Difference, each: DifferenceClass): boolean {
  const { sql, text, ours } = statement;
  return (
    each.flaggedBy === flaggedBy &&
    each.rules?.includes(rule) !== false &&
    each.sql?.test(sql) !== false &&
    (each.codes === undefined || each.codes.some((code) => ours.has(code))) &&
    (each.after === undefined || isAfter(sql, text.text, each.after))
  );
}

function isAfter(sql: string, text: string, pattern: RegExp): boolean {
  const name = pattern.exec(text.slice(0, text.lastIndexOf(sql)))?.[1];
  return name !== undefined && sql.toLowerCase().includes(name.toLowerCase());
}

import type { Constraint, Node } from "libpg-query";
import type { LintStatement, Rule } from "../rule";
import {
  addedConstraint,
  isChange,
  joinedName,
  nodeOf,
  nodesOf,
  relationName,
  strings,
  tableChanges,
  type TableChange,
} from "../syntaxTree";
import { addedColumn, constraintsOf } from "./columns";
import { changesOf, sameTransaction, statementsOf } from "./finders";

const inTwoSteps =
  "Add it as NOT VALID (`notValid: true`), then validate it with `op.validateConstraint` in an `op.autocommitBlock` or in a later run. Validating reads all rows, but blocks neither reads nor writes.";

/** Constraints whose check of the existing rows blocks others. */
export const constraintRules: readonly Rule[] = [
  {
    code: "check-constraint-scans",
    level: "warning",
    title: "CHECK constraint added without NOT VALID",
    happens:
      "All rows are checked under an ACCESS EXCLUSIVE lock, which blocks reads and writes of the table.",
    safe: inTwoSteps,
    example: {
      flagged: "ALTER TABLE users ADD CONSTRAINT ck_age CHECK (age >= 0)",
      safe: "ALTER TABLE users ADD CONSTRAINT ck_age CHECK (age >= 0) NOT VALID",
    },
    find: changesOf((change) => {
      const check = addedConstraint(change, "CONSTR_CHECK");
      return check === undefined || check.skip_validation === true || check.is_enforced !== true
        ? undefined
        : `Adding ${named(check)} blocks reads and writes of ${change.table} while all rows are checked.`;
    }),
  },
  {
    code: "foreign-key-scans",
    level: "warning",
    title: "Foreign key added without NOT VALID",
    happens:
      "All rows are checked under a SHARE ROW EXCLUSIVE lock on both tables, which blocks writes to both.",
    safe: inTwoSteps,
    example: {
      flagged: "ALTER TABLE posts ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id)",
      safe: "ALTER TABLE posts ADD CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID",
    },
    find: changesOf((change) => {
      const key = addedConstraint(change, "CONSTR_FOREIGN");
      return key === undefined || key.skip_validation === true || key.is_enforced !== true
        ? undefined
        : `Adding ${named(key)} blocks writes to ${change.table} and ${relationName(key.pktable)} while all rows are checked.`;
    }),
  },
  {
    code: "foreign-key-of-new-table",
    level: "info",
    title: "New table with a foreign key to a table in use",
    happens:
      "The referenced table gets a SHARE ROW EXCLUSIVE lock, which waits for transactions that write to it and blocks writes until this transaction ends.",
    safe: "Set `lockTimeout`, and create the foreign key at the end of the revision or in a separate run, so that the lock is short.",
    example: {
      flagged: "CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id))",
      safe: "CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint)",
    },
    find: statementsOf("CreateStmt", ({ tableElts, relation }, { isNew, isLockedBefore }) => {
      const keys = [
        ...nodesOf(tableElts, "Constraint"),
        ...nodesOf(tableElts, "ColumnDef").flatMap(constraintsOf),
      ].filter(({ contype }) => contype === "CONSTR_FOREIGN");
      const referred = new Set(keys.map(({ pktable }) => relationName(pktable)));
      return [...referred]
        .filter((name) => name !== relationName(relation) && !isNew(name) && !isLockedBefore(name))
        .map((name) => `The foreign key blocks writes to ${name} until the transaction ends.`);
    }),
  },
  {
    code: "unique-constraint-builds-index",
    level: "warning",
    title: "UNIQUE constraint added without USING INDEX",
    happens: "Its index is built under an ACCESS EXCLUSIVE lock, which blocks reads and writes of the table.",
    safe: "Create a unique index with CONCURRENTLY (`unique: true, concurrently: true`), then add the constraint with USING INDEX (`usingIndex`).",
    example: {
      flagged: "ALTER TABLE users ADD CONSTRAINT uq_email UNIQUE (email)",
      safe: "ALTER TABLE users ADD CONSTRAINT uq_email UNIQUE USING INDEX ix_email",
    },
    find: changesOf((change) => buildOfIndex(change, "CONSTR_UNIQUE")),
  },
  {
    code: "primary-key-builds-index",
    level: "warning",
    title: "PRIMARY KEY added without USING INDEX",
    happens:
      "Its index is built, and columns that allow NULL are checked, under an ACCESS EXCLUSIVE lock, which blocks reads and writes of the table.",
    safe: "Set the columns NOT NULL (see not-null-scans), create a unique index with CONCURRENTLY (`unique: true, concurrently: true`), then add the key with USING INDEX (`usingIndex`).",
    example: {
      flagged: "ALTER TABLE users ADD CONSTRAINT pk_users PRIMARY KEY (id)",
      safe: "ALTER TABLE users ADD CONSTRAINT pk_users PRIMARY KEY USING INDEX ix_id",
    },
    find: changesOf((change) => buildOfIndex(change, "CONSTR_PRIMARY")),
  },
  {
    code: "exclusion-constraint-builds-index",
    level: "warning",
    title: "EXCLUDE constraint added to a table in use",
    happens:
      "Its index is built under an ACCESS EXCLUSIVE lock, which blocks reads and writes of the table. PostgreSQL cannot build it concurrently.",
    safe: "Set `lockTimeout`, and run it at a time of low traffic.",
    example: {
      flagged: "ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =)",
      safe: "CREATE TABLE bookings (room int4range, CONSTRAINT no_overlap EXCLUDE USING gist (room WITH &&))",
    },
    find: changesOf((change) => buildOfIndex(change, "CONSTR_EXCLUSION")),
  },
  {
    code: "not-null-scans",
    level: "warning",
    title: "SET NOT NULL on a column in use",
    happens:
      "All rows are checked under an ACCESS EXCLUSIVE lock, which blocks reads and writes of the table.",
    safe: "Add CHECK (column IS NOT NULL) as NOT VALID, validate it in an `op.autocommitBlock` or in a later run, then set NOT NULL, which skips the scan because of the check, and drop the check. PostgreSQL 18 and later can add NOT NULL itself as NOT VALID: ADD CONSTRAINT … NOT NULL column NOT VALID.",
    from: 12,
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN email SET NOT NULL",
      safe: "ALTER TABLE users ADD CONSTRAINT email_there CHECK (email IS NOT NULL) NOT VALID",
    },
    find: changesOf((change, { isCheckedNotNull }) => {
      const { command, table } = change;
      const constraint = addedConstraint(change, "CONSTR_NOTNULL");
      const column = command.name ?? joinedName(constraint?.keys);
      return (isChange(change, "AT_SetNotNull") ||
        (constraint !== undefined && constraint.skip_validation !== true)) &&
        !isCheckedNotNull(table, column)
        ? `Making ${table}.${column} NOT NULL blocks reads and writes while all rows are checked.`
        : undefined;
    }),
  },
  {
    code: "column-with-constraint",
    level: "warning",
    title: "New column with UNIQUE, PRIMARY KEY, CHECK or REFERENCES",
    happens:
      "UNIQUE and PRIMARY KEY build an index, and CHECK reads all rows, under an ACCESS EXCLUSIVE lock. REFERENCES blocks writes to the referenced table, and reads all rows if the column has a default.",
    safe: "Add the column alone, then the constraint as its own rule describes (unique-constraint-builds-index, check-constraint-scans, foreign-key-scans).",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN email text UNIQUE",
      safe: "ALTER TABLE users ADD COLUMN email text",
    },
    find: changesOf((change) => {
      const column = addedColumn(change);
      return column === undefined
        ? undefined
        : constraintsOf(column).flatMap(({ contype = "CONSTR_NULL" }) => {
            const what = heavyConstraints.get(contype);
            return what === undefined ? [] : [`Adding ${change.table}.${column.colname ?? ""} with ${what}`];
          });
    }),
  },
  {
    code: "validated-in-same-transaction",
    level: "warning",
    title: "NOT VALID and VALIDATE in one transaction",
    happens:
      "The lock that adding the constraint took is held until the transaction ends, so also while all rows are checked. By default, all revisions of a run share one transaction.",
    safe: "Validate in an `op.autocommitBlock` or in a later run. With `transactionPerMigration`, a later revision is enough.",
    example: {
      flagged:
        "ALTER TABLE users ADD CONSTRAINT ck_age CHECK (age >= 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT ck_age",
      safe: "ALTER TABLE users VALIDATE CONSTRAINT ck_age",
    },
    find: (statement, { before, isNew }) =>
      validatedConstraints(statement.node)
        .filter(
          ({ table, name }) =>
            !isNew(table) &&
            statement.isInTransaction &&
            [...sameTransaction(before), statement].some((each) => addsUnchecked(each, table, name)),
        )
        .map(
          ({ table, name }) =>
            `The lock on ${table} that adding ${name} took is held while all rows are checked.`,
        ),
  },
  {
    code: "domain-constraint-scans",
    level: "warning",
    title: "Constraint added to a domain",
    happens:
      "All columns of the domain, in every table, are checked under a SHARE lock on these tables, which blocks writes.",
    safe: "Add it as NOT VALID and validate it in a later run, or put CHECK constraints on the tables instead. SET NOT NULL on a domain has no NOT VALID form.",
    example: {
      flagged: "ALTER DOMAIN age ADD CONSTRAINT ck_age CHECK (value >= 0)",
      safe: "ALTER DOMAIN age ADD CONSTRAINT ck_age CHECK (value >= 0) NOT VALID",
    },
    find: statementsOf("AlterDomainStmt", ({ subtype, typeName, def }, { isNew }) => {
      const name = joinedName(typeName);
      return (subtype === "C" && nodeOf(def, "Constraint")?.skip_validation !== true) || subtype === "O"
        ? isNew(name)
          ? undefined
          : `All columns of the domain ${name} are checked, which blocks writes to their tables.`
        : undefined;
    }),
  },
];

const heavyConstraints: ReadonlyMap<string, string> = new Map([
  ["CONSTR_UNIQUE", "UNIQUE blocks reads and writes until its index is built."],
  ["CONSTR_PRIMARY", "PRIMARY KEY blocks reads and writes until its index is built."],
  ["CONSTR_CHECK", "CHECK blocks reads and writes while all rows are checked."],
  ["CONSTR_FOREIGN", "REFERENCES blocks writes to the referenced table until the transaction ends."],
]);

type IndexedConstraint = "CONSTR_UNIQUE" | "CONSTR_PRIMARY" | "CONSTR_EXCLUSION";

/** What a constraint that builds an index of its own does meanwhile. */
function buildOfIndex(change: TableChange, type: IndexedConstraint): string | undefined {
  const added = addedConstraint(change, type);
  return added === undefined || added.indexname !== undefined
    ? undefined
    : `Adding ${named(added)} blocks reads and writes of ${change.table} until its index is built.`;
}

function named({ conname, contype }: Constraint): string {
  const what = constraintNames.get(contype ?? "CONSTR_NULL") ?? "the constraint";
  return conname === undefined ? what : `${what} ${conname}`;
}

const constraintNames: ReadonlyMap<string, string> = new Map([
  ["CONSTR_CHECK", "the CHECK constraint"],
  ["CONSTR_FOREIGN", "the foreign key"],
  ["CONSTR_UNIQUE", "the UNIQUE constraint"],
  ["CONSTR_PRIMARY", "the primary key"],
  ["CONSTR_EXCLUSION", "the EXCLUDE constraint"],
]);

function validatedConstraints(node: Node): readonly { readonly table: string; readonly name: string }[] {
  return tableChanges(node).flatMap((change: TableChange) =>
    isChange(change, "AT_ValidateConstraint")
      ? [{ table: change.table, name: change.command.name ?? "" }]
      : [],
  );
}

function addsUnchecked({ node, isInTransaction }: LintStatement, table: string, name: string): boolean {
  return (
    isInTransaction &&
    tableChanges(node).some((change) => {
      const constraint = isChange(change, "AT_AddConstraint")
        ? nodeOf(change.command.def, "Constraint")
        : undefined;
      return change.table === table && constraint?.conname === name && constraint.skip_validation === true;
    })
  );
}

/** The columns that `CHECK (column IS NOT NULL)` of a constraint covers. */
export function columnsCheckedNotNull(constraint: Constraint): readonly string[] {
  const test = nodeOf(constraint.raw_expr, "NullTest");
  const parts = nodeOf(constraint.raw_expr, "BoolExpr");
  const tests =
    parts?.boolop === "AND_EXPR" ? nodesOf(parts.args, "NullTest") : test === undefined ? [] : [test];
  return tests.flatMap(({ nulltesttype, arg }) =>
    nulltesttype === "IS_NOT_NULL" ? (strings(nodeOf(arg, "ColumnRef")?.fields).at(-1) ?? []) : [],
  );
}

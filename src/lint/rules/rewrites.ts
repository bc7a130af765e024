import type { Node } from "libpg-query";
import type { Rule } from "../rule";
import { isChange, isSwitchedOn, nodeOf, nodesOf, relationName, strings, typeText } from "../syntaxTree";
import {
  addedColumn,
  constraintsOf,
  defaultOf,
  hasConstraint,
  isSerial,
  kindOfDefault,
  unknownFunctions,
} from "./columns";
import { changesOf, statementsOf } from "./finders";
import { typeChange } from "./typeChanges";

const step =
  "Add the column without the default and let it be NULL, set the default for new rows, fill the existing rows in batches, then set NOT NULL (see not-null-scans).";

/** Whether USING is more than the column itself, or its cast: then even a type that stays the same is rewritten. */
function isComputed(using: Node | undefined, column: string): boolean {
  const inner = nodeOf(using, "TypeCast")?.arg ?? using;
  const name = strings(nodeOf(inner, "ColumnRef")?.fields).at(-1);
  return inner !== undefined && name !== column;
}

/** Statements that rewrite a whole table with all its indexes, while nobody can use it. */
export const rewriteRules: readonly Rule[] = [
  {
    code: "column-type-rewrites",
    level: "error",
    title: "Change of a column type that rewrites the table",
    happens:
      "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock, which blocks reads and writes. Only changes that widen a type avoid the rewrite: a longer varchar, varchar to text, a larger numeric precision with the same scale, a larger timestamp precision, cidr to inet.",
    safe: "Add a column of the new type, write to both columns, fill the new one in batches, switch the application to it, then drop the old one.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN id TYPE bigint",
      safe: "ALTER TABLE users ADD COLUMN new_id bigint",
    },
    find: changesOf((change, { typeBefore }) => {
      const { table, command } = change;
      const column = isChange(change, "AT_AlterColumnType") ? nodeOf(command.def, "ColumnDef") : undefined;
      if (column === undefined) {
        return undefined;
      }
      const name = command.name ?? "";
      const before = typeBefore(table, name);
      const after = typeText(column.typeName);
      switch (isComputed(column.raw_default, name) ? "computed" : typeChange(before, after)) {
        case "computed":
          return `Computing ${table}.${name} with USING rewrites the table and its indexes, and blocks reads and writes.`;
        case "free":
          return undefined;
        case "rewrites":
          return `Changing ${table}.${name} from ${before ?? ""} to ${after} rewrites the table and its indexes, and blocks reads and writes.`;
        case "rewrites-unless-utc":
          return {
            message: `Changing ${table}.${name} from ${before ?? ""} to ${after} rewrites the table and blocks reads and writes, unless the session's TimeZone is UTC.`,
            certainly: `Changing ${table}.${name} from ${before ?? ""} to ${after} rewrites the table and blocks reads and writes.`,
            dependsOn: "time zone",
          };
        case "unknown":
          return {
            message: `Changing ${table}.${name} to ${after} may rewrite the table and block reads and writes: its current type is not known. State it with existingType.`,
            certainly: `Changing ${table}.${name} to ${after} rewrites the table and its indexes, and blocks reads and writes.`,
            dependsOn: "column type",
          };
      }
    }),
  },
  {
    code: "volatile-default-rewrites",
    level: "error",
    title: "New column with a volatile default",
    happens:
      "A volatile default has a different value in each row, so PostgreSQL computes it for all existing rows: the table and its indexes are rewritten under an ACCESS EXCLUSIVE lock. Constants and now() need no rewrite.",
    safe: step,
    example: {
      flagged: "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()",
      safe: "ALTER TABLE users ADD COLUMN token uuid",
    },
    find: changesOf((change) => {
      const column = addedColumn(change);
      const expression = column && defaultOf(column);
      if (column === undefined || expression === undefined) {
        return undefined;
      }
      const place = `${change.table}.${column.colname ?? ""}`;
      const names = unknownFunctions(expression);
      switch (kindOfDefault(expression)) {
        case "constant":
          return undefined;
        case "volatile":
          return `Adding ${place} with a volatile default rewrites the table and its indexes, and blocks reads and writes.`;
        case "unknown":
          return {
            message: `Adding ${place} rewrites the table and blocks reads and writes if ${names.join(", ")} is volatile, as functions are unless declared otherwise.`,
            certainly: `Adding ${place} with a volatile default rewrites the table and its indexes, and blocks reads and writes.`,
            dependsOn: "function",
          };
      }
    }),
  },
  {
    code: "stored-generated-column-rewrites",
    level: "error",
    title: "New stored generated column",
    happens:
      "PostgreSQL computes the column for all existing rows: the table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Add a plain column that a trigger fills, and fill the existing rows in batches. PostgreSQL 18 and later can add the column as VIRTUAL instead, without a rewrite.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN double integer GENERATED ALWAYS AS (age * 2) STORED",
      safe: "ALTER TABLE users ADD COLUMN double integer",
    },
    find: changesOf((change) => {
      const column = addedColumn(change);
      const isStored =
        column !== undefined &&
        constraintsOf(column).some(
          ({ contype, generated_kind: kind }) => contype === "CONSTR_GENERATED" && kind !== "v",
        );
      return isStored
        ? `Adding the generated column ${change.table}.${column.colname ?? ""} rewrites the table and its indexes, and blocks reads and writes.`
        : undefined;
    }),
  },
  {
    code: "auto-increment-column-rewrites",
    level: "error",
    title: "New serial or identity column",
    happens:
      "Every existing row gets a number: the table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Add a plain bigint column, fill it in batches, set NOT NULL (see not-null-scans), then ADD GENERATED BY DEFAULT AS IDENTITY with START WITH above the highest number.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY",
      safe: "ALTER TABLE users ADD COLUMN number bigint",
    },
    find: changesOf((change) => {
      const column = addedColumn(change);
      return column !== undefined && (isSerial(column) || hasConstraint(column, "CONSTR_IDENTITY"))
        ? `Adding ${change.table}.${column.colname ?? ""} numbers all existing rows, rewrites the table and its indexes, and blocks reads and writes.`
        : undefined;
    }),
  },
  {
    code: "constant-default-rewrites",
    level: "error",
    title: "New column with a default, before PostgreSQL 11",
    happens:
      "Before PostgreSQL 11, a new column with any default rewrites the table and its indexes under an ACCESS EXCLUSIVE lock.",
    safe: step,
    until: 11,
    example: {
      flagged: "ALTER TABLE users ADD COLUMN age integer DEFAULT 0",
      safe: "ALTER TABLE users ADD COLUMN age integer",
    },
    find: changesOf((change) => {
      const column = addedColumn(change);
      const expression = column && defaultOf(column);
      return expression !== undefined && kindOfDefault(expression) === "constant"
        ? `Adding ${change.table}.${column?.colname ?? ""} with a default rewrites the table and its indexes, and blocks reads and writes.`
        : undefined;
    }),
  },
  {
    code: "persistence-change-rewrites",
    level: "error",
    title: "SET LOGGED or SET UNLOGGED",
    happens: "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Create a new table, copy the rows in batches, then swap the names. Otherwise, run it while the table is not in use.",
    example: { flagged: "ALTER TABLE events SET LOGGED", safe: "CREATE TABLE events_2 (LIKE events)" },
    find: changesOf((change) =>
      isChange(change, "AT_SetLogged", "AT_SetUnLogged")
        ? `${change.table} and its indexes are rewritten, which blocks reads and writes.`
        : undefined,
    ),
  },
  {
    code: "storage-move-rewrites",
    level: "error",
    title: "SET TABLESPACE or SET ACCESS METHOD",
    happens: "The whole table is copied under an ACCESS EXCLUSIVE lock, which blocks reads and writes.",
    safe: "Use pg_repack, which can move a table to another tablespace while it is in use. Otherwise, run it while the table is not in use.",
    example: {
      flagged: "ALTER TABLE events SET TABLESPACE fast",
      safe: "CREATE TABLE events_2 (LIKE events) TABLESPACE fast",
    },
    find: changesOf((change) =>
      isChange(change, "AT_SetTableSpace", "AT_SetAccessMethod")
        ? `${change.table} is copied, which blocks reads and writes.`
        : undefined,
    ),
  },
  {
    code: "vacuum-full-rewrites",
    level: "error",
    title: "VACUUM FULL",
    happens: "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Run a plain VACUUM, or reclaim the space with pg_repack or, from PostgreSQL 19 on, with REPACK (CONCURRENTLY).",
    example: { flagged: "VACUUM FULL users", safe: "VACUUM users" },
    find: statementsOf("VacuumStmt", ({ options, rels }) =>
      nodesOf(options, "DefElem").some((option) => isSwitchedOn(option, "full"))
        ? `VACUUM FULL rewrites ${
            nodesOf(rels, "VacuumRelation")
              .map(({ relation }) => relationName(relation))
              .join(", ") || "every table"
          }, and blocks reads and writes.`
        : undefined,
    ),
  },
  {
    code: "cluster-rewrites",
    level: "error",
    title: "CLUSTER or REPACK",
    happens: "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Use pg_repack or, from PostgreSQL 19 on, REPACK (CONCURRENTLY). Otherwise, run it while the table is not in use.",
    example: {
      flagged: "CLUSTER users USING ix_users_email",
      safe: "ALTER TABLE users CLUSTER ON ix_users_email",
    },
    find: statementsOf("ClusterStmt", ({ relation }, { isNew }) => {
      const name = relationName(relation);
      return isNew(name)
        ? undefined
        : `${name === "" ? "Every clustered table" : name} is rewritten, which blocks reads and writes.`;
    }),
  },
];

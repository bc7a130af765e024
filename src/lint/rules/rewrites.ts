import type { Rule } from "../rule";
import { isChange, nodeOf, nodesOf, relationName, typeText } from "../syntaxTree";
import {
  addedColumn,
  constraintsOf,
  defaultOf,
  functionNames,
  hasConstraint,
  isSerial,
  kindOfDefault,
} from "./columns";
import { changesOf, statementsOf } from "./finders";
import { typeChange } from "./typeChanges";

const step =
  "Add the column without it and allow NULL, set the default, fill the rows in batches, then set NOT NULL (see not-null-scans).";

/** Statements that write a whole table anew, with all its indexes, while nobody can use it. */
export const rewriteRules: readonly Rule[] = [
  {
    code: "column-type-rewrites",
    level: "error",
    title: "Change of a column's type that rewrites the table",
    happens:
      "All rows and all indexes are rewritten under an ACCESS EXCLUSIVE lock. Only what widens a type is free: varchar to a longer one or to text, numeric to a larger precision of the same scale, timestamp to a larger precision, cidr to inet.",
    safe: "Add a column of the new type, write to both, fill it in batches, then let the application read the new one and drop the old one.",
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
      switch (typeChange(before, after)) {
        case "free":
          return undefined;
        case "rewrites":
          return `Changing ${table}.${name} from ${before ?? ""} to ${after} rewrites the table and its indexes while nothing can read or write it.`;
        case "rewrites-unless-utc":
          return `Changing ${table}.${name} from ${before ?? ""} to ${after} rewrites the table, unless the session's TimeZone is UTC.`;
        case "unknown":
          return `Changing ${table}.${name} to ${after} may rewrite the table while nothing can read or write it: the revision does not say which type it had.`;
      }
    }),
  },
  {
    code: "volatile-default-rewrites",
    level: "error",
    title: "New column with a volatile default",
    happens:
      "A default that gives another value for each row is worked out for all rows at once: the table and its indexes are rewritten under an ACCESS EXCLUSIVE lock. A constant, and now(), are free.",
    safe: step,
    example: {
      flagged: "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()",
      safe: "ALTER TABLE users ADD COLUMN token uuid",
    },
    find: changesOf((change, { isNew }) => {
      const column = addedColumn(change);
      const expression = column && defaultOf(column);
      if (column === undefined || expression === undefined) {
        return undefined;
      }
      const place = `${change.table}.${column.colname ?? ""}`;
      const names = functionNames(expression).filter((name) => !isNew(name));
      switch (kindOfDefault(expression)) {
        case "constant":
          return undefined;
        case "volatile":
          return `Adding ${place} with a default for each row rewrites the table and its indexes while nothing can read or write it.`;
        case "unknown":
          return `Adding ${place} rewrites the table while nothing can read or write it if ${names.join(", ")} is volatile, which functions are unless they say otherwise.`;
      }
    }),
  },
  {
    code: "stored-generated-column-rewrites",
    level: "error",
    title: "New stored generated column",
    happens:
      "Its value is worked out for all rows at once: the table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Add a plain column that a trigger fills, and fill the rows there are in batches. From PostgreSQL 18 on, VIRTUAL instead of STORED is free.",
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
        ? `Adding the generated column ${change.table}.${column.colname ?? ""} rewrites the table and its indexes while nothing can read or write it.`
        : undefined;
    }),
  },
  {
    code: "auto-increment-column-rewrites",
    level: "error",
    title: "New serial or identity column",
    happens:
      "Each row gets its number at once: the table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Add a plain bigint column, fill it in batches, set NOT NULL (see not-null-scans), then ADD GENERATED … AS IDENTITY.",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY",
      safe: "ALTER TABLE users ADD COLUMN number bigint",
    },
    find: changesOf((change) => {
      const column = addedColumn(change);
      return column !== undefined && (isSerial(column) || hasConstraint(column, "CONSTR_IDENTITY"))
        ? `Adding ${change.table}.${column.colname ?? ""} numbers all rows, and rewrites the table and its indexes while nothing can read or write it.`
        : undefined;
    }),
  },
  {
    code: "constant-default-rewrites",
    level: "error",
    title: "New column with a default, before PostgreSQL 11",
    happens:
      "Before PostgreSQL 11, any default rewrites the table and its indexes under an ACCESS EXCLUSIVE lock.",
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
        ? `Adding ${change.table}.${column?.colname ?? ""} with a default rewrites the table and its indexes while nothing can read or write it.`
        : undefined;
    }),
  },
  {
    code: "persistence-change-rewrites",
    level: "error",
    title: "SET LOGGED or SET UNLOGGED",
    happens: "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Create a new table, copy the rows in batches, then swap the names; or run it when nothing uses the table.",
    example: { flagged: "ALTER TABLE events SET LOGGED", safe: "CREATE TABLE events_2 (LIKE events)" },
    find: changesOf((change) =>
      isChange(change, "AT_SetLogged", "AT_SetUnLogged")
        ? `It rewrites ${change.table} and its indexes while nothing can read or write it.`
        : undefined,
    ),
  },
  {
    code: "storage-move-rewrites",
    level: "error",
    title: "SET TABLESPACE or SET ACCESS METHOD",
    happens: "The whole table is copied under an ACCESS EXCLUSIVE lock.",
    safe: "Use pg_repack, which moves a table while it is in use; or run it when nothing uses the table.",
    example: {
      flagged: "ALTER TABLE events SET TABLESPACE fast",
      safe: "CREATE TABLE events_2 (LIKE events) TABLESPACE fast",
    },
    find: changesOf((change) =>
      isChange(change, "AT_SetTableSpace", "AT_SetAccessMethod")
        ? `It copies ${change.table} while nothing can read or write it.`
        : undefined,
    ),
  },
  {
    code: "vacuum-full-rewrites",
    level: "error",
    title: "VACUUM FULL",
    happens: "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Run a plain VACUUM, or use pg_repack, or REPACK (CONCURRENTLY) from PostgreSQL 19 on.",
    example: { flagged: "VACUUM FULL users", safe: "VACUUM users" },
    find: statementsOf("VacuumStmt", ({ options, rels }) =>
      nodesOf(options, "DefElem").some(({ defname }) => defname === "full")
        ? `It rewrites ${
            nodesOf(rels, "VacuumRelation")
              .map(({ relation }) => relationName(relation))
              .join(", ") || "every table"
          } while nothing can read or write it.`
        : undefined,
    ),
  },
  {
    code: "cluster-rewrites",
    level: "error",
    title: "CLUSTER",
    happens: "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock.",
    safe: "Use pg_repack, or REPACK (CONCURRENTLY) from PostgreSQL 19 on; or run it when nothing uses the table.",
    example: {
      flagged: "CLUSTER users USING ix_users_email",
      safe: "ALTER TABLE users CLUSTER ON ix_users_email",
    },
    find: statementsOf("ClusterStmt", ({ relation }, { isNew }) => {
      const name = relationName(relation);
      return isNew(name)
        ? undefined
        : `It rewrites ${name === "" ? "every clustered table" : name} while nothing can read or write it.`;
    }),
  },
];

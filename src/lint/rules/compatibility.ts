import type { ObjectType } from "libpg-query";
import type { Rule } from "../rule";
import { isChange, nodeOf, nodesOf, objectName, relationName, joinedName } from "../syntaxTree";
import type { TableChange } from "../syntaxTree";
import { addedColumn, defaultOf, hasConstraint, isSerial } from "./columns";
import { anyOf, changesOf, dropsOf, statementsOf } from "./finders";

const expand =
  "Expand, then contract: add the new one, switch the application to it, and drop the old one a release later.";
const releaseLater = "First deploy an application that does not use it. Drop it a release later.";

/** Changes that break the application that is running, or that is rolled back to. */
export const compatibilityRules: readonly Rule[] = [
  {
    code: "required-column-added",
    level: "error",
    title: "New column that is NOT NULL and has no default",
    happens:
      "The statement fails if the table has rows. If the table is empty, each INSERT of the running application fails, because it does not set the column.",
    safe: "Give the column a default. Otherwise, let it be NULL, fill the rows, and set NOT NULL later (see not-null-scans).",
    example: {
      flagged: "ALTER TABLE users ADD COLUMN email text NOT NULL",
      safe: "ALTER TABLE users ADD COLUMN email text NOT NULL DEFAULT ''",
    },
    find: changesOf((change) => {
      const column = addedColumn(change);
      const isRequired =
        column !== undefined &&
        (hasConstraint(column, "CONSTR_NOTNULL") || hasConstraint(column, "CONSTR_PRIMARY")) &&
        defaultOf(column) === undefined &&
        !isSerial(column) &&
        !hasConstraint(column, "CONSTR_IDENTITY") &&
        !hasConstraint(column, "CONSTR_GENERATED");
      return isRequired
        ? `This fails if ${change.table} has rows, and then each INSERT without ${column.colname ?? ""} fails.`
        : undefined;
    }),
  },
  {
    code: "rename-column",
    level: "warning",
    title: "Column renamed",
    happens: "Queries of the running application that use the old name fail.",
    safe: `${expand} To rename only the property of the entity, keep the column: \`@Column({ name: … })\`.`,
    example: {
      flagged: "ALTER TABLE users RENAME COLUMN name TO full_name",
      safe: "ALTER TABLE users ADD COLUMN full_name text",
    },
    find: statementsOf("RenameStmt", ({ renameType, relation, subname, newname }, { isNew }) => {
      const table = relationName(relation);
      return renameType === "OBJECT_COLUMN" && !isNew(table)
        ? `Queries that use ${table}.${subname ?? ""} fail: its name is now ${newname ?? ""}.`
        : undefined;
    }),
  },
  {
    code: "rename-table",
    level: "warning",
    title: "Table renamed",
    happens: "Queries of the running application that use the old name fail.",
    safe: "In the same transaction, create a view with the old name that selects from the renamed table; writes to such a simple view reach the table. Drop the view a release later.",
    example: {
      flagged: "ALTER TABLE users RENAME TO accounts",
      safe: "ALTER TABLE users RENAME TO accounts; CREATE VIEW users AS SELECT * FROM accounts",
    },
    find: statementsOf("RenameStmt", ({ renameType, relation, newname }, { isNew, all }) => {
      const table = relationName(relation);
      const isKept = all.some(({ node }) => relationName(nodeOf(node, "ViewStmt")?.view) === table);
      return renameType === "OBJECT_TABLE" && !isNew(table) && !isKept
        ? `Queries that use ${table} fail: its name is now ${newname ?? ""}.`
        : undefined;
    }),
  },
  {
    code: "rename-schema",
    level: "warning",
    title: "Schema renamed",
    happens:
      "Queries of the running application that name the schema fail, and a search_path that contains it no longer finds its objects.",
    safe: expand,
    example: { flagged: "ALTER SCHEMA app RENAME TO core", safe: "CREATE SCHEMA core" },
    find: statementsOf("RenameStmt", ({ renameType, subname, newname }, { isNew }) =>
      renameType === "OBJECT_SCHEMA" && !isNew(subname ?? "")
        ? `Queries that use the schema ${subname ?? ""} fail: its name is now ${newname ?? ""}.`
        : undefined,
    ),
  },
  {
    code: "rename-object",
    level: "warning",
    title: "View, routine, type or sequence renamed",
    happens: "Queries of the running application that use the old name fail.",
    safe: expand,
    example: {
      flagged: "ALTER VIEW active_users RENAME TO users_active",
      safe: "CREATE VIEW users_active AS SELECT * FROM active_users",
    },
    find: statementsOf("RenameStmt", ({ renameType, relation, object, subname, newname }, { isNew }) => {
      const name = relation === undefined ? objectName(object) : relationName(relation);
      const oldName = renameType === "OBJECT_ATTRIBUTE" ? `${name}.${subname ?? ""}` : name;
      return renameType !== undefined && renamedObjects.includes(renameType) && !isNew(name)
        ? `Queries that use ${oldName} fail: its name is now ${newname ?? ""}.`
        : undefined;
    }),
  },
  {
    code: "rename-enum-value",
    level: "warning",
    title: "Value of an enum renamed",
    happens:
      "The running application fails when it writes the old value, and does not recognize the new one when it reads it.",
    safe: "Add the new value, deploy an application that knows both, then update the rows.",
    example: {
      flagged: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
      safe: "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'",
    },
    find: statementsOf("AlterEnumStmt", ({ typeName, oldVal, newVal }, { isNew }) =>
      oldVal === undefined || isNew(joinedName(typeName))
        ? undefined
        : `Queries that use the value ${oldVal} of ${joinedName(typeName)} fail: it is now ${newVal ?? ""}.`,
    ),
  },
  {
    code: "change-schema",
    level: "warning",
    title: "SET SCHEMA",
    happens:
      "Queries of the running application that name the object with its old schema, or find it by the search_path, fail.",
    safe: "For a table or view, create a view with the same name in the old schema, and drop it a release later. For other objects, create the new one beside the old one, and drop that a release later.",
    example: {
      flagged: "ALTER TABLE users SET SCHEMA core",
      safe: "CREATE VIEW core.users AS SELECT * FROM users",
    },
    find: statementsOf("AlterObjectSchemaStmt", ({ relation, object, newschema }, { isNew }) => {
      const name = relation === undefined ? objectName(object) : relationName(relation);
      return isNew(name)
        ? undefined
        : `Queries that expect ${name} in its old schema fail: it is now in ${newschema ?? ""}.`;
    }),
  },
  dropRule(
    "drop-view",
    "warning",
    "DROP VIEW, MATERIALIZED VIEW or FOREIGN TABLE",
    "view or foreign table",
    ["OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE"],
    {
      flagged: "DROP VIEW active_users",
      safe: "CREATE VIEW active_users_2 AS SELECT id FROM users",
    },
  ),
  dropRule(
    "drop-function",
    "warning",
    "DROP FUNCTION, PROCEDURE or AGGREGATE",
    "routine",
    ["OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE"],
    {
      flagged: "DROP FUNCTION total(integer)",
      safe: "CREATE FUNCTION total(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1'",
    },
  ),
  dropRule("drop-type", "warning", "DROP TYPE", "type", ["OBJECT_TYPE"], {
    flagged: "DROP TYPE mood",
    safe: "CREATE TYPE mood_2 AS ENUM ('ok')",
  }),
  dropRule("drop-domain", "warning", "DROP DOMAIN", "domain", ["OBJECT_DOMAIN"], {
    flagged: "DROP DOMAIN age",
    safe: "CREATE DOMAIN age_2 AS integer",
  }),
  dropRule("drop-extension", "warning", "DROP EXTENSION", "extension", ["OBJECT_EXTENSION"], {
    flagged: "DROP EXTENSION pg_trgm",
    safe: "CREATE EXTENSION IF NOT EXISTS pg_trgm",
  }),
  dropRule("drop-trigger", "off", "DROP TRIGGER", "trigger", ["OBJECT_TRIGGER"], {
    flagged: "DROP TRIGGER audit ON users",
    safe: "ALTER TABLE users DISABLE TRIGGER audit",
  }),
  {
    code: "drop-constraint",
    level: "info",
    title: "DROP CONSTRAINT",
    happens:
      "Rows that violate the constraint can be written from then on, and an ON CONFLICT clause that relies on it fails. Adding it again has to check all rows.",
    safe: releaseLater,
    example: {
      flagged: "ALTER TABLE users DROP CONSTRAINT uq_email",
      safe: "ALTER TABLE users RENAME CONSTRAINT uq_email TO unique_email",
    },
    find: changesOf((change, { isNewConstraint }) =>
      isChange(change, "AT_DropConstraint") && !isNewConstraint(change.table, change.command.name ?? "")
        ? `Rows that violate ${change.command.name ?? ""} can then be written to ${change.table}.`
        : undefined,
    ),
  },
  {
    code: "drop-default",
    level: "info",
    title: "DROP DEFAULT",
    happens:
      "An INSERT of the running application that leaves the column out stores NULL, or fails if the column is NOT NULL.",
    safe: "First deploy an application that always sets the column.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN age DROP DEFAULT",
      safe: "ALTER TABLE users ALTER COLUMN age SET DEFAULT 0",
    },
    find: changesOf((change) =>
      isChange(change, "AT_ColumnDefault") && change.command.def === undefined
        ? `An INSERT without ${change.table}.${change.command.name ?? ""} then stores NULL, or fails.`
        : undefined,
    ),
  },
  {
    code: "default-changed",
    level: "off",
    title: "SET DEFAULT",
    happens:
      "Rows that the running application inserts without the column get the new default at once. Existing rows keep their values.",
    safe: "Check that both the running and the next version of the application work with the new default.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN age SET DEFAULT 1",
      safe: "ALTER TABLE users ADD COLUMN age_2 integer DEFAULT 1",
    },
    find: changesOf((change) =>
      isChange(change, "AT_ColumnDefault") && change.command.def !== undefined
        ? `New rows of ${change.table} get a different ${change.command.name ?? ""}.`
        : undefined,
    ),
  },
  {
    code: "drop-not-null",
    level: "info",
    title: "DROP NOT NULL",
    happens: "The running application may read a NULL that it does not expect.",
    safe: "First deploy an application that handles NULL.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL",
      safe: "ALTER TABLE users ALTER COLUMN email SET DEFAULT ''",
    },
    find: changesOf((change) =>
      isChange(change, "AT_DropNotNull")
        ? `The running application may read NULL from ${change.table}.${change.command.name ?? ""}.`
        : undefined,
    ),
  },
  {
    code: "generation-dropped",
    level: "warning",
    title: "DROP IDENTITY, SET GENERATED ALWAYS or DROP EXPRESSION",
    happens:
      "After DROP IDENTITY or DROP EXPRESSION, PostgreSQL no longer fills the column: an INSERT without it fails or stores NULL. After SET GENERATED ALWAYS, an INSERT that sets the column fails.",
    safe: "First deploy an application that sets the column itself or, for SET GENERATED ALWAYS, never sets it.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN id DROP IDENTITY",
      safe: "ALTER TABLE users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY",
    },
    find: changesOf((change) =>
      isChange(change, "AT_DropIdentity", "AT_DropExpression")
        ? `An INSERT without ${change.table}.${change.command.name ?? ""} then fails, or stores NULL.`
        : becomesAlways(change)
          ? `An INSERT that sets ${change.table}.${change.command.name ?? ""} then fails.`
          : undefined,
    ),
  },
  {
    code: "enum-value-position",
    level: "info",
    title: "Value added to an enum without BEFORE or AFTER",
    happens: "The value is added at the end, so ORDER BY and comparisons place it after all others.",
    safe: "State the position with BEFORE or AFTER: AFTER the last value if the end is intended.",
    example: {
      flagged: "ALTER TYPE mood ADD VALUE 'fine'",
      safe: "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'",
    },
    find: statementsOf("AlterEnumStmt", ({ typeName, oldVal, newVal, newValNeighbor }, { isNew }) =>
      oldVal === undefined && newValNeighbor === undefined && !isNew(joinedName(typeName))
        ? `The value ${newVal ?? ""} is added at the end of ${joinedName(typeName)}.`
        : undefined,
    ),
  },
  {
    code: "privileges-changed",
    level: "info",
    title: "Owner or privileges changed",
    happens: "The application's role may lose the right to read, write or alter the object.",
    safe: "Have the change reviewed. Grant the new privilege before you revoke the old one.",
    example: { flagged: "REVOKE SELECT ON users FROM app", safe: "GRANT SELECT ON users TO app" },
    find: anyOf(
      statementsOf("GrantStmt", ({ is_grant: isGrant, objects }, { isNew }) => {
        const names = (objects ?? []).map((object) => {
          const relation = nodeOf(object, "RangeVar");
          return relation === undefined ? objectName(object) : relationName(relation);
        });
        return isGrant === true || names.every(isNew)
          ? undefined
          : `Roles that need this privilege on ${names.join(", ")} lose access.`;
      }),
      statementsOf("GrantRoleStmt", ({ is_grant: isGrant, granted_roles: granted, grantee_roles: roles }) => {
        const names = nodesOf(roles, "RoleSpec").map(({ rolename = "the current role" }) => rolename);
        const lost = nodesOf(granted, "AccessPriv").map(({ priv_name: name = "" }) => name);
        return isGrant === true
          ? undefined
          : `The privileges of ${lost.join(", ")} are taken from ${names.join(", ")}.`;
      }),
      statementsOf("AlterOwnerStmt", ({ object, relation }, { isNew }) => {
        const name = relation === undefined ? objectName(object) : relationName(relation);
        return isNew(name) ? undefined : `Only members of the new owner can then alter ${name}.`;
      }),
      changesOf((change) =>
        isChange(change, "AT_ChangeOwner")
          ? `Only members of the new owner can then alter ${change.table}.`
          : undefined,
      ),
    ),
  },
  {
    code: "extension-updated",
    level: "info",
    title: "ALTER EXTENSION … UPDATE",
    happens: "Functions and types of the extension may change while the application runs.",
    safe: "Read the release notes of the extension, and put the update into a separate revision.",
    example: {
      flagged: "ALTER EXTENSION postgis UPDATE",
      safe: "CREATE EXTENSION IF NOT EXISTS postgis",
    },
    find: statementsOf(
      "AlterExtensionStmt",
      ({ extname }) => `Functions and types of ${extname ?? ""} may change while the application runs.`,
    ),
  },
];

/** SET GENERATED ALWAYS; other changes of an identity, such as RESTART, break no INSERT. */
function becomesAlways(change: TableChange): boolean {
  return (
    isChange(change, "AT_SetIdentity") &&
    nodesOf(nodeOf(change.command.def, "List")?.items, "DefElem").some(
      ({ defname, arg }) => defname === "generated" && nodeOf(arg, "Integer")?.ival === "a".charCodeAt(0),
    )
  );
}

const renamedObjects: readonly ObjectType[] = [
  "OBJECT_VIEW",
  "OBJECT_MATVIEW",
  "OBJECT_FUNCTION",
  "OBJECT_PROCEDURE",
  "OBJECT_ROUTINE",
  "OBJECT_AGGREGATE",
  "OBJECT_TYPE",
  "OBJECT_DOMAIN",
  "OBJECT_SEQUENCE",
  "OBJECT_ATTRIBUTE",
];

function dropRule(
  code: string,
  level: Rule["level"],
  title: string,
  what: string,
  types: readonly ObjectType[],
  example: Rule["example"],
): Rule {
  return {
    code,
    level,
    title,
    happens:
      what === "trigger"
        ? "What the trigger does for the running application, such as filling a column, no longer happens, nor for an older version after a rollback."
        : `Queries of the running application that still use the ${what} fail, and so do those of an older version after a rollback.`,
    safe: releaseLater,
    example,
    find: dropsOf(types, (name) => `The running application may still use ${name}.`),
  };
}

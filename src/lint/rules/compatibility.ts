import type { ObjectType } from "libpg-query";
import type { Rule } from "../rule";
import { isChange, nodeOf, objectName, relationName, joinedName } from "../syntaxTree";
import { addedColumn, defaultOf, hasConstraint, isSerial } from "./columns";
import { anyOf, changesOf, dropsOf, statementsOf } from "./finders";

const expand =
  "Expand, then contract: add the new one, let the application use it, and take the old one away a release later.";
const releaseLater = "First deploy an application that does not use it. Take it away a release later.";

/** Changes that the application which is running meanwhile, or is rolled back to, does not know. */
export const compatibilityRules: readonly Rule[] = [
  {
    code: "required-column-added",
    level: "error",
    title: "New column that is NOT NULL and has no default",
    happens:
      "It fails where the table has rows. Where it has none, each INSERT of the running application fails, which does not know the column.",
    safe: "Give it a default, or allow NULL, fill the rows, and set NOT NULL later (see not-null-scans).",
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
        ? `The rows of ${change.table} have no value for ${column.colname ?? ""}, nor has an INSERT of the running application.`
        : undefined;
    }),
  },
  {
    code: "rename-column",
    level: "warning",
    title: "Column renamed",
    happens: "The running application still selects and writes the old name, and fails.",
    safe: `${expand} A new name in the entity alone needs no rename: \`@Column({ name: … })\`.`,
    example: {
      flagged: "ALTER TABLE users RENAME COLUMN name TO full_name",
      safe: "ALTER TABLE users ADD COLUMN full_name text",
    },
    find: statementsOf("RenameStmt", ({ renameType, relation, subname, newname }, { isNew }) => {
      const table = relationName(relation);
      return renameType === "OBJECT_COLUMN" && !isNew(table)
        ? `The running application knows ${table}.${subname ?? ""}, and no ${newname ?? ""}.`
        : undefined;
    }),
  },
  {
    code: "rename-table",
    level: "warning",
    title: "Table renamed",
    happens: "The running application still uses the old name, and fails.",
    safe: "In the same transaction, create a view of the old name that selects from the new one; PostgreSQL passes writes on. Drop it a release later.",
    example: {
      flagged: "ALTER TABLE users RENAME TO accounts",
      safe: "CREATE VIEW accounts AS SELECT * FROM users",
    },
    find: statementsOf("RenameStmt", ({ renameType, relation, newname }, { isNew }) => {
      const table = relationName(relation);
      return renameType === "OBJECT_TABLE" && !isNew(table)
        ? `The running application knows ${table}, and no ${newname ?? ""}.`
        : undefined;
    }),
  },
  {
    code: "rename-schema",
    level: "warning",
    title: "Schema renamed",
    happens: "Whatever of the running application names the schema fails, and so do search paths.",
    safe: expand,
    example: { flagged: "ALTER SCHEMA app RENAME TO core", safe: "CREATE SCHEMA core" },
    find: statementsOf("RenameStmt", ({ renameType, subname, newname }, { isNew }) =>
      renameType === "OBJECT_SCHEMA" && !isNew(subname ?? "")
        ? `The running application knows the schema ${subname ?? ""}, and no ${newname ?? ""}.`
        : undefined,
    ),
  },
  {
    code: "rename-object",
    level: "warning",
    title: "View, routine, type or sequence renamed",
    happens: "The running application still uses the old name, and fails.",
    safe: expand,
    example: {
      flagged: "ALTER VIEW active_users RENAME TO users_active",
      safe: "CREATE VIEW users_active AS SELECT * FROM active_users",
    },
    find: statementsOf("RenameStmt", ({ renameType, relation, object, newname }, { isNew }) => {
      const name = relation === undefined ? objectName(object) : relationName(relation);
      return renameType !== undefined && renamedObjects.includes(renameType) && !isNew(name)
        ? `The running application knows ${name}, and no ${newname ?? ""}.`
        : undefined;
    }),
  },
  {
    code: "rename-enum-value",
    level: "warning",
    title: "Value of an enum renamed",
    happens:
      "The running application still writes the old value, and fails; what it reads, it does not know.",
    safe: "Add a value, let the application use it, and change the rows.",
    example: {
      flagged: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
      safe: "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'",
    },
    find: statementsOf("AlterEnumStmt", ({ typeName, oldVal, newVal }, { isNew }) =>
      oldVal === undefined || isNew(joinedName(typeName))
        ? undefined
        : `The running application knows the value ${oldVal} of ${joinedName(typeName)}, and no ${newVal ?? ""}.`,
    ),
  },
  {
    code: "change-schema",
    level: "warning",
    title: "SET SCHEMA",
    happens: "Whatever of the running application names the object with its old schema fails.",
    safe: "Leave a view of the old name in the old schema, and drop it a release later.",
    example: {
      flagged: "ALTER TABLE users SET SCHEMA core",
      safe: "CREATE VIEW core.users AS SELECT * FROM users",
    },
    find: statementsOf("AlterObjectSchemaStmt", ({ relation, object, newschema }, { isNew }) => {
      const name = relation === undefined ? objectName(object) : relationName(relation);
      return isNew(name)
        ? undefined
        : `The running application does not look for ${name} in ${newschema ?? ""}.`;
    }),
  },
  dropRule("drop-view", "warning", "DROP VIEW", "view", ["OBJECT_VIEW", "OBJECT_MATVIEW"], {
    flagged: "DROP VIEW active_users",
    safe: "CREATE VIEW active_users_2 AS SELECT id FROM users",
  }),
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
      "Rows that the constraint forbids may come in from then on, and an ON CONFLICT that names it fails. To add it again, all rows must be checked.",
    safe: releaseLater,
    example: {
      flagged: "ALTER TABLE users DROP CONSTRAINT uq_email",
      safe: "ALTER TABLE users RENAME CONSTRAINT uq_email TO unique_email",
    },
    find: changesOf((change) =>
      isChange(change, "AT_DropConstraint")
        ? `Rows that ${change.command.name ?? ""} forbids may come into ${change.table}.`
        : undefined,
    ),
  },
  {
    code: "drop-default",
    level: "info",
    title: "DROP DEFAULT",
    happens: "An INSERT of the running application that leaves the column out gets NULL, or fails.",
    safe: "First deploy an application that always gives a value.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN age DROP DEFAULT",
      safe: "ALTER TABLE users ALTER COLUMN age SET DEFAULT 0",
    },
    find: changesOf((change) =>
      isChange(change, "AT_ColumnDefault") && change.command.def === undefined
        ? `An INSERT without ${change.table}.${change.command.name ?? ""} gets NULL, or fails.`
        : undefined,
    ),
  },
  {
    code: "default-changed",
    level: "off",
    title: "SET DEFAULT",
    happens: "What the running application inserts without the column changes at once.",
    safe: "Make sure that the application of before and that of after both work with it.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN age SET DEFAULT 1",
      safe: "ALTER TABLE users ADD COLUMN age_2 integer DEFAULT 1",
    },
    find: changesOf((change) =>
      isChange(change, "AT_ColumnDefault") && change.command.def !== undefined
        ? `New rows of ${change.table} get another ${change.command.name ?? ""}.`
        : undefined,
    ),
  },
  {
    code: "drop-not-null",
    level: "info",
    title: "DROP NOT NULL",
    happens: "The running application may read a NULL that it does not expect.",
    safe: "First deploy an application that reads NULL.",
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
    title: "DROP IDENTITY, SET GENERATED or DROP EXPRESSION",
    happens:
      "The column is no longer filled as before: an INSERT of the running application fails, or leaves it empty.",
    safe: "First deploy an application that writes the column itself.",
    example: {
      flagged: "ALTER TABLE users ALTER COLUMN id DROP IDENTITY",
      safe: "ALTER TABLE users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY",
    },
    find: changesOf((change) =>
      isChange(change, "AT_DropIdentity", "AT_SetIdentity", "AT_DropExpression")
        ? `${change.table}.${change.command.name ?? ""} is no longer filled as before.`
        : undefined,
    ),
  },
  {
    code: "enum-value-position",
    level: "info",
    title: "Value added to an enum without BEFORE or AFTER",
    happens: "It comes last, and what is ordered by the column shows it there.",
    safe: "Say where it belongs: AFTER the last value if that is meant.",
    example: {
      flagged: "ALTER TYPE mood ADD VALUE 'fine'",
      safe: "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'",
    },
    find: statementsOf("AlterEnumStmt", ({ typeName, oldVal, newVal, newValNeighbor }, { isNew }) =>
      oldVal === undefined && newValNeighbor === undefined && !isNew(joinedName(typeName))
        ? `The value ${newVal ?? ""} comes last in ${joinedName(typeName)}.`
        : undefined,
    ),
  },
  {
    code: "privileges-changed",
    level: "info",
    title: "Owner or privileges changed",
    happens: "The role that the application connects as may no longer read, write or change the object.",
    safe: "Let somebody review it. Grant the new right before the old one is revoked.",
    example: { flagged: "REVOKE SELECT ON users FROM app", safe: "GRANT SELECT ON users TO app" },
    find: anyOf(
      statementsOf("GrantStmt", ({ is_grant: isGrant, objects }, { isNew }) => {
        const names = (objects ?? []).map((object) => {
          const relation = nodeOf(object, "RangeVar");
          return relation === undefined ? objectName(object) : relationName(relation);
        });
        return isGrant === true || names.every(isNew)
          ? undefined
          : `Whoever used ${names.join(", ")} by the privilege fails.`;
      }),
      statementsOf("AlterOwnerStmt", ({ object, relation }, { isNew }) => {
        const name = relation === undefined ? objectName(object) : relationName(relation);
        return isNew(name) ? undefined : `Only the new owner can change ${name}.`;
      }),
      changesOf((change) =>
        isChange(change, "AT_ChangeOwner") ? `Only the new owner can change ${change.table}.` : undefined,
      ),
    ),
  },
  {
    code: "extension-updated",
    level: "info",
    title: "ALTER EXTENSION … UPDATE",
    happens: "Functions and types of the extension change under the running application.",
    safe: "Read the extension's notes on the version, and put the update into a separate revision.",
    example: {
      flagged: "ALTER EXTENSION postgis UPDATE",
      safe: "CREATE EXTENSION IF NOT EXISTS postgis",
    },
    find: statementsOf(
      "AlterExtensionStmt",
      ({ extname }) => `What ${extname ?? ""} does may change under the running application.`,
    ),
  },
];

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
    happens: `Whatever of the running application still uses the ${what} fails, and so does an application that is rolled back.`,
    safe: releaseLater,
    example,
    find: dropsOf(types, (name) => `The running application may still use the ${what} ${name}.`),
  };
}

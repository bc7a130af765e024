import type { Operation } from "./operation";
import type { DropPolicy } from "./records/policy";
import type { CreateFunction, DropTrigger } from "./records/routine";
import type { CreateSchema, DropExtension, DropSchema } from "./records/schema";
import type { EnumColumn, ReplaceEnum } from "./records/type";
import { present } from "./sparse";

interface Drop {
  readonly name: string;
  readonly schema?: string;
  readonly ifExists?: boolean;
}

/** What a drop and the making of the same thing have in common. */
function dropOf(made: {
  readonly name: string;
  readonly schema?: string;
  readonly ifNotExists?: boolean;
}): Drop {
  return present<Drop>({ name: made.name, schema: made.schema, ifExists: made.ifNotExists });
}

function madeOf(drop: Drop): {
  readonly name: string;
  readonly schema?: string;
  readonly ifNotExists?: boolean;
} {
  return present<{ name: string; schema?: string; ifNotExists?: boolean }>({
    name: drop.name,
    schema: drop.schema,
    ifNotExists: drop.ifExists,
  });
}

function place({ name, schema }: { readonly name: string; readonly schema?: string }): {
  readonly name: string;
  readonly schema?: string;
} {
  return schema === undefined ? { name } : { name, schema };
}

/** The way back of operations on types, views and all other objects; undefined also for all others. */
export function invertObject(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case "renameObject":
      return { ...operation, name: operation.newName, newName: operation.name };
    case "setSchema":
      return operation.schema === undefined
        ? undefined
        : { ...operation, schema: operation.newSchema, newSchema: operation.schema };
    case "createSchema":
    case "createExtension":
      return present<DropSchema | DropExtension>({
        kind: operation.kind === "createSchema" ? "dropSchema" : "dropExtension",
        name: operation.name,
        ifExists: operation.ifNotExists,
      });
    case "dropSchema":
      return present<CreateSchema>({
        kind: "createSchema",
        name: operation.name,
        ifNotExists: operation.ifExists,
      });
    case "enableRowLevelSecurity":
      return { ...operation, kind: "disableRowLevelSecurity" };
    case "disableRowLevelSecurity":
      return { ...operation, kind: "enableRowLevelSecurity" };
    default:
      return (
        invertType(operation) ??
        invertView(operation) ??
        invertSequence(operation) ??
        invertRoutine(operation)
      );
  }
}

function invertType(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case "createEnum":
      return { kind: "dropEnum", ...dropOf(operation), was: operation.values };
    case "dropEnum":
      return operation.was && { kind: "createEnum", ...madeOf(operation), values: operation.was };
    case "renameEnumValue":
      return { ...operation, value: operation.newValue, newValue: operation.value };
    case "replaceEnum":
      return invertReplaceEnum(operation);
    case "createDomain": {
      const { kind: _kind, name: _name, schema: _schema, ...was } = operation;
      return { kind: "dropDomain", ...place(operation), was };
    }
    case "dropDomain":
      return operation.was && { kind: "createDomain", ...place(operation), ...operation.was };
    default:
      return undefined;
  }
}

/** Two values that became one cannot be told apart again. */
function invertReplaceEnum(operation: ReplaceEnum): Operation | undefined {
  const { was, mapping, columns, values } = operation;
  const targets = mapping.map(([, to]) => to);
  const isMerging = new Set(targets).size < targets.length || targets.some((target) => was?.includes(target));
  const isUnknown = columns.some(
    (column) => column.default !== undefined && column.existingDefault === undefined,
  );
  if (was === undefined || isMerging || isUnknown) {
    return undefined;
  }
  return {
    ...operation,
    values: was,
    was: values,
    mapping: mapping.map(([from, to]) => [to, from] as const),
    columns: columns.map((column) =>
      present<EnumColumn>({
        ...column,
        default: column.existingDefault,
        existingDefault: column.default,
      }),
    ),
  };
}

function invertView(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case "createView": {
      const { kind: _kind, name: _name, schema: _schema, ...was } = operation;
      return { kind: "dropView", ...place(operation), was };
    }
    case "dropView":
      return operation.was && { kind: "createView", ...place(operation), ...operation.was };
    case "replaceView": {
      const { kind, name: _name, schema: _schema, was, ...definition } = operation;
      return was && { kind, ...place(operation), ...was, was: definition };
    }
    case "createMaterializedView": {
      const { kind: _kind, name: _name, schema: _schema, ifNotExists: _ifNotExists, ...was } = operation;
      return { kind: "dropMaterializedView", ...dropOf(operation), was };
    }
    case "dropMaterializedView":
      return operation.was && { kind: "createMaterializedView", ...madeOf(operation), ...operation.was };
    default:
      return undefined;
  }
}

function invertSequence(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case "createSequence": {
      const { kind: _kind, name: _name, schema: _schema, ifNotExists: _ifNotExists, ...was } = operation;
      return { kind: "dropSequence", ...dropOf(operation), was };
    }
    case "dropSequence":
      return operation.was && { kind: "createSequence", ...madeOf(operation), ...operation.was };
    case "alterSequence": {
      const { kind, name: _name, schema: _schema, was, ownedBy, restart, ...changes } = operation;
      const isKnown = was !== undefined && Object.keys(changes).every((key) => Object.hasOwn(was, key));
      return !isKnown || ownedBy !== undefined || restart !== undefined
        ? undefined
        : { kind, ...place(operation), ...was, was: changes };
    }
    default:
      return undefined;
  }
}

function invertRoutine(operation: Operation): Operation | undefined {
  switch (operation.kind) {
    case "createFunction":
      return invertCreateFunction(operation);
    case "dropFunction": {
      const { was, ifExists: _ifExists, cascade: _cascade, ...identity } = operation;
      return was && { ...identity, ...was, kind: "createFunction" };
    }
    case "createTrigger": {
      const { name, table, schema, event, action, constraint, orReplace } = operation;
      const was = constraint === undefined ? { event, action } : { event, action, constraint };
      return orReplace === true
        ? undefined
        : present<DropTrigger>({ kind: "dropTrigger", name, table, schema, was });
    }
    case "dropTrigger": {
      const { was, ifExists: _ifExists, cascade: _cascade, ...identity } = operation;
      return was && { ...identity, ...was, kind: "createTrigger" };
    }
    case "createPolicy": {
      const { kind: _kind, name, table, schema, ...was } = operation;
      return present<DropPolicy>({ kind: "dropPolicy", name, table, schema, was });
    }
    case "dropPolicy": {
      const { was, ifExists: _ifExists, cascade: _cascade, ...identity } = operation;
      return was && { ...identity, ...was, kind: "createPolicy" };
    }
    default:
      return undefined;
  }
}

/** A function that was replaced comes back; one that was made goes. */
function invertCreateFunction(operation: CreateFunction): Operation | undefined {
  const { definition, was, orReplace, ...identity } = operation;
  if (orReplace === true) {
    return was && { ...identity, definition: was.definition, orReplace, was: { definition } };
  }
  return { ...identity, kind: "dropFunction", was: { definition } };
}

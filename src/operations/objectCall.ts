import { defaultArgument } from "./columnArguments";
import type { PrintedOptions } from "./columnArguments";
import type { DomainDefinition } from "./definitions";
import type { Operation } from "./operation";
import type { NamedObject } from "./records/schema";
import { call } from "./printedCall";
import type { OperationCall } from "./printedCall";

const renameMethods: Readonly<Record<NamedObject, string>> = {
  index: "renameIndex",
  view: "renameView",
  "materialized view": "renameMaterializedView",
  sequence: "renameSequence",
  type: "renameType",
  domain: "renameDomain",
  schema: "renameSchema",
};

/** The call for an operation on types, views and all other objects: mostly the name and the rest as options. */
export function objectCall(operation: Operation): OperationCall {
  switch (operation.kind) {
    case "renameObject":
      return call(renameMethods[operation.object], [operation.name, operation.newName], {
        schema: operation.schema,
      });
    case "setSchema": {
      const { object, name, newSchema, schema } = operation;
      return call("setSchema", [object, name, newSchema], { schema });
    }
    case "createEnum":
    case "replaceEnum":
    case "addEnumValue":
    case "renameEnumValue":
    case "createDomain":
    case "dropDomain":
      return typeCall(operation);
    case "createView":
    case "replaceView":
    case "createMaterializedView": {
      const { kind, name, query, ...options } = operation;
      return call(kind, [name, query], options);
    }
    case "createFunction": {
      const { kind, name, definition, arguments: declared, was, ...options } = operation;
      return call(kind, [name, definition], {
        arguments: declared === "" ? undefined : declared,
        ...options,
        was: was?.definition,
      });
    }
    case "dropFunction": {
      const { kind, name, arguments: declared, was, ...options } = operation;
      return call(kind, [name], {
        arguments: declared === "" ? undefined : declared,
        ...options,
        was: was?.definition,
      });
    }
    case "createTrigger":
      return triggerCall(operation);
    case "dropTrigger": {
      const { kind, name, table, was, ...options } = operation;
      return call(kind, [name, table], {
        ...options,
        was: was === undefined ? undefined : { ...was, event: plain(was.event), action: plain(was.action) },
      });
    }
    case "createPolicy":
    case "dropPolicy": {
      const { kind, name, table, ...options } = operation;
      return call(kind, [name, table], options);
    }
    case "enableRowLevelSecurity":
    case "disableRowLevelSecurity": {
      const { kind, table, ...options } = operation;
      return call(kind, [table], options);
    }
    default:
      return namedCall(operation);
  }
}

/** A fragment of plain text on one line, as a string. */
function plain(fragment: { readonly text: readonly string[]; readonly values: readonly unknown[] }): unknown {
  const [text = ""] = fragment.text;
  return fragment.values.length === 0 && !/[\n\r"\\]/.test(text) ? text : fragment;
}

function triggerCall(operation: Extract<Operation, { kind: "createTrigger" }>): OperationCall {
  const { kind, name, table, event, action, ...options } = operation;
  return call(kind, [name, table], { event: plain(event), action: plain(action), ...options });
}

function namedCall(operation: Operation): OperationCall {
  const { kind, ...rest } = operation;
  const { name, ...options } = rest as PrintedOptions;
  return call(kind, [name], options);
}

type TypeOperation = Extract<
  Operation,
  {
    kind: "createEnum" | "replaceEnum" | "addEnumValue" | "renameEnumValue" | "createDomain" | "dropDomain";
  }
>;

function typeCall(operation: TypeOperation): OperationCall {
  switch (operation.kind) {
    case "createEnum": {
      const { kind, name, values, ...options } = operation;
      return call(kind, [name, values], options);
    }
    case "replaceEnum": {
      const { kind, name, values, mapping, columns, ...options } = operation;
      const printed = columns.map((column) => ({
        ...column,
        default: defaultArgument(column.default),
        existingDefault: defaultArgument(column.existingDefault),
      }));
      const pairs = mapping.length === 0 ? undefined : Object.fromEntries(mapping);
      return { method: kind, input: [name, values, { mapping: pairs, columns: printed, ...options }] };
    }
    case "addEnumValue": {
      const { kind, name, value, ...options } = operation;
      return call(kind, [name, value], options);
    }
    case "renameEnumValue": {
      const { kind, name, value, newValue, ...options } = operation;
      return call(kind, [name, value, newValue], options);
    }
    case "createDomain": {
      const { kind, name, schema, ...definition } = operation;
      const { type, ...options } = domainArgument(definition);
      return call(kind, [name, type], { ...options, schema });
    }
    case "dropDomain": {
      const { kind, name, was, ...options } = operation;
      return call(kind, [name], { ...options, was: was === undefined ? undefined : domainArgument(was) });
    }
  }
}

function domainArgument(domain: DomainDefinition): PrintedOptions {
  return {
    ...domain,
    default: defaultArgument(domain.default),
    nullable: domain.nullable ? undefined : false,
    checks: domain.checks.length === 0 ? undefined : domain.checks.map(({ kind: _kind, ...check }) => check),
  };
}

import { namedSubject } from "../kind";
import type { KindTable } from "../kind";
import type { Operation } from "../operation";
import { call, defaultArgument, namedCall } from "../printing/printedCall";
import type { OperationCall, PrintedOptions } from "../printing/printedCall";
import { present } from "../sparse";
import { dropOf, madeOf, place } from "../wayBack";
import type { DomainDefinition, EnumColumn, ReplaceEnum, TypeOperation } from "./type";

/** The ways back, the printed calls and the words of each operation on types. */
export const typeKinds: KindTable<TypeOperation> = {
  createEnum: {
    invert: (operation) => ({ kind: "dropEnum", ...dropOf(operation), was: operation.values }),
    calls: ({ kind, name, values, ...options }) => [call(kind, [name, values], options)],
    subject: namedSubject,
  },
  dropEnum: {
    invert: ({ was, ...operation }) => was && { kind: "createEnum", ...madeOf(operation), values: was },
    calls: namedCall,
    subject: namedSubject,
  },
  addEnumValue: {
    invert: () => undefined,
    calls: ({ kind, name, value, ...options }) => [call(kind, [name, value], options)],
    subject: (operation) => `'${operation.value}' of ${namedSubject(operation)}`,
  },
  renameEnumValue: {
    invert: (operation) => ({ ...operation, value: operation.newValue, newValue: operation.value }),
    calls: ({ kind, name, value, newValue, ...options }) => [call(kind, [name, value, newValue], options)],
    subject: (operation) => `'${operation.value}' of ${namedSubject(operation)} to '${operation.newValue}'`,
  },
  replaceEnum: { invert: invertReplaceEnum, calls: replaceEnumCall, subject: namedSubject },
  createDomain: {
    invert: (operation) => {
      const { kind: _kind, name: _name, schema: _schema, ...was } = operation;
      return { kind: "dropDomain", ...place(operation), was };
    },
    calls: ({ kind, name, schema, ...definition }) => {
      const { type, ...options } = domainArgument(definition);
      return [call(kind, [name, type], { ...options, schema })];
    },
    subject: namedSubject,
  },
  dropDomain: {
    invert: ({ was, ...operation }) => was && { kind: "createDomain", ...place(operation), ...was },
    calls: ({ kind, name, was, ...options }) => [
      call(kind, [name], { ...options, was: was === undefined ? undefined : domainArgument(was) }),
    ],
    subject: namedSubject,
  },
};

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

function replaceEnumCall({
  kind,
  name,
  values,
  mapping,
  columns,
  ...options
}: ReplaceEnum): readonly OperationCall[] {
  const printed = columns.map((column) => ({
    ...column,
    default: defaultArgument(column.default),
    existingDefault: defaultArgument(column.existingDefault),
  }));
  const pairs = mapping.length === 0 ? undefined : Object.fromEntries(mapping);
  return [{ method: kind, input: [name, values, { mapping: pairs, columns: printed, ...options }] }];
}

function domainArgument(domain: DomainDefinition): PrintedOptions {
  return {
    ...domain,
    default: defaultArgument(domain.default),
    nullable: domain.nullable ? undefined : false,
    checks: domain.checks.length === 0 ? undefined : domain.checks.map(({ kind: _kind, ...check }) => check),
  };
}

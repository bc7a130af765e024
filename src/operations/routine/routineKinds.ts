import { namedSubject, tableSubject } from "../kind";
import type { KindTable } from "../kind";
import type { Operation } from "../operation";
import { call, plain } from "../printing/printedCall";
import type { OperationCall } from "../printing/printedCall";
import { present } from "../sparse";
import type { CreateFunction, CreateTrigger, DropTrigger, RoutineOperation } from "./routine";

/** The ways back, the printed calls and the words of each operation on functions, procedures and triggers. */
export const routineKinds: KindTable<RoutineOperation> = {
  createFunction: { invert: invertCreateFunction, calls: functionCall, subject: namedSubject },
  dropFunction: {
    invert: ({ was, ifExists: _ifExists, cascade: _cascade, ...identity }) =>
      was && { ...identity, ...was, kind: "createFunction" },
    calls: ({ kind, name, arguments: declared, was, ...options }) => [
      call(kind, [name], { ...declaredArguments(declared), ...options, was: was?.definition }),
    ],
    subject: namedSubject,
  },
  createTrigger: {
    invert: invertCreateTrigger,
    calls: ({ kind, name, table, event, action, ...options }) => [
      call(kind, [name, table], { event: plain(event), action: plain(action), ...options }),
    ],
    subject: (operation) => `${operation.name} on ${tableSubject(operation)}`,
  },
  dropTrigger: {
    invert: ({ was, ifExists: _ifExists, cascade: _cascade, ...identity }) =>
      was && { ...identity, ...was, kind: "createTrigger" },
    calls: ({ kind, name, table, was, ...options }) => [
      call(kind, [name, table], {
        ...options,
        was: was === undefined ? undefined : { ...was, event: plain(was.event), action: plain(was.action) },
      }),
    ],
    subject: (operation) => `${operation.name} on ${tableSubject(operation)}`,
  },
};

/** A function that was replaced comes back; one that was made goes. */
function invertCreateFunction(operation: CreateFunction): Operation | undefined {
  const { definition, was, orReplace, ...identity } = operation;
  if (orReplace === true) {
    return was && { ...identity, definition: was.definition, orReplace, was: { definition } };
  }
  return { ...identity, kind: "dropFunction", was: { definition } };
}

/** What a trigger replaced is not known. */
function invertCreateTrigger(operation: CreateTrigger): Operation | undefined {
  const { name, table, schema, event, action, constraint, orReplace } = operation;
  const was = constraint === undefined ? { event, action } : { event, action, constraint };
  return orReplace === true
    ? undefined
    : present<DropTrigger>({ kind: "dropTrigger", name, table, schema, was });
}

function functionCall({
  kind,
  name,
  definition,
  arguments: declared,
  was,
  ...options
}: CreateFunction): readonly OperationCall[] {
  return [
    call(kind, [name, definition], { ...declaredArguments(declared), ...options, was: was?.definition }),
  ];
}

function declaredArguments(declared: string): { readonly arguments: string | undefined } {
  return { arguments: declared === "" ? undefined : declared };
}

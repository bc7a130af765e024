import { tableSubject } from "../kind";
import type { KindTable } from "../kind";
import { call } from "../printing/printedCall";
import { present } from "../sparse";
import type { DropPolicy, PolicyOperation } from "./policy";

/** The ways back, the printed calls and the words of each operation on row level security. */
export const policyKinds: KindTable<PolicyOperation> = {
  enableRowLevelSecurity: {
    invert: (operation) => ({ ...operation, kind: "disableRowLevelSecurity" }),
    calls: ({ kind, table, ...options }) => [call(kind, [table], options)],
    subject: tableSubject,
  },
  disableRowLevelSecurity: {
    invert: (operation) => ({ ...operation, kind: "enableRowLevelSecurity" }),
    calls: ({ kind, table, ...options }) => [call(kind, [table], options)],
    subject: tableSubject,
  },
  createPolicy: {
    invert: ({ kind: _kind, name, table, schema, ...was }) =>
      present<DropPolicy>({ kind: "dropPolicy", name, table, schema, was }),
    calls: ({ kind, name, table, ...options }) => [call(kind, [name, table], options)],
    subject: (operation) => `${operation.name} on ${tableSubject(operation)}`,
  },
  dropPolicy: {
    invert: ({ was, ifExists: _ifExists, cascade: _cascade, ...identity }) =>
      was && { ...identity, ...was, kind: "createPolicy" },
    calls: ({ kind, name, table, ...options }) => [call(kind, [name, table], options)],
    subject: (operation) => `${operation.name} on ${tableSubject(operation)}`,
  },
};

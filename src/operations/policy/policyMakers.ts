import type { SqlText } from "../arguments";
import { dropFlags } from "../makers";
import type { Makers } from "../makers";
import { dropKeys, schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { flag, present } from "../sparse";
import { fragmentOf } from "../sqlFragment";
import type { SqlFragment } from "../sqlFragment";
import type {
  PolicyOperations,
  CreatePolicy,
  DisableRowLevelSecurity,
  DropPolicy,
  EnableRowLevelSecurity,
  PolicyDefinition,
  PolicyOptions,
} from "./policy";

function optional(text: SqlText | undefined): SqlFragment | undefined {
  return text === undefined ? undefined : fragmentOf(text);
}

function makePolicy(options: PolicyOptions): PolicyDefinition {
  return present<PolicyDefinition>({
    as: options.as,
    for: options.for,
    to: options.to === undefined ? undefined : [...options.to],
    using: optional(options.using),
    withCheck: optional(options.withCheck),
  });
}

/** The makers of row level security and its policies. */
export const policyMakers: Makers<keyof PolicyOperations> = {
  enableRowLevelSecurity: (table, { schema, force } = {}) =>
    present<EnableRowLevelSecurity>({
      kind: "enableRowLevelSecurity",
      table,
      schema,
      force: flag(force),
    }),
  disableRowLevelSecurity: (table, { schema, force } = {}) =>
    present<DisableRowLevelSecurity>({
      kind: "disableRowLevelSecurity",
      table,
      schema,
      force: flag(force),
    }),
  createPolicy: (name, table, options = {}) =>
    present<CreatePolicy>({
      kind: "createPolicy",
      name,
      table,
      schema: options.schema,
      ...makePolicy(options),
    }),
  dropPolicy: (name, table, options = {}) =>
    present<DropPolicy>({
      kind: "dropPolicy",
      name,
      table,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makePolicy(options.was),
    }),
};

const policyKeys: OptionKeys<PolicyOptions> = {
  as: "text",
  for: "text",
  to: "names",
  using: "sql",
  withCheck: "sql",
};

/** What their methods take. */
export const policySignatures: Signatures<keyof PolicyOperations> = {
  enableRowLevelSecurity: [given.table, ["options?", { ...schemaKeys, force: "flag" }]],
  disableRowLevelSecurity: [given.table, ["options?", { ...schemaKeys, force: "flag" }]],
  createPolicy: [given.name, given.table, ["definition?", { ...policyKeys, ...schemaKeys }]],
  dropPolicy: [given.name, given.table, ["options?", { ...dropKeys, was: policyKeys }]],
};

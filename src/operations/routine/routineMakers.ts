import { dropFlags } from "../makers";
import type { Makers } from "../makers";
import { dropKeys, schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { flag, present } from "../sparse";
import { fragmentOf } from "../sqlFragment";
import type {
  RoutineIdentity,
  RoutineOperations,
  CreateFunction,
  CreateTrigger,
  DropFunction,
  DropTrigger,
  TriggerDefinition,
  TriggerOptions,
} from "./routine";

function makeTrigger(options: TriggerOptions): TriggerDefinition {
  return present<TriggerDefinition>({
    event: fragmentOf(options.event),
    action: fragmentOf(options.action),
    constraint: flag(options.constraint),
  });
}

/** The makers of functions, procedures and triggers. */
export const routineMakers: Makers<keyof RoutineOperations> = {
  createFunction: (name, definition, options = {}) =>
    present<CreateFunction>({
      kind: "createFunction",
      name,
      schema: options.schema,
      arguments: options.arguments ?? "",
      definition: fragmentOf(definition),
      procedure: flag(options.procedure),
      orReplace: flag(options.orReplace),
      was: options.was === undefined ? undefined : { definition: fragmentOf(options.was) },
    }),
  dropFunction: (name, options = {}) =>
    present<DropFunction>({
      kind: "dropFunction",
      name,
      ...dropFlags(options),
      arguments: options.arguments ?? "",
      procedure: flag(options.procedure),
      was: options.was === undefined ? undefined : { definition: fragmentOf(options.was) },
    }),
  createTrigger: (name, table, options) =>
    present<CreateTrigger>({
      kind: "createTrigger",
      name,
      table,
      schema: options.schema,
      ...makeTrigger(options),
      orReplace: flag(options.orReplace),
    }),
  dropTrigger: (name, table, options = {}) =>
    present<DropTrigger>({
      kind: "dropTrigger",
      name,
      table,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeTrigger(options.was),
    }),
};

const routineKeys: OptionKeys<RoutineIdentity> = { arguments: "text", procedure: "flag" };

const triggerKeys: OptionKeys<TriggerOptions> = { event: "sql", action: "sql", constraint: "flag" };

/** What their methods take. */
export const routineSignatures: Signatures<keyof RoutineOperations> = {
  createFunction: [
    given.name,
    ["definition", "sql"],
    ["options?", { ...routineKeys, ...schemaKeys, orReplace: "flag", was: "sql" }],
  ],
  dropFunction: [given.name, ["options?", { ...routineKeys, ...dropKeys, was: "sql" }]],
  createTrigger: [
    given.name,
    given.table,
    ["definition", { ...triggerKeys, ...schemaKeys, orReplace: "flag" }],
  ],
  dropTrigger: [given.name, given.table, ["options?", { ...dropKeys, was: triggerKeys }]],
};

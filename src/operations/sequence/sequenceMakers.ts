import type { IntegerArgument } from "../arguments";
import type { IntegerValue } from "../definitions";
import { dropFlags } from "../makers";
import type { Makers } from "../makers";
import { OperationError } from "../operationError";
import { dropKeys, refuseUnknownOptions, schemaKeys, type OptionKeys } from "../optionKeys";
import { given, type Signatures } from "../parameters";
import { renameMaker } from "../schema/schemaMakers";
import { flag, present } from "../sparse";
import type {
  SequenceOperations,
  AlterSequence,
  CreateSequence,
  DropSequence,
  SequenceDefinition,
  SequenceOptions,
  SequenceOwner,
  SequenceOwnerOptions,
} from "./sequence";

/** What a sequence takes. */
export const sequenceKeys: OptionKeys<SequenceOptions> = {
  as: "text",
  start: "any",
  increment: "any",
  minValue: "any",
  maxValue: "any",
  cache: "any",
  cycle: "flag",
};

const ownerKeys: OptionKeys<SequenceOwnerOptions> = { table: "text", column: "text", schema: "text" };

/** A whole number as a record keeps it. */
export function makeInteger(value: IntegerArgument): IntegerValue {
  const text = String(value);
  if (!/^-?\d+$/.test(text)) {
    throw new OperationError("invalid-argument", `"${text}" is not a whole number.`);
  }
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** A sequence's options as records keep them. */
export function makeSequence(options: SequenceOptions): SequenceDefinition {
  const integer = (value: IntegerArgument | undefined): IntegerValue | undefined =>
    value === undefined ? undefined : makeInteger(value);
  return present<SequenceDefinition>({
    as: options.as,
    start: integer(options.start),
    increment: integer(options.increment),
    minValue: options.minValue === null ? null : integer(options.minValue),
    maxValue: options.maxValue === null ? null : integer(options.maxValue),
    cache: integer(options.cache),
    cycle: options.cycle,
  });
}

function makeOwner(owner: SequenceOwnerOptions): SequenceOwner {
  refuseUnknownOptions(owner, ownerKeys, `the owner of a sequence`);
  return present<SequenceOwner>({ table: owner.table, schema: owner.schema, column: owner.column });
}

function makeOwnedSequence(
  options: SequenceOptions & { readonly ownedBy?: SequenceOwnerOptions },
): NonNullable<DropSequence["was"]> {
  return options.ownedBy === undefined
    ? makeSequence(options)
    : { ...makeSequence(options), ownedBy: makeOwner(options.ownedBy) };
}

/** The makers of sequences. */
export const sequenceMakers: Makers<keyof SequenceOperations> = {
  createSequence: (name, options = {}) =>
    present<CreateSequence>({
      kind: "createSequence",
      name,
      schema: options.schema,
      ...makeSequence(options),
      ownedBy: options.ownedBy === undefined ? undefined : makeOwner(options.ownedBy),
      ifNotExists: flag(options.ifNotExists),
    }),
  alterSequence: (name, options) =>
    present<AlterSequence>({
      kind: "alterSequence",
      name,
      schema: options.schema,
      ...makeSequence(options),
      ownedBy:
        options.ownedBy === undefined || options.ownedBy === null
          ? options.ownedBy
          : makeOwner(options.ownedBy),
      restart:
        options.restart === undefined || options.restart === true
          ? options.restart
          : makeInteger(options.restart),
      was: options.was === undefined ? undefined : makeSequence(options.was),
    }),
  dropSequence: (name, options = {}) =>
    present<DropSequence>({
      kind: "dropSequence",
      name,
      ...dropFlags(options),
      was: options.was === undefined ? undefined : makeOwnedSequence(options.was),
    }),
  renameSequence: renameMaker("sequence"),
};

/** What their methods take. */
export const sequenceSignatures: Signatures<keyof SequenceOperations> = {
  createSequence: [
    given.name,
    ["options?", { ...sequenceKeys, ...schemaKeys, ownedBy: ownerKeys, ifNotExists: "flag" }],
  ],
  alterSequence: [
    given.name,
    [
      "options",
      { ...sequenceKeys, ...schemaKeys, ownedBy: "objectOrNull", restart: "any", was: sequenceKeys },
    ],
  ],
  dropSequence: [given.name, ["options?", { ...dropKeys, was: { ...sequenceKeys, ownedBy: ownerKeys } }]],
  renameSequence: [given.oldName, given.newName, given.schemaOption],
};

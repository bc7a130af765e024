import type { SequenceOptions } from "./arguments";
import { makeInteger, makeSequence } from "./makeColumn";
import type { Makers } from "./makers";
import type { AlterSequence, CreateSequence, DropSequence, SequenceOwner } from "./records/sequence";
import { renameMaker } from "./renameMaker";
import type { SequenceOwnerOptions } from "./sequenceOperations";
import { flag, present } from "./sparse";
import { dropFlags } from "./tableMakers";

function makeOwner(owner: SequenceOwnerOptions): SequenceOwner {
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
export const sequenceMakers: Makers<"createSequence" | "alterSequence" | "dropSequence" | "renameSequence"> =
  {
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

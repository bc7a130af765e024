import type { DropOptions, IntegerArgument, SchemaOption } from "../arguments";
import type { IntegerValue } from "../definitions";
import type { Dropping, InSchema, OnTable } from "../target";

export type { JsonValue } from "../jsonValue";

export interface SequenceDefinition {
  /** smallint, integer or bigint */
  readonly as?: string;
  readonly start?: IntegerValue;
  readonly increment?: IntegerValue;
  /** `null`: NO MINVALUE */
  readonly minValue?: IntegerValue | null;
  readonly maxValue?: IntegerValue | null;
  readonly cache?: IntegerValue;
  readonly cycle?: boolean;
}

export interface SequenceOptions {
  /** `"smallint"`, `"integer"` or `"bigint"` */
  readonly as?: string;
  readonly start?: IntegerArgument;
  readonly increment?: IntegerArgument;
  /** `null`: NO MINVALUE */
  readonly minValue?: IntegerArgument | null;
  /** `null`: NO MAXVALUE */
  readonly maxValue?: IntegerArgument | null;
  readonly cache?: IntegerArgument;
  readonly cycle?: boolean;
}

export interface SequenceOwner extends OnTable {
  readonly column: string;
}

export interface CreateSequence extends InSchema, SequenceDefinition {
  readonly kind: "createSequence";
  readonly name: string;
  readonly ownedBy?: SequenceOwner;
  readonly ifNotExists?: boolean;
}

export interface AlterSequence extends InSchema, SequenceDefinition {
  readonly kind: "alterSequence";
  readonly name: string;
  /** `null`: OWNED BY NONE */
  readonly ownedBy?: SequenceOwner | null;
  /** `true`: RESTART at the start value. */
  readonly restart?: number | string | true;
  readonly was?: SequenceDefinition;
}

export interface DropSequence extends InSchema, Dropping {
  readonly kind: "dropSequence";
  readonly name: string;
  readonly was?: SequenceDefinition & { readonly ownedBy?: SequenceOwner };
}

export type SequenceOperation = CreateSequence | AlterSequence | DropSequence;

export interface SequenceOwnerOptions {
  readonly table: string;
  readonly column: string;
  readonly schema?: string;
}

/** Sequences and extensions. */
export interface SequenceOperations {
  /**
   * Creates a sequence.
   *
   * @param options `ownedBy`: the column that it belongs to and is dropped with
   * @example await op.createSequence("invoice_number", { start: 1000, increment: 1 });
   */
  createSequence(
    name: string,
    options?: SequenceOptions &
      SchemaOption & { readonly ownedBy?: SequenceOwnerOptions; readonly ifNotExists?: boolean },
  ): Promise<void>;

  /**
   * Changes a sequence.
   *
   * @param options `restart`: the next number, or `true` for the start value; `ownedBy: null`: owned by no column;
   *   `was`: the changed options before, which let tools write the way back
   * @example await op.alterSequence("invoice_number", { restart: 5000 });
   */
  alterSequence(
    name: string,
    options: SequenceOptions &
      SchemaOption & {
        readonly ownedBy?: SequenceOwnerOptions | null;
        readonly restart?: IntegerArgument | true;
        readonly was?: SequenceOptions;
      },
  ): Promise<void>;

  /**
   * Drops a sequence.
   *
   * @example await op.dropSequence("invoice_number");
   */
  dropSequence(
    name: string,
    options?: DropOptions & { readonly was?: SequenceOptions & { readonly ownedBy?: SequenceOwnerOptions } },
  ): Promise<void>;

  /**
   * Renames a sequence.
   *
   * @example await op.renameSequence("invoice_number", "invoice_numbers");
   */
  renameSequence(oldName: string, newName: string, options?: SchemaOption): Promise<void>;
}

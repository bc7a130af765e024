import type { DropOptions, IntegerArgument, SchemaOption, SequenceOptions } from "./arguments";

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
   * @param options `ownedBy`: the column with which it is dropped
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

  /**
   * Installs an extension.
   *
   * @example await op.createExtension("citext", { ifNotExists: true });
   */
  createExtension(
    name: string,
    options?: SchemaOption & {
      readonly version?: string;
      readonly ifNotExists?: boolean;
      readonly cascade?: boolean;
    },
  ): Promise<void>;

  /**
   * Removes an extension.
   *
   * @example await op.dropExtension("citext", { ifExists: true });
   */
  dropExtension(name: string, options?: Omit<DropOptions, "schema">): Promise<void>;
}

/** What a sequence does; whole numbers are texts of digits, since they may exceed 2^53. */
export interface SequenceOptions {
  /** smallint, integer or bigint */
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minValue: string;
  readonly maxValue: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** The sequence behind an identity or serial column. */
export interface ColumnSequence extends SequenceOptions {
  readonly schema: string;
  readonly name: string;
}

export type ColumnGeneration =
  | {
      readonly kind: "identity";
      readonly generation: "always" | "by default";
      readonly sequence: ColumnSequence;
    }
  /** The default is `nextval` of a sequence that the column owns. */
  | { readonly kind: "serial"; readonly sequence: ColumnSequence }
  | { readonly kind: "generated"; readonly expression: string; readonly isStored: boolean };

export interface ColumnModel {
  readonly name: string;
  /** As `format_type` prints it: `character varying(50)`. */
  readonly type: string;
  readonly isNullable: boolean;
  /** As `pg_get_expr` prints it; none for a serial column. */
  readonly default: string | undefined;
  readonly generation: ColumnGeneration | undefined;
  /** Only where it is not the type's own. */
  readonly collation: string | undefined;
  readonly comment: string | undefined;
  /** It comes from a parent table alone (`INHERITS`, partitions). */
  readonly isInherited: boolean;
}

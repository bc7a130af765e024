export interface IndexElementModel {
  readonly kind: "column" | "expression";
  /** The column's name, or the expression as `pg_get_indexdef` prints it. */
  readonly text: string;
  /** Only where it is not the type's default for the method. */
  readonly opclass: string | undefined;
  /** `siglen=32` */
  readonly opclassOptions: readonly string[];
  /** Only where it is not the column's own. */
  readonly collation: string | undefined;
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
}

export interface IndexModel {
  readonly name: string;
  readonly method: string;
  readonly isUnique: boolean;
  readonly elements: readonly IndexElementModel[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly predicate: string | undefined;
  /** `fillfactor=70`, sorted. */
  readonly options: readonly string[];
  readonly tablespace: string | undefined;
  /** False for what a failed `CREATE INDEX CONCURRENTLY` left behind. */
  readonly isValid: boolean;
  readonly comment: string | undefined;
}

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

/** Whether an index is columns alone, each with all that is the default: what TypeORM's `@Index` can say. */
export function isPlainIndex(index: IndexModel): boolean {
  return (
    index.include.length === 0 &&
    !index.nullsNotDistinct &&
    index.options.length === 0 &&
    index.tablespace === undefined &&
    index.elements.every(
      (element) =>
        element.kind === "column" &&
        element.opclass === undefined &&
        element.opclassOptions.length === 0 &&
        element.collation === undefined &&
        !element.isDescending &&
        !element.nullsFirst,
    )
  );
}

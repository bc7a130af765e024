import type { IndexElementModel } from "./indexModel";

interface ConstraintCommon {
  readonly name: string;
  readonly comment: string | undefined;
  /** As `pg_get_constraintdef` prints it: of an exclusion, and where `isOpaque`. */
  readonly definition: string | undefined;
  /**
   * It has something that the other fields can't tell (`WITHOUT OVERLAPS`, `NOT ENFORCED`, `SET NULL (a)`):
   * `definition` is all there is.
   */
  readonly isOpaque: boolean;
}

interface Deferrable {
  readonly isDeferrable: boolean;
  readonly isInitiallyDeferred: boolean;
}

export interface PrimaryKeyModel extends ConstraintCommon, Deferrable {
  readonly kind: "primaryKey";
  readonly columns: readonly string[];
  readonly include: readonly string[];
}

export interface UniqueModel extends ConstraintCommon, Deferrable {
  readonly kind: "unique";
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
}

export type ForeignKeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

export interface ForeignKeyModel extends ConstraintCommon, Deferrable {
  readonly kind: "foreignKey";
  readonly columns: readonly string[];
  readonly referencedSchema: string;
  readonly referencedTable: string;
  readonly referencedColumns: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  readonly match: "simple" | "full" | "partial";
  readonly isValid: boolean;
}

export interface CheckModel extends ConstraintCommon {
  readonly kind: "check";
  /** The columns that it reads. */
  readonly columns: readonly string[];
  /** As `pg_get_expr` prints it. */
  readonly condition: string;
  readonly isValid: boolean;
  readonly noInherit: boolean;
}

export interface ExcludeModel extends ConstraintCommon, Deferrable {
  readonly kind: "exclude";
  readonly method: string;
  readonly elements: readonly (IndexElementModel & { readonly operator: string })[];
  readonly predicate: string | undefined;
}

export type ConstraintModel = PrimaryKeyModel | UniqueModel | ForeignKeyModel | CheckModel | ExcludeModel;

/** The texts of a constraint in which functions and operators can be named; empty where it has columns alone. */
export function constraintText(constraint: ConstraintModel): string {
  return constraint.kind === "check" ? constraint.condition : (constraint.definition ?? "");
}

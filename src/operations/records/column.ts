import type {
  ColumnDefault,
  ColumnDefinition,
  ConstraintDefinition,
  IdentityDefinition,
} from "../definitions";
import type { SqlFragment } from "../sqlFragment";
import type { Dropping, OnTable } from "./target";

export interface AddColumn extends OnTable {
  readonly kind: "addColumn";
  readonly column: ColumnDefinition;
  /** Each on this column alone. */
  readonly constraints: readonly ConstraintDefinition[];
  readonly ifNotExists?: boolean;
  /** The column's neighbours in a copy of the table, on SQLite. */
  readonly insertBefore?: string;
  readonly insertAfter?: string;
}

export interface DropColumn extends OnTable, Dropping {
  readonly kind: "dropColumn";
  readonly column: string;
  readonly was?: { readonly column: ColumnDefinition; readonly constraints: readonly ConstraintDefinition[] };
}

/**
 * Absent: left alone. `null` for `default`, `comment`, `identity` and `generated`: dropped. The `existing…` fields
 * say what was before, which makes the change reversible.
 */
export interface AlterColumn extends OnTable {
  readonly kind: "alterColumn";
  readonly column: string;
  readonly type?: string;
  readonly using?: SqlFragment;
  readonly collation?: string;
  readonly nullable?: boolean;
  readonly default?: ColumnDefault | null;
  readonly identity?: IdentityDefinition | null;
  readonly generated?: null;
  readonly comment?: string | null;
  readonly newName?: string;
  readonly existingType?: string;
  readonly existingNullable?: boolean;
  readonly existingDefault?: ColumnDefault | null;
  readonly existingIdentity?: IdentityDefinition | null;
  readonly existingComment?: string | null;
}

import type { ColumnModel } from "./columnModel";
import type { ConstraintModel } from "./constraintModel";
import type { IndexModel } from "./indexModel";

/** A name in a schema. */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

export interface TriggerModel {
  readonly name: string;
  /** Between the name and ON: `BEFORE UPDATE OF email`. */
  readonly event: string;
  /** After the table: `FOR EACH ROW EXECUTE FUNCTION touch()`. */
  readonly action: string;
  readonly isConstraint: boolean;
  readonly enabled: "enabled" | "disabled" | "replica" | "always";
  readonly comment: string | undefined;
}

export interface PolicyModel {
  readonly name: string;
  readonly isPermissive: boolean;
  readonly command: "all" | "select" | "insert" | "update" | "delete";
  /** `public` is everybody. */
  readonly roles: readonly string[];
  readonly using: string | undefined;
  readonly withCheck: string | undefined;
  readonly comment: string | undefined;
}

export interface StatisticsModel {
  readonly schema: string;
  readonly name: string;
  /** As `pg_get_statisticsobjdef` prints it, between the name and FROM: `(ndistinct) ON a, b`. */
  readonly definition: string;
}

export interface PartitionOf extends QualifiedName {
  /** `FOR VALUES FROM (1) TO (10)`, `DEFAULT` */
  readonly bounds: string;
}

export interface TableModel extends QualifiedName {
  /** In the order of the table. */
  readonly columns: readonly ColumnModel[];
  /** Sorted by kind (primary key, unique, check, foreign key, exclude) and name. */
  readonly constraints: readonly ConstraintModel[];
  /** Those that no constraint owns, sorted by name. */
  readonly indexes: readonly IndexModel[];
  readonly comment: string | undefined;
  readonly isUnlogged: boolean;
  /** `RANGE (created_at)` */
  readonly partitionBy: string | undefined;
  readonly partitionOf: PartitionOf | undefined;
  readonly inherits: readonly QualifiedName[];
  /** Storage parameters, `fillfactor=70`, sorted. */
  readonly options: readonly string[];
  readonly tablespace: string | undefined;
  readonly rowSecurity: { readonly isEnabled: boolean; readonly isForced: boolean };
  readonly replicaIdentity: "default" | "full" | "nothing" | "index";
  readonly policies: readonly PolicyModel[];
  readonly triggers: readonly TriggerModel[];
  readonly statistics: readonly StatisticsModel[];
}

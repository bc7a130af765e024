import type { IndexModel } from "./indexModel";
import type { QualifiedName, TriggerModel } from "./tableModel";

export interface ViewColumn {
  readonly name: string;
  readonly type: string;
  /** What an INSERT into the view takes for it, as the server prints it. */
  readonly default: string | undefined;
  readonly comment: string | undefined;
}

/** A column, or the relation as a whole, that a view reads. */
export interface ViewDependency extends QualifiedName {
  readonly column: string | undefined;
}

export interface ViewModel extends QualifiedName {
  readonly isMaterialized: boolean;
  /** As `pg_get_viewdef` prints it, without the semicolon. */
  readonly definition: string;
  readonly columns: readonly ViewColumn[];
  /** `security_invoker=true`, sorted; without the check option. */
  readonly options: readonly string[];
  readonly checkOption: "local" | "cascaded" | undefined;
  readonly method: string | undefined;
  readonly tablespace: string | undefined;
  readonly comment: string | undefined;
  /** Of a materialised view. */
  readonly indexes: readonly IndexModel[];
  readonly triggers: readonly TriggerModel[];
  /** `CREATE RULE`, as `pg_get_ruledef` prints it, without the semicolon; sorted by name. */
  readonly rules: readonly string[];
  readonly dependsOn: readonly ViewDependency[];
}

import type { ColumnModel } from "../../schema/model/columnModel";
import type { ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";
import type {
  PolicyModel,
  QualifiedName,
  StatisticsModel,
  TableModel,
  TriggerModel,
} from "../../schema/model/tableModel";
import type { ViewDependency, ViewModel } from "../../schema/model/viewModel";
import type { Row } from "../connection";
import { flag, letter, optionalText, rowList, text, textList } from "./rowValues";

/** What belongs to one table or view. */
export interface RelationParts {
  readonly columns: readonly ColumnModel[];
  readonly constraints: readonly ConstraintModel[];
  readonly indexes: readonly IndexModel[];
  readonly policies: readonly PolicyModel[];
  readonly triggers: readonly TriggerModel[];
  readonly statistics: readonly StatisticsModel[];
  readonly dependsOn: readonly ViewDependency[];
}

const replicaIdentities: ReadonlyMap<string, TableModel["replicaIdentity"]> = new Map([
  ["d", "default"],
  ["f", "full"],
  ["n", "nothing"],
  ["i", "index"],
]);

/** A row of the relations' query as a table, with the parts that were read for it. */
export function readTable(row: Row, parts: RelationParts, schemaName: (name: string) => string): TableModel {
  const parents = rowList(row, "parents").map((parent): QualifiedName => ({
    schema: schemaName(text(parent, "schema")),
    name: text(parent, "name"),
  }));
  const bounds = optionalText(row, "bounds");
  const partitioned = parents[0];
  return {
    schema: schemaName(text(row, "schema")),
    name: text(row, "name"),
    columns: parts.columns,
    constraints: parts.constraints,
    indexes: parts.indexes,
    comment: optionalText(row, "comment"),
    isUnlogged: flag(row, "is_unlogged"),
    partitionBy: optionalText(row, "partition_by"),
    partitionOf: bounds === undefined || partitioned === undefined ? undefined : { ...partitioned, bounds },
    inherits: bounds === undefined ? parents : [],
    options: [...textList(row, "options")].sort(),
    tablespace: optionalText(row, "tablespace"),
    rowSecurity: { isEnabled: flag(row, "row_security"), isForced: flag(row, "force_row_security") },
    replicaIdentity: letter(row, "replica_identity", replicaIdentities),
    policies: parts.policies,
    triggers: parts.triggers,
    statistics: parts.statistics,
  };
}

/** A row of the relations' query as a view or a materialized view. */
export function readView(row: Row, parts: RelationParts, schemaName: (name: string) => string): ViewModel {
  const options = textList(row, "options");
  const checkOption = options.find((option) => option.startsWith("check_option="));
  return {
    schema: schemaName(text(row, "schema")),
    name: text(row, "name"),
    isMaterialized: text(row, "kind") === "m",
    definition: text(row, "definition").trim().replace(/;$/, ""),
    columns: parts.columns.map((column) => ({
      name: column.name,
      type: column.type,
      default: column.default,
      comment: column.comment,
    })),
    options: options.filter((option) => option !== checkOption).sort(),
    checkOption: checkOption === undefined ? undefined : checkOption.endsWith("local") ? "local" : "cascaded",
    method: optionalText(row, "method"),
    tablespace: optionalText(row, "tablespace"),
    comment: optionalText(row, "comment"),
    indexes: parts.indexes,
    triggers: parts.triggers,
    rules: textList(row, "rules").map((rule) => rule.trim().replace(/;$/, "")),
    dependsOn: parts.dependsOn,
  };
}

/** What a view reads: a relation, or a column of one. */
export function readViewDependency(row: Row, schemaName: (name: string) => string): ViewDependency {
  return {
    schema: schemaName(text(row, "schema")),
    name: text(row, "name"),
    column: optionalText(row, "column"),
  };
}

const enabledStates: ReadonlyMap<string, TriggerModel["enabled"]> = new Map([
  ["O", "enabled"],
  ["D", "disabled"],
  ["R", "replica"],
  ["A", "always"],
]);

/** A row of the triggers' query as a trigger. */
export function readTrigger(row: Row): TriggerModel {
  const body = text(row, "definition").slice(text(row, "opening").length);
  const separator = text(row, "separator");
  const at = body.indexOf(separator);
  return {
    name: text(row, "name"),
    event: body.slice(0, at),
    action: body.slice(at + separator.length),
    isConstraint: flag(row, "is_constraint"),
    enabled: letter(row, "enabled", enabledStates),
    comment: optionalText(row, "comment"),
  };
}

const commands: ReadonlyMap<string, PolicyModel["command"]> = new Map([
  ["*", "all"],
  ["r", "select"],
  ["a", "insert"],
  ["w", "update"],
  ["d", "delete"],
]);

/** A row of the policies' query as a policy. */
export function readPolicy(row: Row): PolicyModel {
  return {
    name: text(row, "name"),
    isPermissive: flag(row, "is_permissive"),
    command: letter(row, "command", commands),
    roles: [...textList(row, "roles")].sort(),
    using: optionalText(row, "using"),
    withCheck: optionalText(row, "with_check"),
    comment: optionalText(row, "comment"),
  };
}

/** A row of the query for extended statistics (`CREATE STATISTICS`). */
export function readStatistics(row: Row, schemaName: (name: string) => string): StatisticsModel {
  const definition = text(row, "definition").slice(text(row, "opening").length);
  return {
    schema: schemaName(text(row, "schema")),
    name: text(row, "name"),
    definition: definition.slice(0, definition.lastIndexOf(" FROM ")),
  };
}

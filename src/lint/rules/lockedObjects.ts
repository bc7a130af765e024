import type { Node, ObjectType } from "libpg-query";
import {
  isChange,
  joinedName,
  nodeOf,
  nodesOf,
  objectNames,
  relationName,
  tableChanges,
} from "../syntaxTree";
import { columnsMade, constraintsOf } from "./columns";
import { isBlockingChange, isBlockingReindex, isFullVacuum, lockedTables } from "./lockedTables";

/** What queries name beside tables, and wait for. */
const likeTables: readonly ObjectType[] = [
  "OBJECT_VIEW",
  "OBJECT_MATVIEW",
  "OBJECT_FOREIGN_TABLE",
  "OBJECT_SEQUENCE",
];

/** Something that a statement locks. */
export interface LockedObject {
  readonly name: string;
  /** In a sentence: `users`, `the table of ix_users_email`. */
  readonly said: string;
}

/**
 * All that a statement locks so that queries wait: tables, also those that it references, views, sequences, and tables
 * that it does not name.
 */
export function lockedObjects(node: Node): readonly LockedObject[] {
  const found = [...lockedTables(node), ...referencedTables(node), ...lockedLikeTables(node)];
  return [...[...new Set(found)].map((name) => ({ name, said: name })), ...lockedUnnamed(node)];
}

/** A foreign key locks the table that it refers to as well, and ATTACH PARTITION the one that becomes a partition. */
function referencedTables(node: Node): readonly string[] {
  const constraints = [
    ...nodesOf(nodeOf(node, "CreateStmt")?.tableElts, "Constraint"),
    ...columnsMade(node).flatMap(({ column }) => constraintsOf(column)),
    ...tableChanges(node).flatMap(({ command }) => nodeOf(command.def, "Constraint") ?? []),
  ];
  const attached = tableChanges(node)
    .filter((change) => isChange(change, "AT_AttachPartition"))
    .map(({ command }) => nodeOf(command.def, "PartitionCmd")?.name);
  return [
    ...constraints.filter(({ contype }) => contype === "CONSTR_FOREIGN").map(({ pktable }) => pktable),
    ...attached,
  ]
    .filter((relation) => relation !== undefined)
    .map(relationName)
    .filter((name) => name !== relationName(nodeOf(node, "CreateStmt")?.relation));
}

function lockedLikeTables(node: Node): readonly string[] {
  const alter = nodeOf(node, "AlterTableStmt");
  const rename = nodeOf(node, "RenameStmt");
  const moved = nodeOf(node, "AlterObjectSchemaStmt");
  const drop = nodeOf(node, "DropStmt");
  const view = nodeOf(node, "ViewStmt");
  const refresh = nodeOf(node, "RefreshMatViewStmt");
  const isLikeTable = (type: ObjectType | undefined): boolean =>
    type !== undefined && likeTables.includes(type);
  const changes = nodesOf(alter?.cmds, "AlterTableCmd");
  const isAltered = isLikeTable(alter?.objtype) && changes.some((command) => isBlockingChange({ command }));
  const isRenamed =
    isLikeTable(rename?.renameType) ||
    (rename?.renameType === "OBJECT_COLUMN" && isLikeTable(rename.relationType));
  return [
    ...[
      isAltered ? alter?.relation : undefined,
      isRenamed ? rename?.relation : undefined,
      isLikeTable(moved?.objectType) ? moved?.relation : undefined,
      view?.replace === true ? view.view : undefined,
      refresh !== undefined && refresh.concurrent !== true ? refresh.relation : undefined,
      nodeOf(node, "AlterSeqStmt")?.sequence,
    ]
      .filter((relation) => relation !== undefined)
      .map(relationName),
    ...(isLikeTable(drop?.removeType) ? objectNames(drop?.objects) : []),
  ];
}

/** Tables that a statement does not name: those of indexes and domains, of what is dropped with CASCADE, or all. */
function lockedUnnamed(node: Node): readonly LockedObject[] {
  const domain = nodeOf(node, "AlterDomainStmt");
  // Those that read the columns: ADD CONSTRAINT, SET NOT NULL and VALIDATE CONSTRAINT.
  const isReading =
    domain?.subtype !== undefined &&
    ["C", "O", "V"].includes(domain.subtype) &&
    nodeOf(domain.def, "Constraint")?.skip_validation !== true;
  const type = joinedName(domain?.typeName);
  const drop = nodeOf(node, "DropStmt");
  const isSpreading =
    drop?.behavior === "DROP_CASCADE" &&
    drop.removeType !== undefined &&
    usedByTables.includes(drop.removeType);
  return [
    ...lockedIndexes(node).map((name) => ({ name, said: `the table of ${name}` })),
    ...(isReading ? [{ name: type, said: `the tables that use ${type}` }] : []),
    ...(isSpreading ? objectNames(drop.objects) : []).map((name) => ({
      name,
      said: `the tables that depend on ${name}`,
    })),
    ...(locksAll(node) ? [{ name: "", said: "each table" }] : []),
  ];
}

const usedByTables: readonly ObjectType[] = [
  "OBJECT_DOMAIN",
  "OBJECT_EXTENSION",
  "OBJECT_FUNCTION",
  "OBJECT_SCHEMA",
  "OBJECT_TYPE",
];

function lockedIndexes(node: Node): readonly string[] {
  const drop = nodeOf(node, "DropStmt");
  const reindex = nodeOf(node, "ReindexStmt");
  const alter = nodeOf(node, "AlterTableStmt");
  const changes = nodesOf(alter?.cmds, "AlterTableCmd");
  const attached = changes
    .filter(({ subtype }) => subtype === "AT_AttachPartition")
    .map(({ def }) => nodeOf(def, "PartitionCmd")?.name);
  const isMoved =
    alter?.objtype === "OBJECT_INDEX" && changes.some(({ subtype }) => subtype === "AT_SetTableSpace");
  return [
    ...(drop?.removeType === "OBJECT_INDEX" && drop.concurrent !== true ? objectNames(drop.objects) : []),
    ...[
      reindex?.kind === "REINDEX_OBJECT_INDEX" && isBlockingReindex(reindex) ? reindex.relation : undefined,
      isMoved ? alter.relation : undefined,
      ...(alter?.objtype === "OBJECT_INDEX" ? attached : []),
    ]
      .filter((relation) => relation !== undefined)
      .map(relationName),
  ];
}

/** REINDEX of a schema or more, and CLUSTER, VACUUM FULL and DROP OWNED, which name no table. */
function locksAll(node: Node): boolean {
  const reindex = nodeOf(node, "ReindexStmt");
  const cluster = nodeOf(node, "ClusterStmt");
  const vacuum = nodeOf(node, "VacuumStmt");
  return (
    (reindex !== undefined && reindex.relation === undefined && isBlockingReindex(reindex)) ||
    (cluster !== undefined && cluster.relation === undefined) ||
    (vacuum !== undefined && (vacuum.rels ?? []).length === 0 && isFullVacuum(vacuum)) ||
    nodeOf(node, "DropOwnedStmt") !== undefined
  );
}

import type { AlterTableType, Node, ObjectType, RangeVar, ReindexStmt, VacuumStmt } from "libpg-query";
import {
  isChange,
  isSwitchedOn,
  nodeOf,
  nodesOf,
  objectNames,
  relationName,
  tableChanges,
} from "../syntaxTree";
import type { TableChange } from "../syntaxTree";

/** Measured: these take SHARE UPDATE EXCLUSIVE or less, or lock the other table. */
const gentle: readonly AlterTableType[] = [
  "AT_SetStatistics",
  "AT_SetOptions",
  "AT_ResetOptions",
  "AT_SetRelOptions",
  "AT_ResetRelOptions",
  "AT_ValidateConstraint",
  "AT_ClusterOn",
  "AT_DropCluster",
  "AT_AttachPartition",
];

/** Of these the grammar gives the table as the name's first parts. */
const ofTable: readonly ObjectType[] = ["OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE"];

const renamedInTable: readonly ObjectType[] = [...ofTable, "OBJECT_TABLE", "OBJECT_TABCONSTRAINT"];

/** SHARE, the weakest mode that shuts out writers. */
const shareMode = 5;

/** Whether a change that ALTER TABLE makes shuts out writers, or readers too. */
export function isBlockingChange({ command }: Pick<TableChange, "command">): boolean {
  return !isChange({ table: "", command }, ...gentle);
}

/** Whether a REINDEX shuts out writers, and nearly all readers. */
export function isBlockingReindex({ params }: ReindexStmt): boolean {
  return !nodesOf(params, "DefElem").some((option) => isSwitchedOn(option, "concurrently"));
}

/** The tables that a statement takes an ACCESS EXCLUSIVE lock on, or a lock that shuts out writers. */
export function lockedTables(node: Node): readonly string[] {
  const changed = tableChanges(node).filter(isBlockingChange);
  const index = nodeOf(node, "IndexStmt");
  const drop = nodeOf(node, "DropStmt");
  const rename = nodeOf(node, "RenameStmt");
  const moved = nodeOf(node, "AlterObjectSchemaStmt");
  const lock = nodeOf(node, "LockStmt");
  const partition = nodeOf(node, "CreateStmt");
  const relations = [
    index !== undefined && index.concurrent !== true ? index.relation : undefined,
    rename !== undefined && isOfTable(rename.renameType, rename.relationType) ? rename.relation : undefined,
    moved?.objectType === "OBJECT_TABLE" ? moved.relation : undefined,
    nodeOf(node, "CreateTrigStmt")?.relation,
    nodeOf(node, "CreatePolicyStmt")?.table,
    nodeOf(node, "AlterPolicyStmt")?.table,
    nodeOf(node, "RuleStmt")?.relation,
    ...rebuiltTables(node),
    ...nodesOf(nodeOf(node, "TruncateStmt")?.relations, "RangeVar"),
    ...((lock?.mode ?? 0) >= shareMode ? nodesOf(lock?.relations, "RangeVar") : []),
    ...(partition?.partbound === undefined ? [] : nodesOf(partition.inhRelations, "RangeVar")),
  ].filter((relation) => relation !== undefined);
  return [
    ...new Set([
      ...changed.map(({ table }) => table),
      ...relations.map(relationName),
      ...(drop?.removeType === "OBJECT_TABLE" ? objectNames(drop.objects) : []),
      ...(drop?.removeType !== undefined && ofTable.includes(drop.removeType)
        ? objectNames(drop.objects).map((name) => name.split(".").slice(0, -1).join("."))
        : []),
    ]),
  ];
}

function isOfTable(renamed: ObjectType | undefined, of: ObjectType | undefined): boolean {
  return (
    renamed !== undefined &&
    (renamedInTable.includes(renamed) || (renamed === "OBJECT_COLUMN" && of === "OBJECT_TABLE"))
  );
}

export function isFullVacuum({ options }: VacuumStmt): boolean {
  return nodesOf(options, "DefElem").some((option) => isSwitchedOn(option, "full"));
}

/** What REINDEX TABLE, CLUSTER and VACUUM FULL name. */
function rebuiltTables(node: Node): readonly (RangeVar | undefined)[] {
  const reindex = nodeOf(node, "ReindexStmt");
  const vacuum = nodeOf(node, "VacuumStmt");
  return [
    reindex?.kind === "REINDEX_OBJECT_TABLE" && isBlockingReindex(reindex) ? reindex.relation : undefined,
    nodeOf(node, "ClusterStmt")?.relation,
    ...(vacuum !== undefined && isFullVacuum(vacuum)
      ? nodesOf(vacuum.rels, "VacuumRelation").map(({ relation }) => relation)
      : []),
  ];
}

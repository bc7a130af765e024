import type { AlterTableType, Node } from "libpg-query";
import { isChange, nodeOf, nodesOf, objectNames, relationName, tableChanges } from "../syntaxTree";

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

/** The tables that a statement takes an ACCESS EXCLUSIVE lock on, or a lock that shuts out writers. */
export function lockedTables(node: Node): readonly string[] {
  const changes = tableChanges(node);
  const changed = changes.filter((change) => !isChange(change, ...gentle)).map(({ table }) => table);
  const index = nodeOf(node, "IndexStmt");
  const rename = nodeOf(node, "RenameStmt");
  const drop = nodeOf(node, "DropStmt");
  const truncate = nodeOf(node, "TruncateStmt");
  return [
    ...new Set([
      ...changed,
      ...(index !== undefined && index.concurrent !== true ? [relationName(index.relation)] : []),
      ...(rename?.relation !== undefined && isTable(rename.relationType, rename.renameType)
        ? [relationName(rename.relation)]
        : []),
      ...(drop?.removeType === "OBJECT_TABLE" ? objectNames(drop.objects) : []),
      ...nodesOf(truncate?.relations, "RangeVar").map(relationName),
    ]),
  ];
}

function isTable(relation: string | undefined, renamed: string | undefined): boolean {
  return renamed === "OBJECT_TABLE" || relation === "OBJECT_TABLE";
}

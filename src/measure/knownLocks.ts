import type { Node } from "libpg-query";
import type { LockMode } from "../lint/effects";
import { isSwitchedOn, nodeOf, nodesOf, objectNames, relationName, tableChanges } from "../lint/syntaxTree";

/** What is known of a statement that runs outside of a transaction. */
export interface KnownLock {
  /** As the statement names it: a table, or an index, whose table is locked in the same way. */
  readonly relation: string;
  readonly lock: LockMode;
  readonly isRead: boolean;
}

const gentle = "SHARE UPDATE EXCLUSIVE";

/**
 * The locks that PostgreSQL's manual gives for statements that it refuses in a transaction; undefined for a statement
 * of which nothing is known.
 */
export function knownLocks(node: Node): readonly KnownLock[] | undefined {
  const index = nodeOf(node, "IndexStmt");
  if (index?.concurrent === true) {
    return [{ relation: relationName(index.relation), lock: gentle, isRead: true }];
  }
  const drop = nodeOf(node, "DropStmt");
  if (drop?.removeType === "OBJECT_INDEX") {
    return objectNames(drop.objects).map((relation) => ({ relation, lock: gentle, isRead: false }));
  }
  const reindex = nodeOf(node, "ReindexStmt");
  if (reindex !== undefined) {
    const isConcurrent = nodesOf(reindex.params, "DefElem").some((each) =>
      isSwitchedOn(each, "concurrently"),
    );
    return reindex.relation === undefined
      ? undefined
      : [{ relation: relationName(reindex.relation), lock: isConcurrent ? gentle : "SHARE", isRead: true }];
  }
  const vacuum = nodeOf(node, "VacuumStmt");
  if (vacuum !== undefined) {
    const isFull = nodesOf(vacuum.options, "DefElem").some((each) => isSwitchedOn(each, "full"));
    return nodesOf(vacuum.rels, "VacuumRelation").map(({ relation }) => ({
      relation: relationName(relation),
      lock: isFull ? "ACCESS EXCLUSIVE" : gentle,
      isRead: isFull,
    }));
  }
  const cluster = nodeOf(node, "ClusterStmt");
  if (cluster?.relation !== undefined) {
    return [{ relation: relationName(cluster.relation), lock: "ACCESS EXCLUSIVE", isRead: true }];
  }
  const detached = tableChanges(node).flatMap(({ table, command }) => {
    const partition = nodeOf(command.def, "PartitionCmd");
    return partition?.concurrent === true ? [table, relationName(partition.name)] : [];
  });
  return detached.length === 0
    ? undefined
    : detached.map((relation) => ({ relation, lock: gentle, isRead: false }));
}

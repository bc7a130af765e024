import * as vscode from "vscode";
import { commandIds } from "../contributions";
import type { Services } from "../services";
import type { RevisionNode, TreeNode } from "./treeNode";

const mimeType = "application/vnd.code.tree.alembic.revisions";

interface DraggedHead {
  readonly projectId: string;
  readonly revision: string;
}

/** A head that is dropped on another one is merged with it; *Merge Heads…* does the same by keyboard. */
export function mergeByDragging(services: Services): vscode.TreeDragAndDropController<TreeNode> {
  return {
    dragMimeTypes: [mimeType],
    dropMimeTypes: [mimeType],
    handleDrag: (nodes, data) => {
      const heads = nodes
        .filter(isHead)
        .map(({ projectId, revision }): DraggedHead => ({ projectId, revision }));
      data.set(mimeType, new vscode.DataTransferItem(heads));
    },
    handleDrop: async (target, data) => {
      const dragged: unknown = data.get(mimeType)?.value;
      if (target === undefined || !isHead(target) || !Array.isArray(dragged)) {
        return;
      }
      const { projectId } = target;
      const heads = services.projects.get(projectId)?.graph.heads ?? [];
      const all = [...(dragged as readonly DraggedHead[]), target];
      const revisions = new Set(
        all
          .filter((item) => item.projectId === projectId && heads.includes(item.revision))
          .map(({ revision }) => revision),
      );
      if (revisions.size > 1) {
        const argument = { projectId, revisions: [...revisions] };
        await vscode.commands.executeCommand(commandIds.mergeHeads, argument);
      }
    },
  };
}

function isHead(node: TreeNode): node is RevisionNode {
  return node.kind === "revision" && node.row.revision.isHead;
}

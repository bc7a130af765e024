import * as vscode from "vscode";
import { commandIds } from "../contributions";
import type { Services } from "../services";
import type { RevisionNode, TreeNode } from "./treeNode";

const mimeType = "application/vnd.code.tree.alembic.revisions";

interface DraggedRevision {
  readonly projectId: string;
  readonly revision: string;
}

/**
 * A head that is dropped on another one is merged with it; any other revision's branch is put on the one that it is
 * dropped on. *Merge Heads…* and *Rebase Branch Here…* do the same by keyboard, and ask the same.
 */
export function dragRevisions(services: Services): vscode.TreeDragAndDropController<TreeNode> {
  return {
    dragMimeTypes: [mimeType],
    dropMimeTypes: [mimeType],
    handleDrag: (nodes, data) => {
      const revisions = nodes
        .filter(isRevision)
        .map(({ projectId, revision }): DraggedRevision => ({ projectId, revision }));
      data.set(mimeType, new vscode.DataTransferItem(revisions));
    },
    handleDrop: async (target, data) => {
      const value: unknown = data.get(mimeType)?.value;
      if (target === undefined || !isRevision(target) || !Array.isArray(value)) {
        return;
      }
      const { projectId, revision } = target;
      const heads = services.projects.get(projectId)?.graph.heads ?? [];
      const dragged = (value as readonly DraggedRevision[])
        .filter((item) => item.projectId === projectId && item.revision !== revision)
        .map((item) => item.revision);
      const [first, ...others] = dragged;
      if (first === undefined) {
        return;
      }
      if ([...dragged, revision].every((id) => heads.includes(id))) {
        const argument = { projectId, revisions: [...dragged, revision] };
        await vscode.commands.executeCommand(commandIds.mergeHeads, argument);
      } else if (others.length === 0) {
        await vscode.commands.executeCommand(commandIds.rebaseBranch, {
          projectId,
          revision,
          dragged: first,
        });
      }
    },
  };
}

function isRevision(node: TreeNode): node is RevisionNode {
  return node.kind === "revision";
}

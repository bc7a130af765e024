import * as vscode from "vscode";
import type { DatabaseState } from "../database/databaseState";
import type { Services } from "../services";
import type { RegisteredTree } from "../tree/register";
import type { TreeNode } from "../tree/revisionsTree";

/** What tests can see of the views, for which the editor has no public API. */
export interface Inspection {
  /** Labels and descriptions of the tree's rows, those below projects after them. */
  treeRows(): readonly {
    readonly label: string;
    readonly description: string;
    readonly contextValue: string;
    /** The row's revision; undefined for rows of other kinds. */
    readonly revision: string | undefined;
  }[];
  /** Waits until the files have been read. */
  whenRead(): Promise<void>;
  databaseStates(): readonly DatabaseState[];
  /** Drags the row of one revision onto that of another. */
  dropRevision(dragged: string, target: string): Promise<void>;
  /** What the Test Explorer shows and starts. */
  readonly tests: vscode.TestController;
}

export function inspectionOf(
  services: Services,
  { tree, dragAndDrop }: RegisteredTree,
  tests: vscode.TestController,
): Inspection {
  const rowsBelow = (node: TreeNode | undefined): readonly TreeNode[] =>
    tree.getChildren(node).flatMap((child) => [child, ...rowsBelow(child)]);
  const rowOf = (revision: string): TreeNode | undefined =>
    rowsBelow(undefined).find((node) => node.kind === "revision" && node.revision === revision);
  return {
    tests,
    dropRevision: async (dragged, target) => {
      const row = rowOf(dragged);
      const { token } = new vscode.CancellationTokenSource();
      const data = new vscode.DataTransfer();
      await dragAndDrop.handleDrag?.(row === undefined ? [] : [row], data, token);
      await dragAndDrop.handleDrop?.(rowOf(target), data, token);
    },
    treeRows: () =>
      rowsBelow(undefined).map((node) => {
        const { label, description, contextValue } = tree.getTreeItem(node);
        return {
          label: typeof label === "string" ? label : (label?.label ?? ""),
          description: typeof description === "string" ? description : "",
          contextValue: contextValue ?? "",
          revision: node.kind === "revision" ? node.revision : undefined,
        };
      }),
    whenRead: () => services.projects.refreshNow(),
    databaseStates: () => services.projects.projects.map((project) => services.databases.get(project)),
  };
}

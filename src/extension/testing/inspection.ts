import type * as vscode from "vscode";
import type { DatabaseState } from "../database/databaseState";
import type { Services } from "../services";
import type { RevisionsTree, TreeNode } from "../tree/revisionsTree";

/** What tests can see of the views, for which the editor has no public API. */
export interface Inspection {
  /** Labels and descriptions of the tree's rows, those below projects after them. */
  treeRows(): readonly {
    readonly label: string;
    readonly description: string;
    readonly contextValue: string;
  }[];
  /** Waits until the files have been read. */
  whenRead(): Promise<void>;
  databaseStates(): readonly DatabaseState[];
  /** What the Test Explorer shows and starts. */
  readonly tests: vscode.TestController;
}

export function inspectionOf(
  services: Services,
  tree: RevisionsTree,
  tests: vscode.TestController,
): Inspection {
  const rowsBelow = (node: TreeNode | undefined): readonly TreeNode[] =>
    tree.getChildren(node).flatMap((child) => [child, ...rowsBelow(child)]);
  return {
    tests,
    treeRows: () =>
      rowsBelow(undefined).map((node) => {
        const { label, description, contextValue } = tree.getTreeItem(node);
        return {
          label: typeof label === "string" ? label : (label?.label ?? ""),
          description: typeof description === "string" ? description : "",
          contextValue: contextValue ?? "",
        };
      }),
    whenRead: () => services.projects.refreshNow(),
    databaseStates: () => services.projects.projects.map((project) => services.databases.get(project)),
  };
}

import * as vscode from "vscode";
import type { DatabaseState } from "../database/databaseState";
import type { Services } from "../services";
import type { LanguageModelTools } from "../languageModel/register";
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
    /** What a screen reader says. */
    readonly spoken: string;
  }[];
  /** Waits until the files have been read. */
  whenRead(): Promise<void>;
  databaseStates(): readonly DatabaseState[];
  /** Drags the row of one revision onto that of another. */
  dropRevision(dragged: string, target: string): Promise<void>;
  /** What the Test Explorer shows and starts. */
  readonly tests: vscode.TestController;
  /** What stands above the rows of the view. */
  message(): string;
  /** The number at the view's icon. */
  badge(): vscode.ViewBadge | undefined;
  /** The badge of a file in the explorer. */
  decorationOf(uri: vscode.Uri): vscode.FileDecoration | undefined;
  readonly tools: LanguageModelTools;
}

/** What the features made that the editor shows. */
export interface ShownFeatures {
  readonly tree: RegisteredTree;
  readonly tests: vscode.TestController;
  readonly decorations: vscode.FileDecorationProvider;
  readonly tools: LanguageModelTools;
}

/** What suites in the editor see of the extension that no API of the editor shows. */
export function inspectionOf(
  services: Services,
  { tree: { tree, view, dragAndDrop }, tests, decorations, tools }: ShownFeatures,
): Inspection {
  const rowsBelow = (node: TreeNode | undefined): readonly TreeNode[] =>
    tree.rowsOf(node).flatMap((child) => [child, ...rowsBelow(child)]);
  const rowOf = (revision: string): TreeNode | undefined =>
    rowsBelow(undefined).find((node) => node.kind === "revision" && node.revision === revision);
  return {
    tests,
    tools,
    message: () => view.message ?? "",
    badge: () => view.badge,
    decorationOf: (uri) => {
      const { token } = new vscode.CancellationTokenSource();
      const decoration = decorations.provideFileDecoration(uri, token);
      return decoration instanceof vscode.FileDecoration ? decoration : undefined;
    },
    dropRevision: async (dragged, target) => {
      const row = rowOf(dragged);
      const { token } = new vscode.CancellationTokenSource();
      const data = new vscode.DataTransfer();
      await dragAndDrop.handleDrag?.(row === undefined ? [] : [row], data, token);
      await dragAndDrop.handleDrop?.(rowOf(target), data, token);
    },
    treeRows: () =>
      rowsBelow(undefined).map((node) => {
        const { label, description, contextValue, accessibilityInformation } = tree.getTreeItem(node);
        return {
          label: typeof label === "string" ? label : (label?.label ?? ""),
          description: typeof description === "string" ? description : "",
          contextValue: contextValue ?? "",
          revision: node.kind === "revision" ? node.revision : undefined,
          spoken: accessibilityInformation?.label ?? "",
        };
      }),
    whenRead: () => services.projects.refreshNow(),
    databaseStates: () => services.projects.projects.map((project) => services.databases.get(project)),
  };
}

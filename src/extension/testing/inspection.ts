import * as vscode from "vscode";
import type { DatabaseState } from "../database/databaseState";
import type { Services } from "../services";
import type { LanguageModelTools } from "../languageModel/register";
import type { RegisteredTree } from "../tree/register";
import type { RevisionLenses } from "../lens/revisionLenses";
import type { FoundNode } from "../firstContact/foundTree";
import type { TreeNode } from "../tree/treeNode";

/** What tests can see of the views, for which the editor has no public API. */
export interface Inspection {
  /** Labels and descriptions of the tree's rows, those below projects after them, without those of a state. */
  treeRows(): readonly {
    readonly label: string;
    readonly description: string;
    readonly contextValue: string;
    /** The row's revision; undefined for rows of other kinds. */
    readonly revision: string | undefined;
    /** What a screen reader says. */
    readonly spoken: string;
  }[];
  /** Labels of the rows that say that the state of a project's database is not known. */
  stateRows(): readonly string[];
  /** Labels of the rows of *Found in This Workspace*, and of those below them after two spaces. */
  foundRows(): Promise<readonly string[]>;
  /** Waits until the files have been read. */
  whenRead(): Promise<void>;
  databaseStates(): readonly DatabaseState[];
  /** The rows of revisions, as the view passes them to commands. */
  selectedRows(...revisions: readonly string[]): readonly object[];
  /** Drags the row of one revision onto that of another. */
  dropRevision(dragged: string, target: string): Promise<void>;
  /** What the Test Explorer shows and starts. */
  readonly tests: vscode.TestController;
  /** What stands above the rows of the view. */
  message(): string;
  /** What stands beside the title of the view. */
  description(): string;
  /** The number at the view's icon. */
  badge(): vscode.ViewBadge | undefined;
  /** The badge of a file in the explorer. */
  decorationOf(uri: vscode.Uri): vscode.FileDecoration | undefined;
  /** The tools for language models, by their names. */
  readonly tools: LanguageModelTools;
  readonly mcpServers: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition> | undefined;
  /** What the editor is told of lenses, and asks for. */
  readonly lenses: RevisionLenses;
}

/** What the features made that the editor shows. */
export interface ShownFeatures {
  readonly tree: RegisteredTree;
  readonly foundTree: vscode.TreeDataProvider<FoundNode>;
  readonly tests: vscode.TestController;
  readonly decorations: vscode.FileDecorationProvider;
  readonly tools: LanguageModelTools;
  readonly mcpServers: Inspection["mcpServers"];
  readonly lenses: RevisionLenses;
}

/** What suites in the editor see of the extension that no API of the editor shows. */
export function inspectionOf(
  services: Services,
  {
    tree: { tree, view, dragAndDrop },
    foundTree,
    tests,
    decorations,
    tools,
    mcpServers,
    lenses,
  }: ShownFeatures,
): Inspection {
  const rowsBelow = (node: TreeNode | undefined): readonly TreeNode[] =>
    tree.rowsOf(node).flatMap((child) => [child, ...rowsBelow(child)]);
  const rowOf = (revision: string): TreeNode | undefined =>
    rowsBelow(undefined).find((node) => node.kind === "revision" && node.revision === revision);
  return {
    tests,
    tools,
    mcpServers,
    lenses,
    message: () => view.message ?? "",
    description: () => view.description ?? "",
    badge: () => view.badge,
    decorationOf: (uri) => {
      const { token } = new vscode.CancellationTokenSource();
      const decoration = decorations.provideFileDecoration(uri, token);
      return decoration instanceof vscode.FileDecoration ? decoration : undefined;
    },
    selectedRows: (...revisions) => revisions.flatMap((revision) => rowOf(revision) ?? []),
    dropRevision: async (dragged, target) => {
      const row = rowOf(dragged);
      const { token } = new vscode.CancellationTokenSource();
      const data = new vscode.DataTransfer();
      await dragAndDrop.handleDrag?.(row === undefined ? [] : [row], data, token);
      await dragAndDrop.handleDrop?.(rowOf(target), data, token);
    },
    treeRows: () =>
      rowsBelow(undefined)
        .filter(({ kind }) => kind !== "state")
        .map((node) => {
          const { label, description, contextValue, accessibilityInformation } = tree.getTreeItem(node);
          return {
            label: typeof label === "string" ? label : (label?.label ?? ""),
            description: typeof description === "string" ? description : "",
            contextValue: contextValue ?? "",
            revision: node.kind === "revision" ? node.revision : undefined,
            spoken: accessibilityInformation?.label ?? "",
          };
        }),
    stateRows: () =>
      rowsBelow(undefined)
        .filter(({ kind }) => kind === "state")
        .flatMap((node) => {
          const { label } = tree.getTreeItem(node);
          return typeof label === "string" ? [label] : [];
        }),
    foundRows: async () => {
      await services.typeorm.lookNow();
      return foundRowsBelow(foundTree, undefined, "");
    },
    whenRead: () => services.projects.refreshNow(),
    databaseStates: () => services.projects.projects.map((project) => services.databases.get(project)),
  };
}

async function foundRowsBelow(
  tree: vscode.TreeDataProvider<FoundNode>,
  node: FoundNode | undefined,
  indent: string,
): Promise<readonly string[]> {
  const rows: string[] = [];
  for (const child of (await tree.getChildren(node)) ?? []) {
    const { label, description } = await tree.getTreeItem(child);
    const words = typeof label === "string" ? label : (label?.label ?? "");
    const more = typeof description === "string" ? ` · ${description}` : "";
    rows.push(`${indent}${words}${more}`, ...(await foundRowsBelow(tree, child, `${indent}  `)));
  }
  return rows;
}

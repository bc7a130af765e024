import * as vscode from "vscode";
import { commandIds } from "../contributions";
import type { FoundClass } from "./findTypeorm";
import type { FoundTypeorm, TypeormFinder } from "./typeormFinder";

/** A row of what was found. */
export type FoundNode =
  | { readonly kind: "folder"; readonly found: FoundTypeorm }
  | { readonly kind: "dataSource"; readonly found: FoundTypeorm; readonly path: string }
  | { readonly kind: "entities"; readonly found: FoundTypeorm }
  | { readonly kind: "migrations"; readonly found: FoundTypeorm }
  | { readonly kind: "class"; readonly found: FoundTypeorm; readonly class: FoundClass };

/** The view *Found in This Workspace*: what a workspace without a configuration has for TypeORM. */
export class FoundTree implements vscode.TreeDataProvider<FoundNode> {
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(private readonly finder: TypeormFinder) {
    this.onDidChangeTreeData = finder.onDidChange;
  }

  getChildren(node?: FoundNode): FoundNode[] {
    const { folders } = this.finder;
    const [only] = folders;
    switch (node?.kind) {
      case undefined:
        return folders.length === 1 && only !== undefined
          ? rowsOf(only)
          : folders.map((found) => ({ kind: "folder", found }));
      case "folder":
        return rowsOf(node.found);
      case "entities":
        return node.found.entities.map((entity) => ({ kind: "class", found: node.found, class: entity }));
      case "migrations":
        return node.found.migrations.map((found) => ({ kind: "class", found: node.found, class: found }));
      default:
        return [];
    }
  }

  getTreeItem(node: FoundNode): vscode.TreeItem {
    switch (node.kind) {
      case "folder":
        return itemOf(node.found.folder.name, "folder", vscode.TreeItemCollapsibleState.Expanded);
      case "dataSource":
        return fileItem(
          node.path,
          vscode.l10n.t("DataSource"),
          "database",
          vscode.Uri.joinPath(node.found.folder.uri, node.path),
        );
      case "entities":
        return itemOf(
          vscode.l10n.t("Entities: {0}", node.found.entities.length),
          "symbol-class",
          vscode.TreeItemCollapsibleState.Collapsed,
        );
      case "migrations":
        return adoptItem(node.found);
      case "class":
        return fileItem(
          node.class.name,
          vscode.workspace.asRelativePath(node.class.uri, false),
          "file-code",
          node.class.uri,
        );
    }
  }
}

function rowsOf(found: FoundTypeorm): FoundNode[] {
  const { dataSources, entities, migrations } = found;
  return [
    ...(migrations.length > 0 ? [{ kind: "migrations", found } as const] : []),
    ...dataSources.map((path) => ({ kind: "dataSource", found, path }) as const),
    ...(entities.length > 0 ? [{ kind: "entities", found } as const] : []),
  ];
}

function adoptItem({ migrations }: FoundTypeorm): vscode.TreeItem {
  const title =
    migrations.length === 1
      ? vscode.l10n.t("Adopt 1 TypeORM Migration…")
      : vscode.l10n.t("Adopt {0} TypeORM Migrations…", migrations.length);
  const item = itemOf(title, "history", vscode.TreeItemCollapsibleState.Collapsed);
  if (vscode.workspace.isTrusted) {
    item.command = { command: commandIds.adoptTypeorm, title };
  } else {
    item.label = vscode.l10n.t("TypeORM migrations: {0}", migrations.length);
  }
  return item;
}

function fileItem(label: string, description: string, icon: string, uri: vscode.Uri): vscode.TreeItem {
  const item = itemOf(label, icon, vscode.TreeItemCollapsibleState.None);
  item.description = description;
  item.tooltip = vscode.workspace.asRelativePath(uri, false);
  item.command = { command: "vscode.open", title: vscode.l10n.t("Open File"), arguments: [uri] };
  return item;
}

function itemOf(label: string, icon: string, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

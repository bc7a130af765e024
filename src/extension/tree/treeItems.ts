import * as vscode from "vscode";
import { commandIds } from "../contributions";
import type { DatabaseState } from "../database/databaseState";
import { problemTexts } from "../diagnostics/problemTexts";
import { missingFolderText } from "../actions/missingFolder";
import type { Project } from "../project/project";
import type { Services } from "../services";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import { revisionDescription, revisionSpoken } from "./revisionText";
import { contextValueOf, iconOf } from "./treeModel";
import type { RevisionNode, TreeNode } from "./treeNode";

/** What the editor shows of a row; its tooltip comes later where it takes long to make. */
export function treeItem(
  node: TreeNode,
  services: Pick<Services, "projects" | "databases">,
): vscode.TreeItem {
  switch (node.kind) {
    case "project":
      return projectItem(node.project, node.project === services.projects.selected);
    case "revision":
      return revisionItem(node);
    case "unknownRow":
      return unknownRowItem(node.project, node.row);
    case "state":
      return stateItem(node.project, services.databases.get(node.project));
    case "missingFolder":
      return missingFolderItem(node.project, node.folder);
    case "remedy":
      return remedyItem(node.project, node.remedy);
    case "problems":
      return problemsItem(node.project, node.problems);
    case "problem":
      return problemItem(node.project, node.problem);
    case "more":
      return moreItem(node);
  }
}

function projectItem(project: Project, isSelected: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(project.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = project.id;
  item.iconPath = new vscode.ThemeIcon("folder-library");
  item.contextValue = "project";
  item.tooltip = project.configPath;
  const count = project.graph.revisions.length;
  item.description = isSelected
    ? vscode.l10n.t("{0} revisions · selected", count)
    : vscode.l10n.t("{0} revisions", count);
  return item;
}

function revisionItem(node: RevisionNode): vscode.TreeItem {
  const { row, project } = node;
  const label = row.revision.message === "" ? row.revision.revision : row.revision.message;
  const item = new vscode.TreeItem(`${row.guide}${label}`, vscode.TreeItemCollapsibleState.None);
  const { icon, color } = iconOf(row);
  item.id = `${project.id} ${node.revision}`;
  item.description = revisionDescription(row);
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.contextValue = contextValueOf(row, project.isPython);
  item.accessibilityInformation = { label: revisionSpoken(row), role: "treeitem" };
  item.command = {
    command: commandIds.openRevision,
    title: vscode.l10n.t("Open Revision"),
    arguments: [{ projectId: project.id, revision: node.revision }],
  };
  return item;
}

/** Said until the database has answered: what is not known must not look as if nothing were applied. */
function stateItem(project: Project, state: DatabaseState): vscode.TreeItem {
  const label =
    state.kind === "failed"
      ? vscode.l10n.t("The last status check failed · Check again")
      : vscode.l10n.t("State unknown · Check status");
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} state`;
  item.iconPath =
    state.kind === "failed"
      ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
      : new vscode.ThemeIcon("question");
  item.contextValue = "state";
  item.tooltip = vscode.l10n.t("Connects to the database and shows which revisions are applied");
  item.command = {
    command: commandIds.checkStatus,
    title: vscode.l10n.t("Check Status"),
    arguments: [project.id],
  };
  return item;
}

function missingFolderItem(project: Project, folder: vscode.Uri): vscode.TreeItem {
  const name = vscode.workspace.asRelativePath(folder, false);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.description = vscode.l10n.t("missing");
  item.accessibilityInformation = { label: missingFolderText(folder) };
  item.id = `${project.id} missing folder`;
  item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  item.contextValue = "missingFolder";
  const origin = vscode.l10n.t("{0} names this folder for the migrations.", project.configPath);
  item.tooltip = `${missingFolderText(folder)} ${origin}`;
  return item;
}

function remedyItem(project: Project, remedy: "openConfig" | "createFolder"): vscode.TreeItem {
  const { title, icon, command } =
    remedy === "openConfig"
      ? { title: vscode.l10n.t("Open Configuration"), icon: "go-to-file", command: commandIds.openConfig }
      : { title: vscode.l10n.t("Create Folder"), icon: "new-folder", command: commandIds.createScriptFolder };
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} ${remedy}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = "remedy";
  item.command = { command, title, arguments: [project.id] };
  return item;
}

function unknownRowItem(project: Project, row: string): vscode.TreeItem {
  const item = new vscode.TreeItem(row, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} row ${row}`;
  item.description = vscode.l10n.t("current · no file has it");
  item.iconPath = new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground"));
  item.contextValue = "unknownRow";
  item.command = {
    command: commandIds.findRevisionInGit,
    title: vscode.l10n.t("Find This Revision in Git"),
    arguments: [{ projectId: project.id, row }],
  };
  item.tooltip = vscode.l10n.t(
    "The version table names this revision, but no revision file has it. The file may be on another Git branch.",
  );
  return item;
}

function problemsItem(project: Project, problems: readonly LocatedProblem[]): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Problems"), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${project.id} problems`;
  item.description = String(problems.length);
  item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  item.contextValue = "problems";
  return item;
}

function problemItem(project: Project, located: LocatedProblem): vscode.TreeItem {
  const { message, hint } = problemTexts().problemText(located);
  const item = new vscode.TreeItem(message, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} problem ${located.code} ${located.path} ${located.range.start}`;
  const severity = located.severity === "error" ? "error" : "warning";
  item.iconPath = new vscode.ThemeIcon(severity, new vscode.ThemeColor(`list.${severity}Foreground`));
  item.contextValue = "problem";
  item.tooltip = `${message}\n${hint}`;
  const text = project.index.file(located.path)?.text ?? "";
  const before = text.slice(0, located.range.start).split(/\r\n|\r|\n/);
  const position = new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
  item.command = {
    command: "vscode.open",
    title: vscode.l10n.t("Open File"),
    arguments: [
      project.uriOf(located.path),
      { selection: new vscode.Range(position, position) } satisfies vscode.TextDocumentShowOptions,
    ],
  };
  return item;
}

function moreItem(node: Extract<TreeNode, { kind: "more" }>): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t("Show older ({0} more)", node.hidden),
    vscode.TreeItemCollapsibleState.None,
  );
  item.id = `${node.project.id} more`;
  item.iconPath = new vscode.ThemeIcon("fold-down");
  item.command = {
    command: commandIds.showOlder,
    title: vscode.l10n.t("Show Older Revisions"),
    arguments: [node.project.id],
  };
  return item;
}

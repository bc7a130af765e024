import * as vscode from "vscode";
import { resolveTarget, targetOfFile } from "../actions/target";
import { commandIds, viewIds } from "../contributions";
import type { ProblemReports } from "../diagnostics/problemReports";
import type { Services } from "../services";
import { asOf, unknownRowTexts } from "../database/revisionWords";
import type { Project } from "../project/project";
import { isSettingOn } from "../shared/settings";
import { dragRevisions } from "./dragAndDrop";
import { RevisionsTree } from "./revisionsTree";
import type { TreeNode } from "./treeNode";
import type { RevisionFilter } from "./treeModel";

export interface RegisteredTree {
  readonly tree: RevisionsTree;
  readonly view: vscode.TreeView<TreeNode>;
  readonly dragAndDrop: vscode.TreeDragAndDropController<TreeNode>;
}

/** The view *Revisions*. */
export function registerTree(
  context: vscode.ExtensionContext,
  services: Services,
  reports: ProblemReports,
): RegisteredTree {
  const { projects, databases, environments } = services;
  const tree = new RevisionsTree(services, (project) => reports.problemsOf(project));
  const dragAndDrop = dragRevisions(services);
  const view = vscode.window.createTreeView<TreeNode>(viewIds.revisions, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    dragAndDropController: dragAndDrop,
  });
  const describe = (): void => {
    view.badge = badgeOf(reports.problemCount, pendingCount(services));
    const project = projects.selected;
    // Beside the title where the container has several views, and above the rows, since a single view has no room there.
    view.description = project === undefined ? "" : stateDescription(services, project);
    view.message = messageOf(services, tree);
  };
  context.subscriptions.push(
    tree,
    view,
    projects.onDidChangeProjects(() => {
      tree.refresh();
      describe();
    }),
    reports.onDidChange((project) => {
      tree.refresh(project);
      describe();
    }),
    databases.onDidChange((project) => {
      tree.refresh(project);
      describe();
    }),
    services.idEdits.onDidEnd((project) => tree.refresh(project)),
    environments.onDidChange(() => describe()),
    // A day may have gone by.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        describe();
      }
    }),
    vscode.window.onDidChangeActiveTextEditor(() => void followActiveFile(services, tree, view)),
    vscode.commands.registerCommand(commandIds.filterRevisions, async () => {
      await chooseFilter(tree);
      describe();
    }),
    vscode.commands.registerCommand(commandIds.showOlder, (projectId: unknown) => {
      const project = typeof projectId === "string" ? projects.get(projectId) : projects.selected;
      if (project !== undefined) {
        tree.showMore(project);
      }
    }),
    vscode.commands.registerCommand(commandIds.revealRevision, async (argument: unknown) => {
      const target = resolveTarget(services, argument);
      const node = target && tree.nodeOf(target.project, target.revision.revision);
      if (node !== undefined) {
        await view.reveal(node, { select: true, focus: true });
      }
    }),
  );
  return { tree, view, dragAndDrop };
}

/** The database, and since when what is shown of it is so. */
function stateDescription({ databases }: Services, project: Project): string {
  const state = databases.get(project);
  const time = databases.timeOf(project);
  return state.kind === "known" && time !== undefined
    ? `${state.database.name} · ${asOf(time, new Date())}`
    : "";
}

/** Problems count before what is pending. */
function badgeOf(problems: number, pending: number): vscode.ViewBadge | undefined {
  if (problems > 0) {
    return { value: problems, tooltip: vscode.l10n.t("{0} problems in revision files", problems) };
  }
  return pending === 0
    ? undefined
    : { value: pending, tooltip: vscode.l10n.t("Pending revisions: {0}", pending) };
}

/** Of all databases that were asked. */
function pendingCount({ projects, databases }: Services): number {
  return projects.projects
    .map((project) => databases.appliedOf(project))
    .reduce((sum, applied) => sum + (applied.kind === "known" ? applied.pendingCount : 0), 0);
}

async function followActiveFile(
  services: Services,
  tree: RevisionsTree,
  view: vscode.TreeView<TreeNode>,
): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined || !view.visible || !isSettingOn("tree.followActiveFile")) {
    return;
  }
  const target = targetOfFile(services, uri);
  const node = target && tree.nodeOf(target.project, target.revision.revision);
  // To select it once more would take the others out of a selection of several.
  const isSelected = view.selection.some(
    (other) =>
      other.kind === "revision" && other.projectId === node?.projectId && other.revision === node.revision,
  );
  if (node !== undefined && !isSelected) {
    await view.reveal(node, { select: true, focus: false });
  }
}

/** What stands above the rows: first what no command can go on from, then what is shown of them. */
function messageOf(services: Services, tree: RevisionsTree): string {
  const { projects, databases } = services;
  const { filter } = tree;
  const { selected } = projects;
  // A message hides what an empty view shows.
  const state =
    selected === undefined || selected.graph.revisions.length === 0
      ? ""
      : stateDescription(services, selected);
  return [
    ...projects.projects.flatMap((project) => unknownRowTexts(databases.appliedOf(project))),
    ...(filter.kind === "all" ? [] : [vscode.l10n.t("Shown: {0}", filterText(filter))]),
    ...(state === "" ? [] : [state]),
  ].join(" ");
}

type FilterKind = RevisionFilter["kind"];

function filterLabels(): Readonly<Record<FilterKind, string>> {
  return {
    all: vscode.l10n.t("All"),
    pending: vscode.l10n.t("Pending"),
    applied: vscode.l10n.t("Applied"),
    heads: vscode.l10n.t("Heads"),
    problems: vscode.l10n.t("With problems"),
    text: vscode.l10n.t("With a text…"),
  };
}

function filterText(filter: RevisionFilter): string {
  return filter.kind === "text" ? `“${filter.text}”` : filterLabels()[filter.kind];
}

async function chooseFilter(tree: RevisionsTree): Promise<void> {
  const title = vscode.l10n.t("Alembic: Filter Revisions");
  const { filter: inUse } = tree;
  const picked = await vscode.window.showQuickPick(
    (Object.entries(filterLabels()) as [FilterKind, string][]).map(([kind, label]) => ({
      filter: kind,
      label,
      description: kind === inUse.kind ? vscode.l10n.t("selected") : "",
    })),
    { title, placeHolder: vscode.l10n.t("The revisions to show") },
  );
  if (picked === undefined) {
    return;
  }
  if (picked.filter !== "text") {
    tree.useFilter({ kind: picked.filter });
    return;
  }
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("Part of an ID, message or label"),
    value: inUse.kind === "text" ? inUse.text : "",
  });
  if (text !== undefined) {
    tree.useFilter(text.trim() === "" ? { kind: "all" } : { kind: "text", text: text.trim() });
  }
}

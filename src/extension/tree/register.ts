import * as vscode from "vscode";
import { resolveTarget } from "../actions/target";
import { commandIds, viewIds } from "../contributions";
import type { ProblemReports } from "../diagnostics/problemReports";
import type { Services } from "../services";
import { RevisionsTree } from "./revisionsTree";
import type { TreeNode } from "./revisionsTree";

/** The view *Revisions*. */
export function registerTree(
  context: vscode.ExtensionContext,
  services: Services,
  reports: ProblemReports,
): RevisionsTree {
  const { projects, databases, environments } = services;
  const tree = new RevisionsTree(services, (project) => reports.problemsOf(project));
  const view = vscode.window.createTreeView<TreeNode>(viewIds.revisions, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const describe = (): void => {
    const count = reports.problemCount;
    const tooltip = vscode.l10n.t("{0} problems in revision files", count);
    view.badge = count === 0 ? undefined : { value: count, tooltip };
    const project = projects.selected;
    const state = project === undefined ? undefined : databases.get(project);
    view.description = state?.kind === "known" ? state.database.name : "";
  };
  context.subscriptions.push(
    tree,
    view,
    projects.onDidChangeProjects(() => tree.refresh()),
    reports.onDidChange((project) => {
      tree.refresh(project);
      describe();
    }),
    databases.onDidChange((project) => {
      tree.refresh(project);
      describe();
    }),
    environments.onDidChange(() => describe()),
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
  return tree;
}

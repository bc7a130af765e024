import * as vscode from "vscode";
import { commandIds, graphViewType } from "../contributions";
import { projectForCommand } from "../actions/pickProject";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import type * as graphPanelModule from "./graphPanel";
import type { GraphPanel } from "./graphPanel";

const bundle = lazyBundle<typeof graphPanelModule>("graphPanel.js");

/** The graph page: one for each project, opened on demand and brought back after a reload. */
export function registerGraph(context: vscode.ExtensionContext, services: Services): void {
  const panels = new Map<string, GraphPanel>();

  function adopt(panel: vscode.WebviewPanel, project: Project): GraphPanel {
    const graphPanel = new (bundle().GraphPanel)(panel, project, services, context.extensionUri);
    panels.set(project.id, graphPanel);
    panel.onDidDispose(() => {
      panels.delete(project.id);
      graphPanel.dispose();
    });
    return graphPanel;
  }
  async function showGraph(): Promise<GraphPanel | undefined> {
    const project = await projectForCommand(services);
    if (project === undefined) {
      return undefined;
    }
    const open = panels.get(project.id);
    if (open !== undefined) {
      open.panel.reveal();
      return open;
    }
    const title = vscode.l10n.t("Revision Graph");
    return adopt(vscode.window.createWebviewPanel(graphViewType, title, vscode.ViewColumn.Active), project);
  }

  context.subscriptions.push(
    vscode.commands.registerCommand(commandIds.showGraph, async () => void (await showGraph())),
    vscode.commands.registerCommand(commandIds.exportGraph, async () => (await showGraph())?.exportSvg()),
    vscode.window.registerWebviewPanelSerializer(graphViewType, {
      async deserializeWebviewPanel(panel) {
        await services.projects.discoverNow();
        const project = services.projects.selected ?? services.projects.projects[0];
        if (project === undefined) {
          panel.dispose();
        } else {
          adopt(panel, project);
        }
      },
    }),
    services.projects.onDidRemoveProject((project) => panels.get(project.id)?.dispose()),
    {
      dispose: () => {
        for (const panel of [...panels.values()]) {
          panel.dispose();
        }
      },
    },
  );
}

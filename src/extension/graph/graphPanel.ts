import * as vscode from "vscode";
import { appliedRevisions } from "../database/databaseState";
import { commandIds, type CommandId } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { DisposableStore } from "../shared/disposableStore";
import {
  graphActions,
  readMessageFromPage,
  type GraphAction,
  type MessageFromPage,
  type MessageToPage,
} from "../../webview/graph/protocol";
import { findMatch, graphWindow, layoutGraph, type GraphModel } from "./graphModel";
import { graphPage } from "./graphPage";
import { graphRowTexts, graphTexts } from "./graphTexts";

const actionCommands: Readonly<Record<GraphAction, CommandId>> = {
  open: commandIds.openRevision,
  // Asked about, since it comes from a page.
  upgrade: commandIds.upgradeToRevision,
  downgrade: commandIds.downgradeBeforeRevision,
  preview: commandIds.previewUpgradeSql,
};

/** The most rows that one message carries, whatever the page asks for. */
const windowLimit = 500;

/** One page with the graph of one project. It is told of a new layout, and asks for the rows that it shows. */
export class GraphPanel implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private model: GraphModel;
  private version = 1;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly project: Project,
    private readonly services: Services,
    extensionUri: vscode.Uri,
  ) {
    this.model = layoutGraph(project.graph);
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist")],
    };
    this.disposables.add(panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.disposables.add(
      services.projects.onDidChangeRevisions((changed) => {
        if (changed === project) {
          this.relayout();
        }
      }),
    );
    this.disposables.add(
      services.databases.onDidChange((changed) => {
        if (changed === project) {
          this.announce();
        }
      }),
    );
    this.disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.announce()));
    panel.webview.html = graphPage(panel.webview, extensionUri);
  }

  dispose(): void {
    this.disposables.dispose();
    this.panel.dispose();
  }

  private relayout(): void {
    this.model = layoutGraph(this.project.graph);
    this.announce();
  }

  private announce(): void {
    this.version += 1;
    const { rows, width } = this.model.layout;
    this.post({
      kind: "layout",
      version: this.version,
      projectId: this.project.id,
      rowCount: rows.length,
      laneCount: width,
      canRun: vscode.workspace.isTrusted,
      texts: graphTexts(),
    });
  }

  private receive(value: unknown): void {
    const message = readMessageFromPage(value);
    if (message === undefined) {
      return;
    }
    if (message.kind === "ready") {
      this.announce();
    } else if (message.version === this.version) {
      this.answer(message);
    }
  }

  private answer(message: Exclude<MessageFromPage, { kind: "ready" }>): void {
    switch (message.kind) {
      case "window": {
        const start = Math.max(0, message.start);
        const end = Math.min(message.end, start + windowLimit, this.model.layout.rows.length);
        const applied = appliedRevisions(this.project.graph, this.services.databases.get(this.project));
        const window = graphWindow(this.model, applied, graphRowTexts, start, end);
        this.post({ kind: "window", version: this.version, start, ...window });
        break;
      }
      case "find":
        this.post({ kind: "found", version: this.version, match: findMatch(this.model, message) });
        break;
      case "act":
        this.act(message.row, message.action);
        break;
    }
  }

  private act(row: number, action: GraphAction): void {
    const revision = this.model.layout.rows[row]?.revision.revision;
    if (revision !== undefined && !this.model.missing.has(revision) && graphActions.includes(action)) {
      const target = { projectId: this.project.id, revision, isFromPage: true };
      void vscode.commands.executeCommand(actionCommands[action], target);
    }
  }

  private post(message: MessageToPage): void {
    void this.panel.webview.postMessage(message);
  }
}

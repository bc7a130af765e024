import { basename } from "node:path";
import * as vscode from "vscode";
import { appliedRevisions } from "../database/databaseState";
import { commandIds, type CommandId } from "../contributions";
import { fileAuthors, type FileAuthor } from "../git/fileAuthors";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { DisposableStore } from "../shared/disposableStore";
import { saveAs } from "../shared/saveAs";
import { isSettingOn, onSettingChange, toggleSetting } from "../shared/settings";
import {
  graphActions,
  readMessageFromPage,
  type GraphAction,
  type GraphCommand,
  type MessageFromPage,
  type MessageToPage,
} from "../../webview/graph/protocol";
import { findMatch, graphWindow, layoutGraph, type GraphModel } from "./graphModel";
import { graphPage } from "./graphPage";
import { graphSvg } from "./graphSvg";
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
  private authors: ReadonlyMap<string, FileAuthor> = new Map();
  /** The files whose authors Git was asked for. */
  private askedFor: ReadonlySet<string> = new Set();

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly project: Project,
    private readonly services: Services,
    extensionUri: vscode.Uri,
  ) {
    this.model = layoutGraph(project.graph, project.isPython);
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist")],
    };
    this.disposables.add(panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)));
    this.disposables.add(
      services.projects.onDidChangeRevisions((changed) => {
        if (changed === project && !services.idEdits.isIn(project)) {
          this.relayout();
        }
      }),
    );
    this.disposables.add(
      services.idEdits.onDidEnd((changed) => {
        if (changed === project) {
          this.relayout();
        }
      }),
    );
    this.disposables.add(
      onSettingChange(["graph.showAuthors"], () => {
        this.announce();
        void this.askForAuthors();
      }),
    );
    this.disposables.add(
      services.databases.onDidChange((changed) => {
        if (changed === project) {
          this.announce();
        }
      }),
    );
    this.disposables.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.announce();
        void this.askForAuthors();
      }),
    );
    panel.webview.html = graphPage(panel.webview, extensionUri);
    void this.askForAuthors();
  }

  /** Asks where the graph is to be saved as a picture, and writes it there. */
  async exportSvg(): Promise<void> {
    const { rows, width } = this.model.layout;
    const svg = graphSvg(this.project.name, width, this.windowOf(0, rows.length));
    const name = `${basename(pathOf(this.project.directory))}-revisions.svg`;
    await saveAs(vscode.Uri.joinPath(this.project.directory, name), { SVG: ["svg"] }, svg);
  }

  dispose(): void {
    this.disposables.dispose();
    this.panel.dispose();
  }

  private relayout(): void {
    this.model = layoutGraph(this.project.graph, this.project.isPython);
    this.announce();
    void this.askForAuthors();
  }

  private get hasAuthors(): boolean {
    return vscode.workspace.isTrusted && isSettingOn("graph.showAuthors");
  }

  /** Git is asked once more where files have come. */
  private async askForAuthors(): Promise<void> {
    const { versionFolders, graph } = this.project;
    const paths = new Set(graph.revisions.map(({ path }) => path));
    if (!this.hasAuthors || [...paths].every((path) => this.askedFor.has(path))) {
      return;
    }
    this.askedFor = paths;
    const found = await Promise.all(versionFolders.map(({ uri }) => fileAuthors(pathOf(uri))));
    if (this.askedFor === paths) {
      this.authors = new Map(found.flatMap((authors) => [...authors]));
      this.announce();
    }
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
      hasAuthors: this.hasAuthors,
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
        this.post({ kind: "window", version: this.version, start, ...this.windowOf(start, end) });
        break;
      }
      case "find":
        this.post({ kind: "found", version: this.version, match: findMatch(this.model, message) });
        break;
      case "command":
        this.runCommand(message.command);
        break;
      case "act":
        this.act(message.row, message.action);
        break;
    }
  }

  private windowOf(start: number, end: number): ReturnType<typeof graphWindow> {
    const { graph } = this.project;
    const applied = appliedRevisions(graph, this.services.databases.get(this.project));
    const authors = this.hasAuthors ? this.authors : new Map<string, FileAuthor>();
    return graphWindow(this.model, applied, graphRowTexts(authors), start, end);
  }

  private runCommand(command: GraphCommand): void {
    switch (command) {
      case "toggleAuthors":
        void toggleSetting("graph.showAuthors");
        break;
      case "export":
        void this.exportSvg();
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

import * as vscode from "vscode";
import { mayHoldTypeorm } from "../../source/scanTypeormFile";
import { contextKeys } from "../contributions";
import type { ProjectService } from "../project/projectService";
import { setContextKey } from "../shared/contextKey";
import { DisposableStore } from "../shared/disposableStore";
import { lazyBundle } from "../shared/lazyBundle";
import { RefreshQueue } from "../shared/refreshQueue";
import type { Log } from "../shared/log";
import type * as findTypeormModule from "./findTypeorm";
import type { FoundTypeormFiles } from "./findTypeorm";

const bundle = lazyBundle<typeof findTypeormModule>("findTypeorm.js");

/** What a folder of the workspace has for TypeORM. */
export interface FoundTypeorm extends FoundTypeormFiles {
  readonly folder: vscode.WorkspaceFolder;
}

/** Looks for TypeORM in workspaces without a configuration. Files are read as text; nothing is run. */
export class TypeormFinder implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changeEmitter = this.disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changeEmitter.event;
  private readonly cancellation = new vscode.CancellationTokenSource();
  private readonly queue: RefreshQueue;
  private found: readonly FoundTypeorm[] = [];

  constructor(
    private readonly projects: ProjectService,
    log: Log,
  ) {
    this.queue = this.disposables.add(
      new RefreshQueue(() => this.look(), {
        delay: 500,
        maxDelay: 3000,
        onError: (error) => log.error(`Looking for TypeORM: ${String(error)}`),
      }),
    );
    const lookAgain = (): void => this.queue.request();
    this.disposables.add(projects.onDidChangeProjects(lookAgain));
    for (const event of [
      vscode.workspace.onDidCreateFiles,
      vscode.workspace.onDidDeleteFiles,
      vscode.workspace.onDidRenameFiles,
      vscode.workspace.onDidChangeWorkspaceFolders,
    ]) {
      this.disposables.add(event(lookAgain));
    }
    this.disposables.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (mayHoldTypeorm(uri.path)) {
          lookAgain();
        }
      }),
    );
    this.disposables.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          lookAgain();
        }
      }),
    );
    void projects.whenLooked.then(() => this.queue.flush());
  }

  /** By the folders of the workspace; those without anything are left out. Empty where there are projects. */
  get folders(): readonly FoundTypeorm[] {
    return this.found;
  }

  /** Looks again, now, and gives what is there. */
  async lookNow(): Promise<readonly FoundTypeorm[]> {
    await this.queue.flush();
    return this.found;
  }

  dispose(): void {
    this.cancellation.cancel();
    this.cancellation.dispose();
    this.disposables.dispose();
  }

  private async look(): Promise<void> {
    const isWanted = this.projects.hasLooked && this.projects.projects.length === 0;
    const folders = isWanted ? (vscode.workspace.workspaceFolders ?? []) : [];
    const found = (
      await Promise.all(
        folders.map(async (folder) => ({
          folder,
          ...(await bundle().findTypeorm(folder.uri, this.cancellation.token)),
        })),
      )
    ).filter(
      ({ dataSources, entities, migrations }) => dataSources.length + entities.length + migrations.length > 0,
    );
    if (this.cancellation.token.isCancellationRequested) {
      return;
    }
    this.found = found;
    setContextKey(contextKeys.hasTypeorm, found.length > 0);
    setContextKey(
      contextKeys.hasTypeormMigrations,
      found.some(({ migrations }) => migrations.length > 0),
    );
    this.changeEmitter.fire();
  }
}

import * as vscode from "vscode";
import { mayHoldTypeorm, rankDataSources, scanTypeormFile } from "../../source/scanTypeormFile";
import { contextKeys } from "../contributions";
import { excludedFoldersGlob } from "../project/configFiles";
import { pathOf } from "../project/paths";
import type { ProjectService } from "../project/projectService";
import { readTexts } from "../project/revisionFiles";
import { setContextKey } from "../shared/contextKey";
import { DisposableStore } from "../shared/disposableStore";
import { RefreshQueue } from "../shared/refreshQueue";
import { Turns } from "../shared/turns";
import type { Log } from "../shared/log";

/** A larger project is not read whole for a first suggestion. */
const mostFiles = 4000;

/** A class of the project, and where it is. */
export interface FoundClass {
  readonly name: string;
  readonly uri: vscode.Uri;
}

/** What a folder has for TypeORM. */
export interface FoundTypeormFiles {
  /** Files that make a DataSource, the likeliest first; relative to the folder, with `/`. */
  readonly dataSources: readonly string[];
  readonly entities: readonly FoundClass[];
  /** In the order of their timestamps. */
  readonly migrations: readonly FoundClass[];
}

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
          ...(await findTypeorm(folder.uri, this.cancellation.token)),
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

/** What a folder has for TypeORM, below the folders of other people's and of built files. */
export async function findTypeorm(
  directory: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<FoundTypeormFiles> {
  const pattern = new vscode.RelativePattern(directory, "**/*.{ts,mts,cts,js,mjs,cjs}");
  const uris = await vscode.workspace.findFiles(pattern, excludedFoldersGlob, mostFiles, token);
  const wanted = uris.filter(({ path }) => mayHoldTypeorm(path));
  const { texts } = await readTexts(wanted);
  const dataSources: string[] = [];
  const entities: FoundClass[] = [];
  const migrations = new Map<string, FoundClass>();
  const turns = new Turns();
  for (const uri of wanted.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    await turns.breathe();
    if (token.isCancellationRequested) {
      break;
    }
    const file = scanTypeormFile(texts.get(pathOf(uri)) ?? "");
    if (file.hasDataSource) {
      dataSources.push(uri.path.slice(directory.path.length).replace(/^\//, ""));
    }
    entities.push(...file.entities.map((name) => ({ name, uri })));
    file.migrations.forEach((name) => migrations.set(name, migrations.get(name) ?? { name, uri }));
  }
  return {
    dataSources: rankDataSources(dataSources),
    entities: entities.sort((a, b) => (a.name < b.name ? -1 : 1)),
    migrations: [...migrations.values()].sort((a, b) => (a.name.slice(-13) < b.name.slice(-13) ? -1 : 1)),
  };
}

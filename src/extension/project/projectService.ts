import * as vscode from "vscode";
import { contextKeys } from "../contributions";
import { setContextKey } from "../shared/contextKey";
import { DisposableStore } from "../shared/disposableStore";
import type { Log } from "../shared/log";
import { RefreshQueue } from "../shared/refreshQueue";
import { configGlob, configId, findConfigFiles, readConfigFilesOfRoots } from "./configFiles";
import type { ConfigFile } from "./configFiles";
import { isWithin } from "./paths";
import { Project } from "./project";

const selectedProjectKey = "selectedProject";

/** The projects of the workspace: found, kept up to date, and dropped when their configuration goes. */
export class ProjectService implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly byId = new Map<
    string,
    { readonly project: Project; readonly listener: vscode.Disposable }
  >();
  private readonly projectsEmitter = this.disposables.add(new vscode.EventEmitter<void>());
  private readonly revisionsEmitter = this.disposables.add(new vscode.EventEmitter<Project>());
  private readonly removedEmitter = this.disposables.add(new vscode.EventEmitter<Project>());
  private readonly discovery: RefreshQueue;
  private readonly cancellation = new vscode.CancellationTokenSource();
  private endFirstLook: () => void = () => undefined;
  private isFirstLookOver = false;
  /** Settles when the first projects are there and read, or none was found. */
  readonly whenLooked = new Promise<void>((resolve) => {
    this.endFirstLook = () => {
      this.isFirstLookOver = true;
      resolve();
    };
  });
  /** The list of projects, or the selected one, changed. */
  readonly onDidChangeProjects = this.projectsEmitter.event;
  readonly onDidChangeRevisions = this.revisionsEmitter.event;
  readonly onDidRemoveProject = this.removedEmitter.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly log: Log,
  ) {
    this.discovery = this.disposables.add(
      new RefreshQueue(() => this.discover(), {
        delay: 300,
        maxDelay: 2000,
        onError: (error) => this.log.error(`Looking for configurations: ${String(error)}`),
      }),
    );
    this.watchForConfigs();
  }

  get hasLooked(): boolean {
    return this.isFirstLookOver;
  }

  /** By the paths of their configurations. */
  get projects(): readonly Project[] {
    return [...this.byId.values()]
      .map((entry) => entry.project)
      .sort((a, b) =>
        a.configUri.path < b.configUri.path ? -1 : a.configUri.path > b.configUri.path ? 1 : 0,
      );
  }

  get(id: string): Project | undefined {
    return this.byId.get(id)?.project;
  }

  /** Looks for configurations; the first call, at activation, is what fills the list. */
  async discoverNow(): Promise<void> {
    await this.discovery.flush();
    this.endFirstLook();
  }

  /** Reads configurations and revision files again, now. */
  async refreshNow(): Promise<void> {
    await this.discovery.flush();
    await Promise.all(this.projects.map((project) => project.refreshNow()));
  }

  /** The project whose version folder has the file, else the one with the nearest configuration above it. */
  projectOf(uri: vscode.Uri): Project | undefined {
    const owner = this.projects.find((project) => project.owns(uri));
    if (owner !== undefined) {
      return owner;
    }
    return this.projects
      .filter((project) => isWithin(uri, project.directory))
      .sort((a, b) => b.directory.path.length - a.directory.path.length)[0];
  }

  /** The project that has this revision file, read and understood. */
  projectOfRevisionFile(uri: vscode.Uri): Project | undefined {
    return this.projects.find((project) => project.owns(uri));
  }

  /** The project that was chosen, or the only one. */
  get selected(): Project | undefined {
    const id = this.state.get<string>(selectedProjectKey);
    return (
      (id === undefined ? undefined : this.get(id)) ?? (this.byId.size === 1 ? this.projects[0] : undefined)
    );
  }

  async select(project: Project): Promise<void> {
    await this.state.update(selectedProjectKey, project.id);
    this.projectsEmitter.fire();
  }

  dispose(): void {
    this.cancellation.cancel();
    this.cancellation.dispose();
    for (const { project, listener } of this.byId.values()) {
      listener.dispose();
      project.dispose();
    }
    this.byId.clear();
    this.disposables.dispose();
  }

  private watchForConfigs(): void {
    const watcher = this.disposables.add(vscode.workspace.createFileSystemWatcher(configGlob));
    const request = (uri: vscode.Uri): void => {
      if (!/\/(?:node_modules|\.git)\//.test(uri.path)) {
        this.discovery.request();
      }
    };
    this.disposables.add(watcher.onDidCreate(request));
    this.disposables.add(watcher.onDidChange(request));
    this.disposables.add(watcher.onDidDelete(request));
    this.disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.discovery.request()));
    // Watchers on a folder are not told of the removal of a folder above it.
    this.disposables.add(
      vscode.workspace.onDidDeleteFiles(() => {
        this.discovery.request();
        this.projects.forEach((project) => void project.checkListing());
      }),
    );
    this.disposables.add(
      vscode.window.onDidChangeWindowState((window) => {
        if (window.focused) {
          this.projects.forEach((project) => {
            void project.checkListing();
            void this.checkConfig(project);
          });
        }
      }),
    );
  }

  private async discover(): Promise<void> {
    const [configFiles, early] = await Promise.all([
      findConfigFiles(this.cancellation.token),
      this.byId.size === 0 ? this.addProjectsOfRoots() : Promise.resolve<readonly Project[]>([]),
    ]);
    if (this.cancellation.token.isCancellationRequested) {
      return;
    }
    const found = new Set(configFiles.map(configId));
    let isListChanged = false;
    for (const [id, { project, listener }] of this.byId) {
      if (!found.has(id)) {
        listener.dispose();
        project.dispose();
        this.byId.delete(id);
        this.removedEmitter.fire(project);
        isListChanged = true;
      }
    }
    const firstReads: Promise<void>[] = [];
    for (const configFile of configFiles) {
      const known = this.get(configId(configFile));
      if (known === undefined) {
        firstReads.push(this.addProject(configFile));
        isListChanged = true;
      } else if (!early.includes(known)) {
        known.useConfig(configFile);
      }
    }
    await Promise.all(firstReads);
    this.setContextKeys();
    if (isListChanged) {
      this.projectsEmitter.fire();
    }
  }

  /** Searching the workspace takes its time; where most configurations are is looked at meanwhile. */
  private async addProjectsOfRoots(): Promise<readonly Project[]> {
    const configFiles = await readConfigFilesOfRoots();
    if (this.cancellation.token.isCancellationRequested) {
      return [];
    }
    await Promise.all(configFiles.map((configFile) => this.addProject(configFile)));
    if (configFiles.length > 0) {
      this.setContextKeys();
      this.endFirstLook();
      this.projectsEmitter.fire();
    }
    return configFiles.flatMap((configFile) => this.get(configId(configFile)) ?? []);
  }

  private addProject(configFile: ConfigFile): Promise<void> {
    const project = new Project(configFile, this.log);
    const listener = project.onDidChange(() => this.announceRevisions(project));
    this.byId.set(project.id, { project, listener });
    return project.refreshNow();
  }

  private announceRevisions(project: Project): void {
    this.setContextKeys();
    this.revisionsEmitter.fire(project);
    if (project.graph.revisions.length === 0) {
      void this.checkConfig(project);
    }
  }

  /** Looks again where a project's configuration is gone: no watcher is told when another program removes its folder. */
  private async checkConfig({ configUri }: Project): Promise<void> {
    try {
      await vscode.workspace.fs.stat(configUri);
    } catch {
      if (!this.cancellation.token.isCancellationRequested) {
        this.discovery.request();
      }
    }
  }

  private setContextKeys(): void {
    const projects = this.projects;
    const hasRevisions = projects.some((project) => project.graph.revisions.length > 0);
    setContextKey(contextKeys.hasProject, projects.length > 0);
    setContextKey(contextKeys.hasManyProjects, projects.length > 1);
    setContextKey(contextKeys.hasRevisions, hasRevisions);
    setContextKey(
      contextKeys.awaitsFirstRevision,
      projects.length > 0 &&
        !hasRevisions &&
        projects.every((project) => project.missingFolder === undefined),
    );
    setContextKey(
      contextKeys.hasManyHeads,
      projects.some((project) => project.graph.heads.length > 1),
    );
    setContextKey(
      contextKeys.revisionFolders,
      projects.flatMap((project) => project.versionFolders.map(({ uri }) => uri.fsPath)),
    );
    setContextKey(contextKeys.isReady, true);
  }
}

import { dirname } from "node:path";
import * as vscode from "vscode";
import type { StaticConfig } from "../../project/staticConfig";
import type { RevisionGraph } from "../../revision/graph";
import type { ParserFindings } from "../../source/fileProblem";
import type { Log } from "../shared/log";
import { DisposableStore } from "../shared/disposableStore";
import { RefreshQueue } from "../shared/refreshQueue";
import { Turns } from "../shared/turns";
import { configId, type ConfigFile } from "./configFiles";
import { FolderTimes } from "./folderTimes";
import { FolderWatchers } from "./folderWatchers";
import { IndexedTexts, longestParsed } from "./indexedTexts";
import { LeftOutFiles } from "./leftOutFiles";
import { listRevisionFiles } from "./listedFiles";
import { folderOf, pathOf, uriOf } from "./paths";
import { prepareReaders, scanChanged } from "./readingInPieces";
import { mayHoldRevision, readTexts } from "./revisionFiles";
import type { VersionFolder } from "./revisionFiles";
import { locateVersionFolders, missingFolderOf } from "./versionFolders";

const bufferDelay = 120;
/** A watcher takes its time to begin, and may drop what comes in a flood; the listing is compared this long after. */
const listingDelay = 3000;
/** So many changed files at once may have had others beside them. */
const floodSize = 20;
/** More changed files than this are read as fast by reading all. */
const manyFiles = 200;

/** One configuration with its revision files, kept up to date from disk and from open editors. */
export class Project implements vscode.Disposable {
  private readonly texts = new IndexedTexts();
  readonly index = this.texts.index;
  readonly directory: vscode.Uri;
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  /** The revisions, or what is wrong with them, changed. */
  readonly onDidChange = this.changeEmitter.event;
  private readonly disposables = new DisposableStore();
  private readonly watchers: FolderWatchers;
  private readonly queue: RefreshQueue;
  private readonly folderTimes: FolderTimes;
  private readonly changedFiles = new Map<string, vscode.Uri>();
  private readonly cancellation = new vscode.CancellationTokenSource();
  private folders: readonly VersionFolder[] = [];
  private repeated: ReadonlySet<string> = new Set();
  private missing: vscode.Uri | undefined;
  private readonly leftOut: LeftOutFiles;
  private isReadingAllNeeded = true;
  private bufferTimer: NodeJS.Timeout | undefined;
  private listingTimer: NodeJS.Timeout | undefined;

  constructor(
    private configFile: ConfigFile,
    private readonly log: Log,
  ) {
    this.directory = folderOf(configFile.uri);
    this.leftOut = new LeftOutFiles(pathOf(this.directory), log);
    this.queue = this.disposables.add(
      new RefreshQueue(() => this.refresh(), {
        delay: 300,
        maxDelay: 2000,
        onError: (error) => this.log.error(`Reading revisions of ${this.configPath}: ${String(error)}`),
      }),
    );
    this.watchers = this.disposables.add(new FolderWatchers((uri) => this.readSoon(uri)));
    this.folderTimes = this.disposables.add(
      new FolderTimes(
        () => this.listedFolders(),
        () => this.requestRefresh(),
      ),
    );
    this.disposables.add(this.changeEmitter);
    this.disposables.add(
      vscode.workspace.onDidChangeTextDocument((change) => this.readBuffer(change.document)),
    );
    this.disposables.add(vscode.workspace.onDidOpenTextDocument((document) => this.readBuffer(document)));
    this.disposables.add(vscode.workspace.onDidCloseTextDocument((document) => this.forgetBuffer(document)));
  }

  /** Stable for as long as the configuration stays where it is. */
  get id(): string {
    return configId(this.configFile);
  }

  /** The section of the ini file that it is of, where that is another than `[alembic]`. */
  get section(): string | undefined {
    return this.configFile.section;
  }

  get configUri(): vscode.Uri {
    return this.configFile.uri;
  }

  get configPath(): string {
    return pathOf(this.configFile.uri);
  }

  get config(): StaticConfig | undefined {
    return this.configFile.config;
  }

  get graph(): RevisionGraph {
    return this.index.graph;
  }

  /** Whether the revisions are those of Python's Alembic alone. */
  get isPython(): boolean {
    const { revisions } = this.graph;
    return revisions.length === 0
      ? /\.(?:ini|toml)$/.test(this.configFile.uri.path)
      : revisions.every(({ path }) => path.endsWith(".py"));
  }

  get versionFolders(): readonly VersionFolder[] {
    return this.folders;
  }

  /** The folder of migrations that the configuration names, if it is not there. */
  get missingFolder(): vscode.Uri | undefined {
    return this.missing;
  }

  /** What the parser found in open revision files, by path. */
  get parserFindings(): ReadonlyMap<string, ParserFindings> {
    return this.texts.findings;
  }

  /** The project's folder, relative to the workspace, and its section. */
  get name(): string {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.path === this.directory.path);
    const name = folder?.name ?? vscode.workspace.asRelativePath(this.directory, true);
    return this.section === undefined ? name : `${name} [${this.section}]`;
  }

  /** Takes over a configuration that changed. */
  useConfig(configFile: ConfigFile): void {
    this.configFile = configFile;
    this.requestRefresh();
  }

  /** Whether the file is in a version folder, whatever it says, and does not count at another path. */
  owns(uri: vscode.Uri): boolean {
    return !this.repeated.has(pathOf(uri)) && this.folders.some((folder) => mayHoldRevision(folder, uri));
  }

  uriOf(path: string): vscode.Uri {
    return uriOf(path, this.configFile.uri);
  }

  /** Revision files whose editors have changes that are not on disk. */
  get unsavedFiles(): readonly { readonly path: string; readonly text: string }[] {
    return [...openDocuments((uri) => this.owns(uri))]
      .filter(([, document]) => document.isDirty)
      .map(([path, document]) => ({ path, text: document.getText() }));
  }

  /** The path of a revision's file; where several have its id, of the one that counts. */
  pathOfRevision(revision: string): string | undefined {
    return this.graph.get(revision)?.path ?? this.index.pathsOf(revision)[0];
  }

  /** Reads everything again, soon. */
  requestRefresh(): void {
    this.isReadingAllNeeded = true;
    this.queue.request();
  }

  /** Reads everything again, now. */
  refreshNow(): Promise<void> {
    this.isReadingAllNeeded = true;
    return this.queue.flush();
  }

  /** Holds refreshes back while an action of ours writes; the result ends that. */
  mute(): () => void {
    return this.queue.mute();
  }

  /** Catches what watchers miss: reads again if the folders list other files than the index has. */
  async checkListing(): Promise<void> {
    const listed = await listRevisionFiles(this.folders);
    const files = listed.files.filter((uri) => !this.leftOut.has(pathOf(uri)));
    const known = this.index.files.length;
    if (files.length !== known || files.some((uri) => this.index.file(pathOf(uri)) === undefined)) {
      this.requestRefresh();
    }
  }

  dispose(): void {
    clearTimeout(this.bufferTimer);
    clearTimeout(this.listingTimer);
    this.cancellation.cancel();
    this.cancellation.dispose();
    this.disposables.dispose();
  }

  private async refresh(): Promise<void> {
    const isFlood = this.changedFiles.size > floodSize;
    if (this.isReadingAllNeeded || this.changedFiles.size > manyFiles) {
      this.isReadingAllNeeded = false;
      this.changedFiles.clear();
      await this.readAll();
    } else {
      await this.readChanged();
    }
    if (isFlood) {
      this.readAllSoon();
    }
  }

  private async readAll(): Promise<void> {
    const versionBefore = this.index.version;
    const [folders, missing] = await Promise.all([
      locateVersionFolders(this.config, this.directory, this.cancellation.token),
      missingFolderOf(this.config, this.directory),
    ]);
    if (this.cancellation.token.isCancellationRequested) {
      return;
    }
    this.folders = folders;
    const isMissingChanged = this.missing?.path !== missing?.path;
    this.missing = missing;
    if (this.watchers.watch(folders)) {
      this.checkListingSoon();
    }
    await this.folderTimes.note();
    const { files, repeated } = await listRevisionFiles(folders);
    const { texts, leftOut } = await readTexts(files);
    const turns = new Turns();
    const scans = await scanChanged(this.index, texts, turns);
    if (this.cancellation.token.isCancellationRequested) {
      return;
    }
    this.leftOut.tell(leftOut);
    this.repeated = repeated;
    const open = openDocuments((uri) => this.owns(uri));
    for (const [path, document] of open) {
      if (document.isDirty) {
        texts.set(path, document.getText());
        scans.delete(path);
      }
    }
    await turns.yield();
    this.index.useLocations(folders.map(({ uri, isRecursive }) => ({ path: pathOf(uri), isRecursive })));
    this.index.replaceAll(texts, scans);
    await turns.yield();
    this.texts.clearFindings();
    const ambiguous = this.index.filesWithProblems.map((file) => file.path);
    for (const path of new Set([...open.keys(), ...ambiguous])) {
      await turns.breathe();
      if (this.cancellation.token.isCancellationRequested) {
        return;
      }
      const text = texts.get(path);
      // An editor may have a newer one by now, which is read already.
      if (text !== undefined && this.index.file(path)?.text === text && text.length <= longestParsed) {
        this.texts.parse(path, text, open.has(path));
      }
    }
    if (this.index.version !== versionBefore || versionBefore === 0 || isMissingChanged) {
      await prepareReaders(this.index, turns);
      if (!this.cancellation.token.isCancellationRequested) {
        this.changeEmitter.fire();
      }
    }
  }

  private async readChanged(): Promise<void> {
    const uris = [...this.changedFiles.values()].filter((uri) => !this.repeated.has(pathOf(uri)));
    this.changedFiles.clear();
    const mayBeRepeated = this.folders.length > 1 || this.repeated.size > 0;
    if (mayBeRepeated && uris.some((uri) => this.index.file(pathOf(uri)) === undefined)) {
      // The same file may be there at another path.
      await this.readAll();
      return;
    }
    const { texts, leftOut } = await readTexts(uris);
    leftOut.forEach((reason, path) => this.log.warn(`${path} is not read: ${reason}`));
    if (this.cancellation.token.isCancellationRequested) {
      return;
    }
    // Asked after the reading: a file may have been opened and edited meanwhile.
    const open = openDocuments((uri) => this.owns(uri));
    let isChanged = false;
    for (const uri of uris) {
      const path = pathOf(uri);
      const document = open.get(path);
      if (document?.isDirty === true) {
        continue;
      }
      const text = texts.get(path);
      const isFileChanged =
        text === undefined ? this.texts.delete(path) : this.texts.set(path, text, open.has(path));
      isChanged = isFileChanged || isChanged;
    }
    if (isChanged) {
      this.changeEmitter.fire();
    }
  }

  /** The folders on this machine that have revision files, by path. */
  private listedFolders(): readonly string[] {
    if (this.directory.scheme !== "file") {
      return [];
    }
    const below = this.folders.some(({ isRecursive }) => isRecursive)
      ? this.index.files.map(({ path }) => dirname(path))
      : [];
    return [...new Set([...this.folders.map(({ uri }) => pathOf(uri)), ...below])];
  }

  /** Of what a watcher dropped, a file's new text shows in no listing. */
  private readAllSoon(): void {
    clearTimeout(this.listingTimer);
    this.listingTimer = setTimeout(() => this.requestRefresh(), listingDelay);
  }

  private checkListingSoon(): void {
    clearTimeout(this.listingTimer);
    this.listingTimer = setTimeout(() => void this.checkListing(), listingDelay);
  }

  private readBuffer(document: vscode.TextDocument): void {
    if (this.owns(document.uri) && this.texts.set(pathOf(document.uri), document.getText(), true)) {
      this.fireSoon();
    }
  }

  private forgetBuffer(document: vscode.TextDocument): void {
    if (this.owns(document.uri)) {
      if (this.texts.forgetFindings(pathOf(document.uri))) {
        // What is on disk may be what was read last, and then nothing else would tell.
        this.fireSoon();
      }
      this.readSoon(document.uri);
    }
  }

  private readSoon(uri: vscode.Uri): void {
    this.changedFiles.set(pathOf(uri), uri);
    this.queue.request();
  }

  private fireSoon(): void {
    clearTimeout(this.bufferTimer);
    this.bufferTimer = setTimeout(() => this.changeEmitter.fire(), bufferDelay);
  }
}

function openDocuments(isWanted: (uri: vscode.Uri) => boolean): Map<string, vscode.TextDocument> {
  const documents = vscode.workspace.textDocuments.filter((document) => isWanted(document.uri));
  return new Map(documents.map((document) => [pathOf(document.uri), document]));
}

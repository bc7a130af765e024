import * as vscode from "vscode";
import { mayHoldRevision } from "./revisionFiles";
import type { VersionFolder } from "./revisionFiles";

/** Watches the revision files of folders. */
export class FolderWatchers implements vscode.Disposable {
  private readonly watchers = new Map<string, vscode.Disposable>();

  /** @param onChange Told of each file that is made, changed or deleted. */
  constructor(private readonly onChange: (file: vscode.Uri) => void) {}

  /** Watches these folders, and others no longer; whether one is new. */
  watch(folders: readonly VersionFolder[]): boolean {
    const wanted = new Map(
      folders.map((folder) => [`${folder.uri.toString()} ${folder.isRecursive}`, folder]),
    );
    for (const [key, watcher] of this.watchers) {
      if (!wanted.has(key)) {
        watcher.dispose();
        this.watchers.delete(key);
      }
    }
    let isOneNew = false;
    for (const [key, folder] of wanted) {
      if (!this.watchers.has(key)) {
        this.watchers.set(key, this.watchFolder(folder));
        isOneNew = true;
      }
    }
    return isOneNew;
  }

  dispose(): void {
    for (const watcher of this.watchers.values()) {
      watcher.dispose();
    }
    this.watchers.clear();
  }

  private watchFolder(folder: VersionFolder): vscode.Disposable {
    const glob = `${folder.isRecursive ? "**/" : ""}*.{ts,mts,cts,js,mjs,cjs,py}`;
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder.uri, glob));
    const tell = (uri: vscode.Uri): void => {
      if (mayHoldRevision(folder, uri)) {
        this.onChange(uri);
      }
    };
    watcher.onDidCreate(tell);
    watcher.onDidChange(tell);
    watcher.onDidDelete(tell);
    return watcher;
  }
}

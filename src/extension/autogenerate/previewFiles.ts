import * as vscode from "vscode";
import type { GeneratedDocuments } from "./generatedDocuments";

/** Generated revisions as read-only files: only those can say what to do where somebody types into one. */
export class PreviewFiles implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changeEmitter.event;
  private readonly subscription: vscode.Disposable;
  /** Each answer is newer than the one before, so that the editor reads again what it is told of. */
  private version = 0;

  constructor(private readonly documents: GeneratedDocuments) {
    this.subscription = documents.onDidChange((uri) => {
      this.version += 1;
      this.changeEmitter.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    });
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { length: size } = this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: this.version, size };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(this.documents.provideTextDocumentContent(uri));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changeEmitter.dispose();
  }
}

import * as vscode from "vscode";
import { isPathWithin } from "../../machine/spelling";

/** The path by which parts outside the editor know a file: the operating system's, or a virtual file system's. */
export function pathOf(uri: vscode.Uri): string {
  return uri.scheme === "file" ? uri.fsPath : uri.path;
}

/** The inverse of `pathOf`, on the file system of `base`. */
export function uriOf(path: string, base: vscode.Uri): vscode.Uri {
  return base.scheme === "file" ? vscode.Uri.file(path) : base.with({ path });
}

/** The folder that a file is in. */
export function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, "..");
}

/** Whether `uri` is `folder` or below it. */
export function isWithin(uri: vscode.Uri, folder: vscode.Uri): boolean {
  return (
    uri.scheme === folder.scheme && uri.authority === folder.authority && isPathWithin(uri.path, folder.path)
  );
}

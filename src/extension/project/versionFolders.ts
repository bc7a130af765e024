import { basename } from "node:path/posix";
import * as vscode from "vscode";
import type { StaticConfig } from "../../project/staticConfig";
import { spelledOnDisk } from "../../machine/spelling";
import { isRevisionFileName } from "../../source/revisionFileNames";
import { scanHeader } from "../../source/scanHeader";
import { excludedFoldersGlob, readText } from "./configFiles";
import { folderOf, isWithin, pathOf, uriOf } from "./paths";
import { readingLimits, type VersionFolder } from "./revisionFiles";

/**
 * The folders of a project's revision files: those that its configuration names, or else those that look like it.
 *
 * @param directory the configuration's folder
 */
export async function locateVersionFolders(
  config: StaticConfig | undefined,
  directory: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<readonly VersionFolder[]> {
  if (config !== undefined && config.versionLocations.length > 0) {
    const uris = await Promise.all(config.versionLocations.map((path) => placeOf(path, directory)));
    return uris.map((uri) => ({ uri: spelled(uri), isRecursive: config.recursiveVersionLocations }));
  }
  if (config?.scriptLocation !== undefined) {
    const uri = vscode.Uri.joinPath(uriOf(config.scriptLocation, directory), "versions");
    return [{ uri: spelled(uri), isRecursive: config.recursiveVersionLocations }];
  }
  return findVersionFolders(directory, token);
}

/**
 * The folder of migrations that a configuration names, where it is not there. Undefined: it is, or only running the
 * configuration would tell which it is.
 */
export async function missingFolderOf(
  config: StaticConfig | undefined,
  directory: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const { scriptLocation, versionLocations = [] } = config ?? {};
  // Of the usual folder inside the script location, the outer one is what the configuration names.
  const paths = versionLocations.map((path) =>
    path.replace(/[\\/]versions$/, "") === scriptLocation ? scriptLocation : path,
  );
  for (const path of paths) {
    const uri = await placeOf(path, directory);
    if (await isMissing(uri)) {
      return uri;
    }
  }
  return undefined;
}

/**
 * Where a path of the configuration is. Alembic takes a relative one from the folder that it runs in, and a package from
 * where Python imports it; the workspace's folder and `src` are where that usually is.
 */
async function placeOf(path: string, directory: vscode.Uri): Promise<vscode.Uri> {
  const beside = uriOf(path, directory);
  // A folder that was deleted with all that is in it is not replaced by another project's.
  const isElsewhere =
    isWithin(beside, directory) && (await isMissing(beside)) && !(await isMissing(directory));
  if (!isElsewhere) {
    return beside;
  }
  const written = beside.path.slice(directory.path.replace(/\/$/, "").length + 1);
  const root = vscode.workspace.getWorkspaceFolder(directory)?.uri ?? directory;
  const others = [root, vscode.Uri.joinPath(directory, "src"), vscode.Uri.joinPath(root, "src")];
  for (const folder of others) {
    const uri = vscode.Uri.joinPath(folder, written);
    if (!(await isMissing(uri))) {
      return uri;
    }
  }
  return beside;
}

function spelled(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === "file" ? vscode.Uri.file(spelledOnDisk(uri.fsPath)) : uri;
}

async function isMissing(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return false;
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === "FileNotFound";
  }
}

/**
 * Folders below `directory` that hold revision files, for a configuration that only running would tell: those that have
 * at least one file with a header.
 */
async function findVersionFolders(
  directory: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<readonly VersionFolder[]> {
  const pattern = new vscode.RelativePattern(directory, "**/versions/*.{ts,mts,cts,js,mjs,cjs,py}");
  const candidates = await vscode.workspace.findFiles(pattern, excludedFoldersGlob, 2000, token);
  const folders = new Map<string, VersionFolder>();
  for (const uri of candidates) {
    const folder = folderOf(uri);
    if (folders.has(folder.toString()) || !isRevisionFileName(basename(uri.path))) {
      continue;
    }
    const text = await readText(uri, readingLimits.bytes);
    if (text !== undefined && scanHeader(text, pathOf(uri)).kind === "revision") {
      folders.set(folder.toString(), { uri: folder, isRecursive: false });
    }
  }
  return [...folders.values()].sort((left, right) => (left.uri.path < right.uri.path ? -1 : 1));
}

import { readFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as vscode from "vscode";
import { isRevisionFileName, isRevisionFolderName, isRevisionPath } from "../../source/revisionFileNames";
import { readText } from "./configFiles";
import { isWithin, pathOf } from "./paths";

const parallelReads = 32;
/** How long reading may hold up the editor's other extensions, in milliseconds. */
const longestTurn = 15;

/** A folder of revision files. */
export interface VersionFolder {
  readonly uri: vscode.Uri;
  readonly isRecursive: boolean;
}

/** Whether a file is in the folder, and may be a revision by its name and those of the folders between. */
export function mayHoldRevision(folder: VersionFolder, file: vscode.Uri): boolean {
  if (!isWithin(file, folder.uri)) {
    return false;
  }
  const path = file.path.slice(folder.uri.path.replace(/\/$/, "").length + 1);
  return (folder.isRecursive || !path.includes("/")) && isRevisionPath(path);
}

/** The revision files below a folder, as far as names tell; none if the folder isn't there. */
export async function listRevisionFiles(folder: VersionFolder): Promise<readonly vscode.Uri[]> {
  let entries: readonly [string, vscode.FileType][];
  try {
    entries = await vscode.workspace.fs.readDirectory(folder.uri);
  } catch {
    return [];
  }
  const files: vscode.Uri[] = [];
  for (const [name, type] of entries) {
    const uri = vscode.Uri.joinPath(folder.uri, name);
    if ((type & vscode.FileType.Directory) !== 0) {
      // A link to a folder is not followed: Alembic does not either.
      if (folder.isRecursive && type === vscode.FileType.Directory && isRevisionFolderName(name)) {
        files.push(...(await listRevisionFiles({ uri, isRecursive: true })));
      }
    } else if (isRevisionFileName(name)) {
      files.push(uri);
    }
  }
  return files;
}

/** Texts by path; files that vanished meanwhile are left out. */
export async function readTexts(uris: readonly vscode.Uri[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  await readLocally(
    uris.filter(({ scheme }) => scheme === "file"),
    texts,
  );
  const others = uris.filter(({ scheme }) => scheme !== "file");
  let next = 0;
  const readOn = async (): Promise<void> => {
    for (let uri = others[next++]; uri !== undefined; uri = others[next++]) {
      const text = await readText(uri);
      if (text !== undefined) {
        texts.set(pathOf(uri), text);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, others.length) }, readOn));
  return texts;
}

/**
 * Small files of this machine, one straight after another: ten thousand through the editor's file service take several
 * times as long. Others get their turn in between.
 */
async function readLocally(uris: readonly vscode.Uri[], texts: Map<string, string>): Promise<void> {
  const decoder = new TextDecoder();
  let turnBegan = performance.now();
  for (const uri of uris) {
    if (performance.now() - turnBegan > longestTurn) {
      await nextTurn();
      turnBegan = performance.now();
    }
    try {
      texts.set(pathOf(uri), decoder.decode(readFileSync(uri.fsPath)));
    } catch {
      // It is gone, or can't be read, and is left out.
    }
  }
}

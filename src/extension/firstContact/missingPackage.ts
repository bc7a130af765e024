import * as vscode from "vscode";
import { readText } from "../project/configFiles";
import { folderOf, isWithin } from "../project/paths";

/** The package that configurations and revision files import. */
export const packageName = "alembic-ts";

/** Whether the package is missing where a file imports it: in no `node_modules` from its folder upward. */
export async function isPackageMissing(file: vscode.Uri): Promise<boolean> {
  for (const folder of foldersAbove(file, undefined)) {
    const manifest = vscode.Uri.joinPath(folder, "node_modules", packageName, "package.json");
    if ((await readText(manifest)) !== undefined) {
      return false;
    }
  }
  return true;
}

/** The folders from a file's up to the last one that is not above `root`, or to the top. */
export function foldersAbove(file: vscode.Uri, root: vscode.Uri | undefined): readonly vscode.Uri[] {
  const folders: vscode.Uri[] = [];
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const isOutside = root !== undefined && !isWithin(folder, root);
    if (isOutside || folders.some(({ path }) => path === folder.path)) {
      return folders;
    }
    folders.push(folder);
  }
}

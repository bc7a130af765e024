import * as vscode from "vscode";
import type { RunFailure } from "../../engine/protocol";
import { commandIds } from "../contributions";
import type { Project } from "../project/project";

/** What is wrong, in a sentence. */
export function missingFolderText(folder: vscode.Uri): string {
  return vscode.l10n.t("The folder {0} does not exist.", vscode.workspace.asRelativePath(folder, false));
}

/** The code of a failure where the folder of migrations is not there. */
export const missingFolderCode = "script-directory-missing" satisfies RunFailure["code"];

/** Says that the folder of migrations is not there, and offers what helps. Returns before it is answered. */
export function tellOfMissingFolder(project: Project): boolean {
  const folder = project.missingFolder;
  if (folder === undefined) {
    return false;
  }
  const openConfig = vscode.l10n.t("Open Configuration");
  const create = vscode.l10n.t("Create Folder");
  void vscode.window.showErrorMessage(missingFolderText(folder), openConfig, create).then(async (answer) => {
    if (answer === openConfig) {
      await vscode.window.showTextDocument(project.configUri);
    } else if (answer === create) {
      await vscode.commands.executeCommand(commandIds.createScriptFolder, project.id);
    }
  });
  return true;
}

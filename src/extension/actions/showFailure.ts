import * as vscode from "vscode";
import type { RunFailure } from "../../engine/protocol";
import { missingFolderCode, tellOfMissingFolder } from "../firstContact/missingFolder";
import type { Project } from "../project/project";
import type { Log } from "../shared/log";

/** Shows a failure as one notification: what happened, what to do, and where to look. Returns before it is answered. */
export function showFailure(failure: RunFailure, project: Project | undefined, log: Log): void {
  if (failure.code === missingFolderCode && project !== undefined && tellOfMissingFolder(project)) {
    return;
  }
  const openFile = vscode.l10n.t("Open File");
  const showLog = vscode.l10n.t("Show Log");
  const text = failure.hint === undefined ? failure.message : `${failure.message} ${failure.hint}`;
  const { location } = failure;
  const actions = location === undefined ? [showLog] : [openFile, showLog];
  void vscode.window.showErrorMessage(log.clean(text), ...actions).then(async (answer) => {
    if (answer === showLog) {
      log.show();
    } else if (answer === openFile && location !== undefined) {
      const uri = project?.uriOf(location.path) ?? vscode.Uri.file(location.path);
      const position = new vscode.Position(location.line, location.column);
      await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
    }
  });
}

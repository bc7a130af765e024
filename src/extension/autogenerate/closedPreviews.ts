import * as vscode from "vscode";
import { commandIds, revisionPreviewScheme } from "../contributions";
import type { GeneratedDocuments } from "./generatedDocuments";
import { tabsOf } from "./showPreview";

/** Offers to bring back a preview whose tab was closed before it was written or discarded. */
export function offerClosedPreviews(documents: GeneratedDocuments): vscode.Disposable {
  return vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    for (const { input } of closed) {
      if (input instanceof vscode.TabInputText && input.uri.scheme === revisionPreviewScheme) {
        void offerAgain(documents, input.uri);
      }
    }
  });
}

async function offerAgain(documents: GeneratedDocuments, uri: vscode.Uri): Promise<void> {
  const preview = documents.previewOf(uri);
  if (preview === undefined || tabsOf(uri).length > 0) {
    return;
  }
  const reopen = vscode.l10n.t("Reopen Preview");
  const write = vscode.l10n.t("Write");
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t("The revision “{0}” was closed without being written.", preview.prepared.message),
    reopen,
    write,
  );
  if (documents.previewOf(uri) === undefined) {
    return;
  }
  if (answer === reopen) {
    await vscode.window.showTextDocument(uri, { preview: false });
  } else if (answer === write) {
    await vscode.commands.executeCommand(commandIds.writeRevision, uri);
  }
}

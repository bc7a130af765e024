import * as vscode from "vscode";
import type { Services } from "../services";
import type { RevisionPreview } from "./generatedDocuments";
import { markLosses } from "./previewMarks";

/** Opens the preview of a revision in the active group, or in the place of another preview. */
export async function showPreview(
  services: Services,
  preview: RevisionPreview,
  replaced?: vscode.Uri,
): Promise<void> {
  const uri = services.generatedDocuments.addPreview(preview);
  const document = await vscode.workspace.openTextDocument(uri);
  const viewColumn = replaced === undefined ? undefined : tabsOf(replaced)[0]?.group.viewColumn;
  const editor = await vscode.window.showTextDocument(document, {
    preview: false,
    ...(viewColumn === undefined ? {} : { viewColumn }),
  });
  markLosses(editor, preview);
  if (replaced !== undefined && replaced.toString() !== uri.toString()) {
    await closePreview(services, replaced);
  }
}

/** Closes a preview; nothing of it stays. */
export async function closePreview(services: Services, uri: vscode.Uri): Promise<void> {
  services.generatedDocuments.forget(uri);
  await vscode.window.tabGroups.close(tabsOf(uri));
}

/** Where a document is open. */
export function tabsOf(uri: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

import * as vscode from "vscode";
import { driftScheme, revisionPreviewScheme, schemaScheme } from "../contributions";
import type { Services } from "../services";
import { offerClosedPreviews } from "./closedPreviews";
import { PreviewFiles } from "./previewFiles";
import type * as previewMarksModule from "./previewMarks";

/**
 * The read-only documents of autogenerate and of the check for drift, with the lenses and marks on them.
 * @param previewMarks loads what makes these
 */
export function registerAutogenerate(
  context: vscode.ExtensionContext,
  { generatedDocuments: documents }: Services,
  previewMarks: () => Pick<typeof previewMarksModule, "lensesOf" | "markLosses">,
): void {
  const files = new PreviewFiles(documents);
  const mark = (editors: readonly vscode.TextEditor[]): void => {
    for (const editor of editors) {
      const preview = documents.previewOf(editor.document.uri);
      if (preview !== undefined) {
        previewMarks().markLosses(editor, preview);
      }
    }
  };
  context.subscriptions.push(
    documents,
    files,
    offerClosedPreviews(documents),
    vscode.workspace.registerFileSystemProvider(revisionPreviewScheme, files, {
      isReadonly: new vscode.MarkdownString(
        vscode.l10n.t("This is a preview. Write it with Ctrl+S (Cmd+S on a Mac), then edit the file."),
      ),
    }),
    vscode.workspace.registerTextDocumentContentProvider(driftScheme, documents),
    vscode.workspace.registerTextDocumentContentProvider(schemaScheme, documents),
    vscode.languages.registerCodeLensProvider([{ scheme: revisionPreviewScheme }, { scheme: driftScheme }], {
      onDidChangeCodeLenses: (listener, ...rest) =>
        documents.onDidChange(
          () => {
            listener();
          },
          ...rest,
        ),
      provideCodeLenses: (document) => previewMarks().lensesOf(document, documents),
    }),
    vscode.window.onDidChangeVisibleTextEditors(mark),
    vscode.window.registerFileDecorationProvider({
      provideFileDecoration: ({ scheme }) =>
        scheme === revisionPreviewScheme
          ? new vscode.FileDecoration("N", vscode.l10n.t("Not written yet"))
          : undefined,
    }),
  );
}

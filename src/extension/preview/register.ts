import * as vscode from "vscode";
import { targetOfFile } from "../actions/target";
import { sqlScheme } from "../contributions";
import type { Services } from "../services";
import { SqlPreview } from "./sqlPreview";

/** Quiet time after the last change of a file until its previews are made anew, in milliseconds. */
const typingDelay = 400;

/** The read-only documents behind *Preview SQL*, which follow the file as it is edited. */
export function registerPreview(context: vscode.ExtensionContext, services: Services): void {
  const preview = new SqlPreview(services);
  const timers = new Map<string, NodeJS.Timeout>();
  const refreshSoon = ({ uri }: vscode.TextDocument): void => {
    const target = preview.isShown ? targetOfFile(services, uri) : undefined;
    if (target !== undefined) {
      const key = uri.toString();
      clearTimeout(timers.get(key));
      const refresh = (): void => {
        timers.delete(key);
        preview.refresh(target.project, target.revision.revision);
      };
      timers.set(key, setTimeout(refresh, typingDelay));
    }
  };
  context.subscriptions.push(
    preview,
    vscode.workspace.registerTextDocumentContentProvider(sqlScheme, preview),
    vscode.workspace.onDidSaveTextDocument(refreshSoon),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) {
        refreshSoon(document);
      }
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => preview.forget(uri)),
    { dispose: () => timers.forEach((timer) => clearTimeout(timer)) },
  );
}

import * as vscode from "vscode";
import { targetOfFile } from "../actions/target";
import { sqlScheme } from "../contributions";
import type { Services } from "../services";
import { SqlPreview } from "./sqlPreview";

/** The read-only documents behind *Preview SQL*. */
export function registerPreview(context: vscode.ExtensionContext, services: Services): void {
  const preview = new SqlPreview(services);
  context.subscriptions.push(
    preview,
    vscode.workspace.registerTextDocumentContentProvider(sqlScheme, preview),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const target = targetOfFile(services, document.uri);
      if (target !== undefined) {
        preview.refresh(target.project, target.revision.revision);
      }
    }),
  );
}

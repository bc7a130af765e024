import * as vscode from "vscode";
import { sqlScheme } from "../contributions";
import type { Services } from "../services";
import { SqlPreview } from "./sqlPreview";

/** Quiet time after the last change of a project's revisions until its previews are made anew, in milliseconds. */
const delay = 280;

/** The read-only documents behind *Preview SQL*, which follow the file as it is edited. */
export function registerPreview(context: vscode.ExtensionContext, services: Services): void {
  const preview = new SqlPreview(services);
  const timers = new Map<string, NodeJS.Timeout>();
  context.subscriptions.push(
    preview,
    vscode.workspace.registerTextDocumentContentProvider(sqlScheme, preview),
    services.projects.onDidChangeRevisions((project) => {
      clearTimeout(timers.get(project.id));
      const refresh = (): void => {
        timers.delete(project.id);
        preview.refresh(project);
      };
      timers.set(project.id, setTimeout(refresh, delay));
    }),
    services.measured.onDidChange((project) => preview.refresh(project)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => preview.forget(uri)),
    { dispose: () => timers.forEach((timer) => clearTimeout(timer)) },
  );
}

import * as vscode from "vscode";
import type { Services } from "../services";
import { onSettingChange } from "../shared/settings";
import { RevisionLenses } from "./revisionLenses";

/** Lenses above `upgrade` and `downgrade`. */
export function registerLenses(context: vscode.ExtensionContext, services: Services): void {
  const lenses = new RevisionLenses(services);
  const refresh = (): void => lenses.refresh();
  context.subscriptions.push(
    lenses,
    vscode.languages.registerCodeLensProvider(
      [
        { language: "typescript", scheme: "file" },
        { language: "javascript", scheme: "file" },
      ],
      lenses,
    ),
    services.projects.onDidChangeRevisions(refresh),
    services.projects.onDidChangeProjects(refresh),
    services.databases.onDidChange(() => lenses.refreshRepeatedly()),
    onSettingChange(["codeLens.run", "codeLens.previewSql"], refresh),
  );
}

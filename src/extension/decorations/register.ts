import * as vscode from "vscode";
import { targetOfFile } from "../actions/target";
import type { Services } from "../services";
import { isSettingOn, onSettingChange } from "../shared/settings";
import { markOf } from "../tree/treeModel";

/** Badges of revision files in the explorer and on tabs: pending and current, once the database was asked, and edited. */
export function registerDecorations(
  context: vscode.ExtensionContext,
  services: Services,
): vscode.FileDecorationProvider {
  const changeEmitter = new vscode.EventEmitter<undefined>();
  const refresh = (): void => changeEmitter.fire(undefined);
  const provider: vscode.FileDecorationProvider = {
    onDidChangeFileDecorations: changeEmitter.event,
    provideFileDecoration: (uri) =>
      isSettingOn("decorations.enabled") ? decorationOf(services, uri) : undefined,
  };
  context.subscriptions.push(
    changeEmitter,
    vscode.window.registerFileDecorationProvider(provider),
    services.databases.onDidChange(refresh),
    services.appliedTexts.onDidChange(refresh),
    services.projects.onDidChangeProjects(refresh),
    onSettingChange(["decorations.enabled"], refresh),
  );
  return provider;
}

function decorationOf(services: Services, uri: vscode.Uri): vscode.FileDecoration | undefined {
  const target = targetOfFile(services, uri);
  if (target === undefined) {
    return undefined;
  }
  if (services.appliedTexts.editedRevisions(target.project).has(target.revision.revision)) {
    const tooltip = vscode.l10n.t("Edited after it was applied");
    return new vscode.FileDecoration("!", tooltip, new vscode.ThemeColor("list.warningForeground"));
  }
  switch (markOf(target.revision.revision, services.databases.appliedOf(target.project))) {
    case "pending":
      return new vscode.FileDecoration(
        "P",
        vscode.l10n.t("Pending: the database does not have this revision"),
      );
    case "current":
      return new vscode.FileDecoration("✓", vscode.l10n.t("The database is at this revision"));
    case "applied":
    case "unknown":
      return undefined;
  }
}

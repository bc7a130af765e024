import * as vscode from "vscode";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import { isSettingOn, onSettingChange } from "../shared/settings";
import type * as lintDocumentsModule from "./lintDocuments";

const bundle = lazyBundle<typeof lintDocumentsModule>("lintDocuments.js");

/** What is risky in the revisions that are open; all of it is loaded when the first one is shown. */
export function registerLint(context: vscode.ExtensionContext, services: Services): void {
  let isLoaded = false;
  const look = (): void => {
    const isWanted =
      !isLoaded &&
      vscode.workspace.isTrusted &&
      vscode.window.visibleTextEditors.some(
        ({ document }) =>
          services.projects.projectOfRevisionFile(document.uri) !== undefined &&
          isSettingOn("lint.enabled", document.uri),
      );
    if (isWanted) {
      isLoaded = true;
      context.subscriptions.push(bundle().lintDocuments(services));
    }
  };
  context.subscriptions.push(
    vscode.window.onDidChangeVisibleTextEditors(look),
    vscode.workspace.onDidGrantWorkspaceTrust(look),
    services.projects.onDidChangeRevisions(look),
    onSettingChange(["lint.enabled"], look),
  );
}

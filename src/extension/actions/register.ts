import * as vscode from "vscode";
import { commandIds, contextKeys } from "../contributions";
import type { CommandId } from "../contributions";
import type { Services } from "../services";
import { setContextKey } from "../shared/contextKey";
import { handlersBundle } from "./handlersBundle";

/** Commands that the bundle of handlers has; the others are registered by the feature that they belong to. */
const handledCommands: readonly CommandId[] = [
  commandIds.upgrade,
  commandIds.upgradeToHead,
  commandIds.upgradeToRevision,
  commandIds.downgrade,
  commandIds.downgradeByOne,
  commandIds.downgradeBeforeRevision,
  commandIds.stamp,
  commandIds.stampRevision,
  commandIds.ensureVersion,
  commandIds.adoptTypeorm,
  commandIds.current,
  commandIds.history,
  commandIds.heads,
  commandIds.branches,
  commandIds.show,
  commandIds.newRevision,
  commandIds.newRevisionAfter,
  commandIds.autogenerateRevision,
  commandIds.writeRevision,
  commandIds.editRevisionMessage,
  commandIds.discardRevision,
  commandIds.checkDrift,
  commandIds.mergeHeads,
  commandIds.initialise,
  commandIds.checkStatus,
  commandIds.refresh,
  commandIds.openRevision,
  commandIds.openConfig,
  commandIds.copyRevisionId,
  commandIds.copyCommandLine,
  commandIds.showMenu,
  commandIds.selectProject,
  commandIds.showLog,
  commandIds.selectEnvironment,
  commandIds.previewSql,
  commandIds.previewUpgradeSql,
  commandIds.previewDowngradeSql,
  commandIds.compareSql,
  commandIds.acceptAppliedText,
  commandIds.chooseParent,
  commandIds.restoreParent,
];

/** Commands of the palette and the menus; those of one feature alone are registered by it. */
export function registerActions(context: vscode.ExtensionContext, services: Services): void {
  for (const id of handledCommands) {
    context.subscriptions.push(
      vscode.commands.registerCommand(id, (argument: unknown) =>
        handlersBundle().handlers.get(id)?.(services, argument),
      ),
    );
  }
  const noteActiveEditor = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const isRevision = uri !== undefined && services.projects.projectOfRevisionFile(uri) !== undefined;
    setContextKey(contextKeys.isRevisionFile, isRevision);
  };
  context.subscriptions.push(
    vscode.window.onDidChangeActiveTextEditor(noteActiveEditor),
    services.projects.onDidChangeProjects(noteActiveEditor),
    services.projects.onDidChangeRevisions(noteActiveEditor),
  );
}

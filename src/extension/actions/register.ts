import * as vscode from "vscode";
import { commandIds, contextKeys } from "../contributions";
import type { CommandId } from "../contributions";
import type { Services } from "../services";
import { setContextKey } from "../shared/contextKey";
import * as author from "./author";
import * as inspect from "./inspect";
import * as migrate from "./migrate";
import * as projectCommands from "./projectCommands";

export type CommandHandler = (services: Services, argument: unknown) => Promise<void> | void;

const handlers = new Map<CommandId, CommandHandler>([
  [commandIds.upgrade, migrate.upgrade],
  [commandIds.upgradeToHead, migrate.upgradeToHead],
  [commandIds.upgradeToRevision, migrate.upgradeToRevision],
  [commandIds.downgrade, migrate.downgrade],
  [commandIds.downgradeByOne, migrate.downgradeByOne],
  [commandIds.downgradeBeforeRevision, migrate.downgradeBeforeRevision],
  [commandIds.stamp, migrate.stamp],
  [commandIds.stampRevision, migrate.stampRevision],
  [commandIds.ensureVersion, migrate.ensureVersion],
  [commandIds.current, inspect.current],
  [commandIds.history, inspect.history],
  [commandIds.heads, inspect.heads],
  [commandIds.branches, inspect.branches],
  [commandIds.show, inspect.show],
  [commandIds.newRevision, author.newRevision],
  [commandIds.newRevisionAfter, author.newRevisionAfter],
  [commandIds.autogenerateRevision, author.autogenerateRevision],
  [commandIds.mergeHeads, author.mergeHeads],
  [commandIds.initialise, author.initialise],
  [commandIds.checkStatus, projectCommands.checkStatus],
  [commandIds.refresh, projectCommands.refresh],
  [commandIds.openRevision, projectCommands.openTarget],
  [commandIds.openConfig, projectCommands.openConfig],
  [commandIds.copyRevisionId, projectCommands.copyRevisionId],
  [commandIds.copyCommandLine, projectCommands.copyCommandLine],
  [commandIds.showMenu, projectCommands.showMenu],
  [commandIds.selectProject, projectCommands.selectProject],
  [commandIds.showLog, (services) => services.log.show()],
]);

/** Commands of the palette and the menus; those of one feature alone are registered by it. */
export function registerActions(context: vscode.ExtensionContext, services: Services): void {
  for (const [id, handler] of handlers) {
    context.subscriptions.push(
      vscode.commands.registerCommand(id, (argument: unknown) => handler(services, argument)),
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

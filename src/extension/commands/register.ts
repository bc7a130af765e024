import * as vscode from "vscode";
import { contextKeys } from "../contributions";
import type { Services } from "../services";
import { setContextKey } from "../shared/contextKey";
import { handledCommands } from "./handledCommands";
import { handlersBundle } from "./handlersBundle";
import { invocation } from "../actions/invocation";

/** Commands of the palette and the menus; those of one feature alone are registered by it. */
export function registerCommands(context: vscode.ExtensionContext, services: Services): void {
  for (const id of handledCommands) {
    context.subscriptions.push(
      vscode.commands.registerCommand(id, (argument: unknown, selection: unknown) =>
        invocation.run(
          () => void vscode.commands.executeCommand(id, argument, selection),
          () => handlersBundle().handlers[id](services, argument, selection),
        ),
      ),
    );
  }
  const noteActiveEditor = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const project = uri && services.projects.projectOfRevisionFile(uri);
    setContextKey(contextKeys.isRevisionFile, project !== undefined);
    setContextKey(
      contextKeys.isRunnableRevision,
      project !== undefined && (project.isPython || uri?.path.endsWith(".py") === false),
    );
  };
  context.subscriptions.push(
    vscode.window.onDidChangeActiveTextEditor(noteActiveEditor),
    services.projects.onDidChangeProjects(noteActiveEditor),
    services.projects.onDidChangeRevisions(noteActiveEditor),
  );
}

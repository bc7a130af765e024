import * as vscode from "vscode";
import { contextKeys, sqlScheme } from "../contributions";
import type { ContextKey } from "../contributions";
import type { Services } from "../services";
import { setContextKey } from "../shared/contextKey";

type DoneStep = typeof contextKeys.hasPreviewed | typeof contextKeys.hasUpgraded;

/** Remembers for the walkthrough what was done in this workspace; a command that was cancelled has done nothing. */
export function noteDoneSteps(
  context: vscode.ExtensionContext,
  { projects, databases }: Pick<Services, "projects" | "databases">,
): void {
  const { workspaceState } = context;
  const note = (key: DoneStep): void => {
    if (workspaceState.get<boolean>(key) !== true) {
      void workspaceState.update(key, true);
      setContextKey(key, true);
    }
  };
  for (const key of [contextKeys.hasPreviewed, contextKeys.hasUpgraded] satisfies ContextKey[]) {
    setContextKey(key, workspaceState.get<boolean>(key) === true);
  }
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (uri.scheme === sqlScheme) {
        note(contextKeys.hasPreviewed);
      }
    }),
    databases.onDidChange((project) => {
      const applied = databases.appliedOf(project);
      if (projects.get(project.id) !== undefined && applied.kind === "known" && applied.applied.size > 0) {
        note(contextKeys.hasUpgraded);
      }
    }),
  );
}

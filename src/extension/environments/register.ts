import type * as vscode from "vscode";
import type { Services } from "../services";

/** Keeps the picture of the database true when another one is chosen. */
export function registerEnvironments(context: vscode.ExtensionContext, services: Services): void {
  context.subscriptions.push(
    // A choice of another database says nothing of its state; only asking does.
    services.environments.onDidChange((project) => services.databases.set(project, { kind: "unknown" })),
  );
}

import * as vscode from "vscode";

/** Whether user code may run here; if not, says so and offers to change it. */
export function requireTrust(): boolean {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const message = vscode.l10n.t(
    "Alembic runs your project's code for this, which needs a trusted workspace. Revisions can be read without.",
  );
  void vscode.window.showWarningMessage(message, manage).then((answer) => {
    if (answer === manage) {
      void vscode.commands.executeCommand("workbench.trust.manage");
    }
  });
  return false;
}

import * as vscode from "vscode";

/** Whether user code may run here; if not, says so and offers to change it. */
export function requireTrust(): boolean {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const message = vscode.l10n.t(
    "This runs your project's code, which needs a trusted workspace. You can still read revisions.",
  );
  void vscode.window.showWarningMessage(message, manage).then((answer) => {
    if (answer === manage) {
      void vscode.commands.executeCommand("workbench.trust.manage");
    }
  });
  return false;
}

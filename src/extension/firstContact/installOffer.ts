import * as vscode from "vscode";
import { commandIds } from "../contributions";

/** The package that configurations and revision files import. */
export const packageName = "alembic-ts";

/** Offers to install the package where the editor does not find it. */
export const offersInstall: vscode.CodeActionProvider = {
  provideCodeActions: (document, _range, { diagnostics }) => {
    const missing = diagnostics.filter((diagnostic) => isPackageMissing(document, diagnostic));
    if (missing.length === 0 || !vscode.workspace.isTrusted) {
      return [];
    }
    const title = vscode.l10n.t("Install {0}", packageName);
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { command: commandIds.installPackage, title, arguments: [document.uri] };
    action.diagnostics = missing;
    action.isPreferred = true;
    return [action];
  },
};

/** TypeScript's "Cannot find module", in whichever language it is worded. */
function isPackageMissing(document: vscode.TextDocument, { code, range }: vscode.Diagnostic): boolean {
  const number = typeof code === "object" ? code.value : code;
  const marked = document.getText(range).replaceAll(/["'`]/g, "");
  return [2307, 2792, "2307", "2792"].includes(number ?? "") && marked === packageName;
}

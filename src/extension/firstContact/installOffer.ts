import * as vscode from "vscode";
import { commandIds } from "../contributions";
import { isPackageMissing, packageName } from "./missingPackage";

/** The action that installs the package for a file that imports it; none where it is there. */
export async function installActions(
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): Promise<vscode.CodeAction[]> {
  if (!(await isPackageMissing(document.uri))) {
    return [];
  }
  const title = vscode.l10n.t("Install {0}", packageName);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: commandIds.installPackage, title, arguments: [document.uri] };
  action.diagnostics = diagnostics.filter((diagnostic) => isComplaint(document, diagnostic));
  action.isPreferred = true;
  return [action];
}

/** TypeScript's "Cannot find module", in whichever language it is worded. */
function isComplaint(document: vscode.TextDocument, { code, range }: vscode.Diagnostic): boolean {
  const number = typeof code === "object" ? code.value : code;
  const marked = document.getText(range).replaceAll(/["'`]/g, "");
  return [2307, 2792, "2307", "2792"].includes(number ?? "") && marked === packageName;
}

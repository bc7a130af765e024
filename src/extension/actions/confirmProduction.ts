import * as vscode from "vscode";

/** Asks for the name of an environment that is marked as production, before anything is changed there. */
export async function confirmProduction(
  environment: string,
  token: vscode.CancellationToken,
): Promise<boolean> {
  const options: vscode.InputBoxOptions = {
    title: vscode.l10n.t("Production: {0}", environment),
    prompt: vscode.l10n.t("This changes a production database. Type the environment's name to continue."),
    placeHolder: environment,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === "" || value === environment
        ? undefined
        : vscode.l10n.t("This is not the environment's name."),
  };
  return (await vscode.window.showInputBox(options, token)) === environment;
}

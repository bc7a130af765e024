import * as vscode from "vscode";

/**
 * Shows what the documentation says of a code; without a code, its first page.
 * @param kind `rule`: the code is that of a rule of lint
 */
export async function explainProblem(extensionUri: vscode.Uri, code: unknown, kind?: unknown): Promise<void> {
  const isRule = kind === "rule" && typeof code === "string" && /^[a-z-]+$/.test(code);
  const names = isRule ? ["rules", `${code}.md`] : ["problems.md"];
  const page = vscode.Uri.joinPath(extensionUri, "docs", ...names);
  const uri = typeof code === "string" && !isRule ? page.with({ fragment: code }) : page;
  try {
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  } catch {
    // Without the editor's own Markdown support there is still the text.
    await vscode.window.showTextDocument(page);
  }
}

import * as vscode from "vscode";

/** Shows what the documentation says of a problem's code; without a code, its first page. */
export async function explainProblem(extensionUri: vscode.Uri, code: unknown): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, "docs", "problems.md");
  const uri = typeof code === "string" ? page.with({ fragment: code }) : page;
  try {
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  } catch {
    // Without the editor's own Markdown support there is still the text.
    await vscode.window.showTextDocument(page);
  }
}

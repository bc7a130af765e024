import * as vscode from "vscode";

/** Asks where a text is to be saved, writes it there, and shows it. */
export async function saveAs(
  defaultUri: vscode.Uri,
  filters: Readonly<Record<string, readonly string[]>>,
  text: string,
): Promise<void> {
  const kinds = Object.fromEntries(Object.entries(filters).map(([name, endings]) => [name, [...endings]]));
  const uri = await vscode.window.showSaveDialog({ defaultUri, filters: kinds });
  if (uri !== undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await vscode.commands.executeCommand("vscode.open", uri);
  }
}

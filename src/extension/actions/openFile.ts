import * as vscode from "vscode";
import type { Project } from "../project/project";

/** Opens a revision's file with its id selected. */
export async function openRevisionFile(
  project: Project,
  revision: string,
  options: { readonly isPreview?: boolean } = {},
): Promise<vscode.TextEditor | undefined> {
  const path = project.pathOfRevision(revision);
  if (path === undefined) {
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(project.uriOf(path));
  const header = project.index.header(path);
  const start = document.positionAt(header?.revision.range.start ?? 0);
  return vscode.window.showTextDocument(document, {
    preview: options.isPreview ?? true,
    selection: new vscode.Range(start, start),
  });
}

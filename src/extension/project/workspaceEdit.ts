import * as vscode from "vscode";
import { TextPositions } from "./textPositions";
import type { Project } from "./project";
import type { TextEdit } from "../../source/textEdit";

/** Edits of revision files, by path, as the editor applies them: one step to undo. */
export function workspaceEditOf(
  project: Project,
  editsByPath: ReadonlyMap<string, readonly TextEdit[]>,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const [path, edits] of editsByPath) {
    const positions = new TextPositions(project.index.file(path)?.text ?? "");
    edit.set(
      project.uriOf(path),
      edits.map(({ range, newText }) => new vscode.TextEdit(positions.range(range), newText)),
    );
  }
  return edit;
}

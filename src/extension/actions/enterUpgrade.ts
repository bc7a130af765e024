import * as vscode from "vscode";
import type { Project } from "../project/project";

/** The body of a function that is empty yet; `{ op }` of the parameters is none. */
const emptyBody = /\{[ \t\r\n]*\}/;

/** Puts the caret into the empty `upgrade` of a new revision, indented as the project's other revisions are. */
export async function enterUpgrade(editor: vscode.TextEditor, project: Project): Promise<void> {
  const { document } = editor;
  const text = document.getText();
  const start = text.search(/\bfunction\s+upgrade\b/);
  const body = start < 0 ? null : emptyBody.exec(text.slice(start));
  if (body === null) {
    return;
  }
  const indentation = indentationOf(project.index.files.map((file) => file.text));
  if (indentation !== undefined) {
    const isTab = indentation.includes("\t");
    editor.options = { insertSpaces: !isTab, ...(isTab ? {} : { tabSize: indentation.length }) };
  }
  const unit = indentation ?? (editor.options.insertSpaces === false ? "\t" : " ".repeat(tabSizeOf(editor)));
  const from = start + body.index;
  const range = new vscode.Range(document.positionAt(from), document.positionAt(from + body[0].length));
  // A snippet puts the caret there in the same step: after an edit, the user may have typed already, and would lose the caret.
  await editor.insertSnippet(new vscode.SnippetString(`{\n${unit}$0\n}`), range);
}

function tabSizeOf({ options }: vscode.TextEditor): number {
  return typeof options.tabSize === "number" ? options.tabSize : 2;
}

/** One step of the indentation in revision files: that of the first statement in the newest one that has any. */
export function indentationOf(texts: readonly string[]): string | undefined {
  for (const text of texts.toReversed()) {
    const lines = text.split(/\r?\n/);
    const head = lines.findIndex(
      (line) => /\bfunction\s+(?:up|down)grade\b/.test(line) && line.trimEnd().endsWith("{"),
    );
    const statement = head < 0 ? undefined : lines.slice(head + 1).find((line) => line.trim() !== "");
    const indentation = statement?.slice(0, statement.length - statement.trimStart().length);
    if (indentation !== undefined && indentation !== "") {
      return indentation;
    }
  }
  return undefined;
}

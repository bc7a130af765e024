import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Inspection } from "../../src/extension/testing/inspection";

/** Starts the extension, as opening its view would, and waits until it has read the files. */
export async function startExtension(): Promise<Inspection> {
  const extension = vscode.extensions.getExtension<Inspection>("alembic-ts.alembic-ts");
  assert.ok(extension, "the extension under test is not there");
  // In a browser the editor saves by itself, after which there is nothing to revert.
  await vscode.workspace
    .getConfiguration("files")
    .update("autoSave", "off", vscode.ConfigurationTarget.Global);
  const inspection = await extension.activate();
  await inspection.whenRead();
  return inspection;
}

/** Waits for what must come true, on a busy machine too; fails with the last assertion when time is up. */
export async function eventually<Result>(
  check: () => Result | Promise<Result>,
  milliseconds = 60_000,
): Promise<Result> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A file of the suite's workspace. */
export function workspaceFile(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "no folder is open");
  return vscode.Uri.joinPath(folder.uri, path);
}

/** Opens a file of the workspace in an editor. */
export async function openFile(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceFile(path)));
}

/** Types over a text in an editor, without saving. */
export async function typeOver(editor: vscode.TextEditor, from: string, to: string): Promise<void> {
  const start = editor.document.getText().indexOf(from);
  assert.ok(start >= 0, `“${from}” is not in the file`);
  const range = new vscode.Range(
    editor.document.positionAt(start),
    editor.document.positionAt(start + from.length),
  );
  assert.ok(await editor.edit((edit) => edit.replace(range, to)));
}

/** The code of a diagnostic, which may come with a link. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** The extension's diagnostics of a file: code, severity and the text that is marked. */
export async function problemsOf(
  path: string,
): Promise<readonly (readonly [code: string, marked: string])[]> {
  const uri = workspaceFile(path);
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === "alembic")
    .map((diagnostic) => [codeOf(diagnostic), document.getText(diagnostic.range)]);
}

interface ShownLens {
  readonly title: string;
  readonly line: string;
  readonly command: vscode.Command;
}

/** The lenses of a file of the suite's workspace, with the line that each stands above. */
export async function lensesOf(path: string): Promise<readonly ShownLens[]> {
  return lensesOfUri(workspaceFile(path));
}

/** The lenses of a file, with the line that each stands above. */
export async function lensesOfUri(uri: vscode.Uri): Promise<readonly ShownLens[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    uri,
  );
  return lenses.flatMap(({ range, command }) =>
    command?.command.startsWith("alembic.") === true
      ? [{ title: command.title, line: document.lineAt(range.start.line).text, command }]
      : [],
  );
}

/** A dialog or notification that the extension asked for. */
export interface ShownDialog {
  readonly message: string;
  readonly detail: string | undefined;
  readonly actions: readonly string[];
}

/**
 * Answers every message box and notification in the same way, and keeps what it said, until `restore`.
 * @param meanwhile what happens while the first of them is open
 */
export function answerDialogs(
  answer: string | undefined,
  meanwhile?: () => Promise<unknown>,
): {
  readonly shown: readonly ShownDialog[];
  restore(): void;
} {
  const shown: ShownDialog[] = [];
  const originals = {
    showInformationMessage: vscode.window.showInformationMessage,
    showWarningMessage: vscode.window.showWarningMessage,
    showErrorMessage: vscode.window.showErrorMessage,
  };
  const show = async (message: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    const options = rest.find((item): item is vscode.MessageOptions => typeof item === "object");
    const actions = rest.filter((item) => typeof item === "string");
    shown.push({ message, detail: options?.detail, actions });
    if (shown.length === 1) {
      await meanwhile?.();
    }
    return answer !== undefined && actions.includes(answer) ? answer : undefined;
  };
  const replaced = { showInformationMessage: show, showWarningMessage: show, showErrorMessage: show };
  Object.assign(vscode.window, replaced);
  return { shown, restore: () => void Object.assign(vscode.window, originals) };
}

/** What an action says in message boxes and notifications, all of which are closed without an answer. */
export async function saidBy(action: () => Thenable<unknown>): Promise<readonly string[]> {
  const dialogs = answerDialogs(undefined);
  try {
    await action();
  } finally {
    dialogs.restore();
  }
  return dialogs.shown.map(({ message }) => message);
}

/** What everything says that would run the project's code in a workspace that is not trusted. */
export const needsTrust =
  "This runs your project's code, which needs a trusted workspace. You can still read revisions.";

/** Answers the picks of revisions that an action asks for, one after the other, by their ids or symbols. */
export async function answerPicks(
  symbols: readonly string[],
  action: () => Thenable<unknown>,
): Promise<void> {
  const { createQuickPick } = vscode.window;
  const picks = [...symbols];
  const answering = (): vscode.QuickPick<vscode.QuickPickItem> => {
    const picker = createQuickPick();
    const accepted = new vscode.EventEmitter<void>();
    const wanted = picks.shift();
    const replaced: Readonly<Record<string, () => unknown>> = {
      show: () => () => {
        picker.show();
        accepted.fire();
      },
      onDidAccept: () => accepted.event,
      selectedItems: () =>
        picker.items.filter((item) => (item as { readonly symbol?: string }).symbol === wanted),
    };
    return new Proxy(picker, {
      get: (target, key) => {
        const own = typeof key === "string" ? replaced[key] : undefined;
        if (own !== undefined) {
          return own();
        }
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
      set: (target, key, value) => Reflect.set(target, key, value),
    });
  };
  Object.assign(vscode.window, { createQuickPick: answering });
  try {
    await action();
  } finally {
    Object.assign(vscode.window, { createQuickPick });
  }
}

/** The text of all hovers at the end of what a document holds once. */
export async function hoverText(document: vscode.TextDocument, at: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    document.positionAt(document.getText().indexOf(at) + at.length),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

import * as vscode from "vscode";

/** A question that was put to the user in an input box or a list. */
export interface AskedQuestion {
  readonly kind: "input" | "pick";
  readonly title: string | undefined;
  /** What stood in the input box. */
  readonly value?: string | undefined;
  readonly items?: readonly string[];
}

/**
 * Answers every input box with one text and every list with the item whose label has a text in it, until `restore`. An
 * answer that is not given leaves the question.
 */
export function answerInputs(answers: { readonly input?: string; readonly pick?: string }): {
  readonly asked: readonly AskedQuestion[];
  restore(): void;
} {
  const asked: AskedQuestion[] = [];
  const { showInputBox, showQuickPick } = vscode.window;
  Object.assign(vscode.window, {
    showInputBox: (options?: vscode.InputBoxOptions) => {
      asked.push({ kind: "input", title: options?.title, value: options?.value });
      return Promise.resolve(answers.input);
    },
    showQuickPick: (items: readonly vscode.QuickPickItem[], options?: vscode.QuickPickOptions) => {
      asked.push({ kind: "pick", title: options?.title, items: items.map(({ label }) => label) });
      const { pick } = answers;
      return Promise.resolve(
        pick === undefined ? undefined : items.find(({ label }) => label.includes(pick)),
      );
    },
  });
  return {
    asked,
    restore: () => void Object.assign(vscode.window, { showInputBox, showQuickPick }),
  };
}

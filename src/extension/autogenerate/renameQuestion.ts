import * as vscode from "vscode";
import type { RenameChoice } from "../../context/commandContext";
import type { RenameAnswer } from "../../engine/protocol";

interface AnswerItem extends vscode.QuickPickItem {
  readonly answer: RenameAnswer;
}

/** Asks whether something was renamed. Leaving the question cancels the run. */
export async function askRename(
  choice: RenameChoice,
  token: vscode.CancellationToken,
): Promise<RenameAnswer> {
  const from = lastName(choice.from);
  const to = lastName(choice.to);
  const items: readonly AnswerItem[] = [
    {
      label: `$(arrow-right) ${vscode.l10n.t("Yes, it was renamed")}`,
      detail: vscode.l10n.t("{0} becomes {1} and keeps its data.", from, to),
      answer: "renamed",
    },
    {
      label:
        choice.kind === "table"
          ? `$(split-horizontal) ${vscode.l10n.t("No, these are two tables")}`
          : `$(trash) ${vscode.l10n.t("No, one was dropped and the other added")}`,
      detail: lossOf(choice.kind, from, to),
      answer: "dropped-and-added",
    },
  ];
  const picked = await vscode.window.showQuickPick(
    items,
    {
      title: questionOf(choice),
      placeHolder: vscode.l10n.t("Escape cancels the command"),
      ignoreFocusOut: true,
    },
    token,
  );
  return picked?.answer ?? "cancel";
}

function questionOf({ kind, from, to }: RenameChoice): string {
  switch (kind) {
    case "table":
      return vscode.l10n.t("Was table {0} renamed to {1}?", from, to);
    case "column":
      return vscode.l10n.t("Was column {0} renamed to {1}?", from, lastName(to));
    case "enum":
      return vscode.l10n.t("Was enum {0} renamed to {1}?", from, to);
    case "enumValue":
      return vscode.l10n.t("Was enum value {0} renamed to {1}?", from, lastName(to));
  }
}

function lossOf(kind: RenameChoice["kind"], from: string, to: string): string {
  switch (kind) {
    case "table":
      return vscode.l10n.t("{0} stays unless you drop it next; {1} starts empty.", from, to);
    case "column":
      return vscode.l10n.t("{0} is dropped with its data; {1} starts empty.", from, to);
    case "enum":
    case "enumValue":
      return vscode.l10n.t("{0} is dropped; {1} is added.", from, to);
  }
}

/** `full_name` of `users.full_name`. */
function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

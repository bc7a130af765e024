import * as vscode from "vscode";
import type { DropChoice } from "../../context/commandContext";
import type { DropAnswer } from "../../engine/protocol";

interface AnswerItem extends vscode.QuickPickItem {
  readonly answer: DropAnswer;
}

/** Asks what becomes of something that no entity describes any more. Leaving the question cancels the run. */
export async function askDrop(choice: DropChoice, token: vscode.CancellationToken): Promise<DropAnswer> {
  const { kind, name } = choice;
  const isTable = kind === "table";
  const items: readonly AnswerItem[] = [
    {
      label: `$(shield) ${vscode.l10n.t("Keep it")}`,
      detail: isTable
        ? vscode.l10n.t(
            "{0} keeps its rows. A comment in the revision records this, and you are not asked again.",
            name,
          )
        : vscode.l10n.t(
            "{0} keeps its values. A comment in the revision records this, and you are not asked again.",
            name,
          ),
      answer: "keep",
    },
    {
      label: `$(trash) ${vscode.l10n.t("Drop it")}`,
      detail: isTable
        ? vscode.l10n.t("The revision drops {0} and all its rows.", name)
        : vscode.l10n.t("The revision drops {0} and all its values.", name),
      answer: "drop",
    },
  ];
  const picked = await vscode.window.showQuickPick(
    items,
    {
      title: questionOf(choice),
      placeHolder: vscode.l10n.t(
        "If its entity is missing, press Escape and correct the DataSource's entities",
      ),
      ignoreFocusOut: true,
    },
    token,
  );
  return picked?.answer ?? "cancel";
}

function questionOf({ kind, name, revision }: DropChoice): string {
  if (kind === "column") {
    return vscode.l10n.t("No entity describes column {0}", name);
  }
  return revision === undefined
    ? vscode.l10n.t("No entity describes table {0}", name)
    : vscode.l10n.t("No entity describes table {0}, which revision {1} created", name, revision);
}

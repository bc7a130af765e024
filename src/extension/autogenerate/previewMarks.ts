import * as vscode from "vscode";
import type { AutogenerateReport, ComparedWith } from "../../context/commandTable";
import { commandIds, driftScheme } from "../contributions";
import type { GeneratedDocuments, RevisionPreview } from "./generatedDocuments";
import { placeWarnings } from "./lossRanges";

/** A plain space is lost between an icon and a word. */
const afterIcon = "\u00a0";

let lossMark: vscode.TextEditorDecorationType | undefined;

/** Marks the statements of a preview that lose data. */
export function markLosses(editor: vscode.TextEditor, { report }: RevisionPreview): void {
  lossMark ??= vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("diffEditor.removedLineBackground"),
    // Themes of high contrast have this in place of the background; others leave it out.
    border: "1px solid",
    borderColor: new vscode.ThemeColor("diffEditor.removedTextBorder"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.warningForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  editor.setDecorations(lossMark, rangesOf(editor.document, lossesOf(report)));
}

/** What to do with a preview, or with what the check for drift found, and its sum; above the first line. */
export function lensesOf(document: vscode.TextDocument, documents: GeneratedDocuments): vscode.CodeLens[] {
  const { uri } = document;
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (title: string, command: string, ...rest: readonly unknown[]): vscode.CodeLens =>
    new vscode.CodeLens(top, { title, command, arguments: [uri, ...rest] });
  if (uri.scheme === driftScheme) {
    return [
      lens(
        `$(sparkle)${afterIcon}${vscode.l10n.t("Autogenerate Revision…")}`,
        commandIds.autogenerateRevision,
      ),
      lens(`$(refresh)${afterIcon}${vscode.l10n.t("Check Again")}`, commandIds.checkDrift),
    ];
  }
  const preview = documents.previewOf(uri);
  if (preview === undefined) {
    return [];
  }
  const { report } = preview;
  const losses = lossesOf(report);
  const [first] = losses;
  return [
    lens(`$(check)${afterIcon}${vscode.l10n.t("Write")}`, commandIds.writeRevision),
    lens(`$(edit)${afterIcon}${vscode.l10n.t("Edit Message…")}`, commandIds.editRevisionMessage),
    lens(`$(discard)${afterIcon}${vscode.l10n.t("Discard")}`, commandIds.discardRevision),
    ...(first === undefined
      ? []
      : [
          lens(
            `$(warning)${afterIcon}${losses.length === 1 ? first.text : vscode.l10n.t("{0} statements lose data", losses.length)}`,
            "editor.action.goToLocations",
            new vscode.Position(0, 0),
            rangesOf(document, losses).map((range) => new vscode.Location(uri, range)),
            losses.length === 1 ? "goto" : "peek",
          ),
        ]),
    new vscode.CodeLens(top, { title: summaryOf(report), command: "" }),
  ];
}

/** `3 differences between the entities and shop_dev`. */
export function summaryOf({ operations, comparedWith }: AutogenerateReport): string {
  const what = nameOf(comparedWith);
  return operations.length === 1
    ? vscode.l10n.t("1 difference between the entities and {0}", what)
    : vscode.l10n.t("{0} differences between the entities and {1}", operations.length, what);
}

/** What the entities were compared with, in words. */
export function nameOf(comparedWith: ComparedWith): string {
  if (comparedWith.kind === "database") {
    return comparedWith.database.name;
  }
  return comparedWith.reason === "unreachable"
    ? vscode.l10n.t("the revisions (the database can't be reached)")
    : vscode.l10n.t("the revisions (no database is named)");
}

function lossesOf({ warnings }: AutogenerateReport): AutogenerateReport["warnings"] {
  return warnings.filter(({ code }) => code === "data-loss");
}

function rangesOf(
  document: vscode.TextDocument,
  warnings: AutogenerateReport["warnings"],
): readonly vscode.Range[] {
  return placeWarnings(document.getText(), warnings).flatMap(({ range }) =>
    range === undefined
      ? []
      : new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)),
  );
}

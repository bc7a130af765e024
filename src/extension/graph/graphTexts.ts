import * as vscode from "vscode";
import type { GraphTexts } from "../../webview/graph/protocol";
import { placeWords, stateWords } from "../shared/revisionWords";
import type { RowTexts } from "./graphModel";

/** The page's own words. */
export function graphTexts(): GraphTexts {
  return {
    list: vscode.l10n.t("Revisions, newest first"),
    find: vscode.l10n.t("Find a revision by id, message or label"),
    noMatch: vscode.l10n.t("No revision matches."),
    match: vscode.l10n.t("{0} of {1}"),
    empty: vscode.l10n.t("There are no revisions yet."),
    actions: {
      open: vscode.l10n.t("Open"),
      upgrade: vscode.l10n.t("Upgrade to here"),
      downgrade: vscode.l10n.t("Downgrade to before this"),
      preview: vscode.l10n.t("Preview SQL"),
    },
  };
}

/** The words of a row. */
export const graphRowTexts: RowTexts = {
  badges: (revision, mark) => [...revision.branchLabels, ...placeWords(revision), ...stateWords(mark)],
  spoken: (revision, mark) =>
    [
      revision.message || revision.revision,
      revision.revision,
      ...placeWords(revision),
      ...stateWords(mark),
    ].join(", "),
  tooltip: (revision, mark) =>
    [
      revision.message,
      [revision.revision, ...placeWords(revision), ...stateWords(mark)].join(" · "),
      revision.downRevisions.length === 0
        ? ""
        : vscode.l10n.t("Revises {0}", revision.downRevisions.join(", ")),
      revision.dependsOn.length === 0 ? "" : vscode.l10n.t("Depends on {0}", revision.dependsOn.join(", ")),
    ]
      .filter((line) => line !== "")
      .join("\n"),
  missing: (revision) => vscode.l10n.t("No file has revision {0}", revision),
};

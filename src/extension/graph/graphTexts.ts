import * as vscode from "vscode";
import type { GraphRevision } from "../../revision/graph";
import type { GraphMark, GraphTexts } from "../../webview/graph/protocol";
import type { RowTexts } from "./graphModel";

/** The page's own words. */
export function graphTexts(): GraphTexts {
  return {
    list: vscode.l10n.t("Revisions, newest first"),
    find: vscode.l10n.t("Find a revision by id, message or label"),
    noMatch: vscode.l10n.t("No revision matches."),
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
  badges: (revision, mark) => [...revision.branchLabels, ...places(revision), ...state(mark)],
  spoken: (revision, mark) =>
    [revision.message || revision.revision, revision.revision, ...places(revision), ...state(mark)].join(
      ", ",
    ),
  missing: (revision) => vscode.l10n.t("No file has revision {0}", revision),
};

function places(revision: GraphRevision): readonly string[] {
  return [
    ...(revision.isHead ? [vscode.l10n.t("head")] : []),
    ...(revision.isMergePoint ? [vscode.l10n.t("merge point")] : []),
    ...(revision.isBranchPoint ? [vscode.l10n.t("branch point")] : []),
    ...(revision.isBase ? [vscode.l10n.t("base")] : []),
  ];
}

function state(mark: GraphMark): readonly string[] {
  switch (mark) {
    case "current":
      return [vscode.l10n.t("current")];
    case "applied":
      return [vscode.l10n.t("applied")];
    case "pending":
      return [vscode.l10n.t("pending")];
    case "unknown":
    case "missing":
      return [];
  }
}

import * as vscode from "vscode";
import type { FileAuthor } from "../git/fileAuthors";
import type { GraphTexts } from "../../webview/graph/protocol";
import { placeWords, stateWords } from "../database/revisionWords";
import type { RowTexts } from "./graphModel";

/** The page's own words. */
export function graphTexts(): GraphTexts {
  return {
    list: vscode.l10n.t("Revisions, newest first"),
    find: vscode.l10n.t("Find by ID, message or label"),
    noMatch: vscode.l10n.t("No revision matches."),
    match: vscode.l10n.t("{0} of {1}"),
    empty: vscode.l10n.t("There are no revisions yet."),
    actions: {
      open: vscode.l10n.t("Open"),
      upgrade: vscode.l10n.t("Upgrade to here"),
      downgrade: vscode.l10n.t("Downgrade to before this"),
      preview: vscode.l10n.t("Preview SQL"),
    },
    commands: {
      toggleAuthors: vscode.l10n.t("Authors"),
      export: vscode.l10n.t("Export SVG"),
    },
  };
}

/** The words of a row; `authors` by the paths of the files. */
export function graphRowTexts(authors: ReadonlyMap<string, FileAuthor>): RowTexts {
  return { ...rowTexts, author: ({ path }) => authorText(authors.get(path)) };
}

function authorText(author: FileAuthor | undefined): string {
  if (author === undefined) {
    return "";
  }
  const date = new Date(author.date);
  const day = Number.isNaN(date.getTime())
    ? ""
    : date.toLocaleDateString(vscode.env.language, { dateStyle: "medium" });
  return [author.name, day].filter((word) => word !== "").join(", ");
}

const rowTexts: Omit<RowTexts, "author"> = {
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

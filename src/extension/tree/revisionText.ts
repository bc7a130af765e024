import * as vscode from "vscode";
import type { Project } from "../project/project";
import type { RevisionRow } from "./treeModel";
import { escapeMarkdown } from "../shared/markdown";
import { placeWords, stateWords } from "../database/revisionWords";

/** The grey text after a row: id, state, labels, place in the graph. A narrow side bar cuts it off at its end. */
export function revisionDescription(row: RevisionRow): string {
  const { revision } = row;
  return [revision.revision, ...stateWords(row.mark), ...revision.branchLabels, ...placeWords(revision)].join(
    " · ",
  );
}

/** The row as a screen reader says it. */
export function revisionSpoken(row: RevisionRow): string {
  const { revision } = row;
  const problem = row.hasProblem ? [vscode.l10n.t("has a problem")] : [];
  return [
    revision.message || revision.revision,
    ...placeWords(revision),
    ...stateWords(row.mark),
    ...problem,
  ].join(", ");
}

/** Message, id, parents, file and state. */
export function revisionTooltip(project: Project, row: RevisionRow): vscode.MarkdownString {
  const { revision } = row;
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${escapeMarkdown(revision.message || revision.revision)}**\n\n`);
  const line = (name: string, value: string): void => {
    if (value !== "") {
      text.appendMarkdown(`${escapeMarkdown(`${name}: ${value}`)}  \n`);
    }
  };
  const base = vscode.l10n.t("base");
  line(vscode.l10n.t("Revision"), revision.revision);
  line(vscode.l10n.t("Parents"), revision.downRevisions.join(", ") || base);
  line(vscode.l10n.t("Depends on"), revision.dependsOn.join(", "));
  line(vscode.l10n.t("Replaces"), revision.replaces?.join(", ") ?? "");
  line(vscode.l10n.t("Branch labels"), revision.labels.join(", "));
  line(vscode.l10n.t("Place"), placeWords(revision).join(", "));
  line(vscode.l10n.t("Created"), project.index.header(revision.path)?.createDate ?? "");
  line(vscode.l10n.t("State"), stateWords(row.mark).join(", ") || vscode.l10n.t("unknown"));
  line(vscode.l10n.t("File"), vscode.workspace.asRelativePath(project.uriOf(revision.path)));
  return text;
}

import * as vscode from "vscode";
import { commandIds } from "../contributions";
import { markOf } from "../tree/treeModel";
import type { AppliedRevisions } from "../database/databaseState";
import type { Project } from "../project/project";
import type { GraphRevision } from "../../revision/graph";
import { escapeMarkdown } from "../shared/markdown";

/** Message, date, state and neighbours of a revision, with links to its file and its row. */
export function revisionHover(
  project: Project,
  revision: GraphRevision,
  applied: AppliedRevisions,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: [commandIds.openRevision, commandIds.revealRevision] };
  const created = project.index.header(revision.path)?.createDate;
  text.appendMarkdown(`**${escapeMarkdown(revision.message || revision.revision)}**\n\n`);
  const line = (words: string): void => {
    text.appendMarkdown(`${escapeMarkdown(words)}  \n`);
  };
  line([revision.revision, ...revision.labels, created].filter((part) => part !== undefined).join(" · "));
  line(vscode.l10n.t("Parents: {0}", neighbours(project, revision.downRevisions)));
  line(vscode.l10n.t("Children: {0}", neighbours(project, revision.nextRevisions)));
  line(stateLine(markOf(revision.revision, applied)));
  const target = encodeURIComponent(JSON.stringify([{ projectId: project.id, revision: revision.revision }]));
  const link = (title: string, command: string): string => `[${title}](command:${command}?${target})`;
  return text.appendMarkdown(
    `\n${link(vscode.l10n.t("Open"), commandIds.openRevision)} · ${link(vscode.l10n.t("Show in tree"), commandIds.revealRevision)}`,
  );
}

function neighbours(project: Project, ids: readonly string[]): string {
  return ids.length === 0
    ? vscode.l10n.t("none")
    : ids.map((id) => [id, project.graph.get(id)?.message].filter(Boolean).join(" ")).join(", ");
}

function stateLine(mark: ReturnType<typeof markOf>): string {
  switch (mark) {
    case "unknown":
      return vscode.l10n.t("The database has not been queried.");
    case "current":
      return vscode.l10n.t("The database is at this revision.");
    case "applied":
      return vscode.l10n.t("Applied.");
    case "pending":
      return vscode.l10n.t("Pending.");
  }
}

import * as vscode from "vscode";
import { commandIds } from "../contributions";
import type { CommandId } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { asOf, unknownRowTexts } from "../database/revisionWords";
import { isSettingOn, onSettingChange } from "../shared/settings";
import { summarise } from "./statusText";
import type { StatusSummary } from "./statusText";
import { escapeMarkdown } from "../shared/markdown";

const tooltipCommands: readonly CommandId[] = [
  commandIds.checkStatus,
  commandIds.upgradeToHead,
  commandIds.selectEnvironment,
  commandIds.showLog,
];

/** One item at the left: the database and how many revisions are pending, once it was asked. */
export function registerStatusBar(context: vscode.ExtensionContext, services: Services): void {
  const { projects, databases, environments } = services;
  const item = vscode.window.createStatusBarItem("alembic.status", vscode.StatusBarAlignment.Left, 20);
  item.name = "Alembic";
  item.command = commandIds.showMenu;
  const update = (): void => {
    const project = projectToShow(services);
    if (project === undefined || !isSettingOn("statusBar.enabled")) {
      item.hide();
      return;
    }
    const summary = summarise(
      databases.get(project),
      databases.appliedOf(project),
      environments.choiceOf(project),
      environments.isProduction(project),
    );
    const text = textOf(summary);
    item.text = `$(${summary.icon}) ${text}`;
    item.tooltip = tooltipOf(services, project);
    item.color = summary.background === undefined ? colorOf(environments.colorOf(project)) : undefined;
    item.backgroundColor =
      summary.background === undefined
        ? undefined
        : new vscode.ThemeColor(`statusBarItem.${summary.background}Background`);
    item.accessibilityInformation = {
      label: summary.name === undefined ? text : `Alembic: ${text}`,
    };
    item.show();
  };
  context.subscriptions.push(
    item,
    projects.onDidChangeProjects(update),
    projects.onDidChangeRevisions(update),
    databases.onDidChange(update),
    environments.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    onSettingChange(["statusBar.enabled"], update),
  );
}

function projectToShow({ projects }: Services): Project | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return (
    (uri === undefined ? undefined : projects.projectOf(uri)) ?? projects.selected ?? projects.projects[0]
  );
}

function textOf({ name, pendingCount, check }: StatusSummary): string {
  const database = name ?? "Alembic";
  if (check === "unknown") {
    return vscode.l10n.t("{0}: not checked", database);
  }
  if (check === "failed") {
    return vscode.l10n.t("{0}: check failed", database);
  }
  if (pendingCount === undefined) {
    return database;
  }
  return pendingCount === 0
    ? vscode.l10n.t("{0} · up to date", database)
    : vscode.l10n.t("{0} · {1} pending", database, pendingCount);
}

function tooltipOf(services: Services, project: Project): vscode.MarkdownString {
  const text = new vscode.MarkdownString("", true);
  text.isTrusted = { enabledCommands: tooltipCommands };
  const state = services.databases.get(project);
  const line = (words: string): void => {
    text.appendMarkdown(`${escapeMarkdown(words)}  \n`);
  };
  line(vscode.l10n.t("Project: {0}", project.name));
  const choice = services.environments.choiceOf(project);
  if (choice.kind === "environment") {
    const marks = services.environments.isProduction(project) ? [vscode.l10n.t("production")] : [];
    line(vscode.l10n.t("Environment: {0}", [choice.name, ...marks].join(" · ")));
  }
  switch (state.kind) {
    case "unknown":
      line(vscode.l10n.t("The state is unknown: the database has not been checked yet."));
      break;
    case "known": {
      const time = services.databases.timeOf(project);
      line(vscode.l10n.t("Database: {0} ({1})", state.database.name, state.database.source));
      line(vscode.l10n.t("Revision: {0}", state.rows.join(", ") || vscode.l10n.t("base")));
      unknownRowTexts(services.databases.appliedOf(project)).forEach(line);
      if (time !== undefined) {
        line(asOf(time, new Date()));
      }
      break;
    }
    case "failed":
      line(state.message);
      break;
  }
  const link = (title: string, command: CommandId): string => `[${title}](command:${command})`;
  text.appendMarkdown(
    `\n${[
      link(vscode.l10n.t("Check Status"), commandIds.checkStatus),
      link(vscode.l10n.t("Upgrade to Head"), commandIds.upgradeToHead),
      link(vscode.l10n.t("Select Environment"), commandIds.selectEnvironment),
      link(vscode.l10n.t("Show Log"), commandIds.showLog),
    ].join(" · ")}`,
  );
  return text;
}

function colorOf(name: string | undefined): vscode.ThemeColor | undefined {
  const known = ["red", "orange", "yellow", "green", "blue", "purple"];
  return name !== undefined && known.includes(name) ? new vscode.ThemeColor(`charts.${name}`) : undefined;
}

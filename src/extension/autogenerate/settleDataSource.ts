import * as vscode from "vscode";
import { findTypeorm } from "../firstContact/findTypeorm";
import { pickDataSource } from "../firstContact/setUp";
import type { Project } from "../project/project";
import { addDataSourceEntry } from "./addDataSourceEntry";
import { nameDataSource } from "./createDataSource";

const mostButtons = 3;

/**
 * Where the configuration names no DataSource and files of the project make one, offers to name it. False: the user left.
 * Where there is nothing to offer, what comes next tells of it.
 */
export async function settleDataSource(project: Project): Promise<boolean> {
  const found = (await lacksDataSource(project)) ? await dataSourcesOf(project) : [];
  if (found.length === 0) {
    return true;
  }
  const choose = vscode.l10n.t("Choose…");
  const buttons = found.length > mostButtons ? [...found.slice(0, mostButtons - 1), choose] : found;
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "The configuration names no DataSource. Its entities are compared with the database, so select the file that exports it.",
    ),
    ...buttons,
  );
  const reference = answer === choose ? await pickDataSource(found) : answer;
  return reference !== undefined && (await nameDataSource(project, reference));
}

/** Whether the configuration's text has no such key, and has one place for it. */
async function lacksDataSource(project: Project): Promise<boolean> {
  const { config } = project;
  if (
    config === undefined ||
    config.dataSource !== undefined ||
    config.unreadKeys.some((key) => key === "dataSource" || key.startsWith("..."))
  ) {
    return false;
  }
  const document = await vscode.workspace.openTextDocument(project.configUri);
  return addDataSourceEntry(document.getText(), project.configPath, "data-source.ts") !== undefined;
}

async function dataSourcesOf(project: Project): Promise<readonly string[]> {
  const cancellation = new vscode.CancellationTokenSource();
  try {
    return (await findTypeorm(project.directory, cancellation.token)).dataSources;
  } finally {
    cancellation.dispose();
  }
}

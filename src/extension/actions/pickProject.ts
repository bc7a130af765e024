import * as vscode from "vscode";
import type { Project } from "../project/project";
import type { Services } from "../services";

/** The project for a command of the palette: the active editor's, the selected one, the only one, or the user's pick. */
export async function projectForCommand(services: Services): Promise<Project | undefined> {
  const { projects } = services;
  if (projects.projects.length === 0) {
    await projects.discoverNow();
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  const ofEditor = active === undefined ? undefined : projects.projectOf(active);
  const project = ofEditor ?? projects.selected ?? (await pickProject(services));
  if (project === undefined && projects.projects.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "No Alembic configuration was found in this workspace. Create one with “Initialize Project…”.",
      ),
    );
  }
  return project;
}

/** Asks for one of the projects, where there are several. */
export async function pickProject(services: Services): Promise<Project | undefined> {
  const { projects, selected } = services.projects;
  const items = projects.map((project) => ({
    label: project.name,
    description: project === selected ? vscode.l10n.t("selected") : "",
    detail: vscode.workspace.asRelativePath(project.configUri, true),
    project,
  }));
  if (items.length < 2) {
    return items[0]?.project;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Alembic: Select Project"),
    placeHolder: vscode.l10n.t("The project for the editor's commands"),
    matchOnDetail: true,
  });
  if (picked !== undefined) {
    await services.projects.select(picked.project);
  }
  return picked?.project;
}

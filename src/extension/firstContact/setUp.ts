import * as vscode from "vscode";
import { showFailure } from "../actions/showFailure";
import { requireTrust } from "../actions/trust";
import { commandIds } from "../contributions";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { isPackageMissing, packageName } from "./missingPackage";

/** What a new project is made of. */
export interface NewProject {
  readonly folder: vscode.WorkspaceFolder;
  /** The folder of the migrations, relative to it; the first free one of the usual if undefined. */
  readonly directory: string | undefined;
  /** The file of the DataSource, relative to the folder; undefined if none is known. */
  readonly dataSource: string | undefined;
}

/** Writes a configuration with the DataSource that was found, and the folders; asks only what can't be told. */
export async function setUp(services: Services): Promise<void> {
  const folder = requireTrust() ? await pickFolder(services) : undefined;
  if (folder === undefined) {
    return;
  }
  const chosen = await chooseDataSource(services, folder);
  if (chosen !== undefined) {
    await showNewProject(await writeProject(services, { folder, directory: undefined, ...chosen }));
  }
}

/** The same in a folder for migrations that the user names. */
export async function initialise(services: Services): Promise<void> {
  const folder = requireTrust() ? await pickFolder(services) : undefined;
  if (folder === undefined) {
    return;
  }
  const directory = await vscode.window.showInputBox({
    title: vscode.l10n.t("Alembic: Initialize Project"),
    prompt: vscode.l10n.t("The folder for migrations, relative to {0}", folder.name),
    value: "database/migrations",
    validateInput: (value) =>
      value.trim() === "" ? vscode.l10n.t("Name a folder, such as database/migrations.") : undefined,
  });
  const chosen = directory === undefined ? undefined : await chooseDataSource(services, folder);
  if (directory !== undefined && chosen !== undefined) {
    const request = { folder, directory: directory.trim(), ...chosen };
    await showNewProject(await writeProject(services, request));
  }
}

/**
 * The project of a new configuration for a workspace that has none and has TypeORM migrations. Undefined: there is
 * nothing to adopt, or it could not be made; that was said.
 */
export async function setUpForAdoption(services: Services): Promise<Project | undefined> {
  const found = (await services.typeorm.lookNow()).filter(({ dataSources }) => dataSources.length > 0);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "No file in this workspace exports a TypeORM DataSource. Export the one that lists your migrations, then try again.",
      ),
    );
    return undefined;
  }
  const folder = await pickFolder(services);
  const chosen = folder === undefined ? undefined : await chooseDataSource(services, folder);
  return folder === undefined || chosen === undefined
    ? undefined
    : (await writeProject(services, { folder, directory: undefined, ...chosen }))?.project;
}

interface WrittenProject {
  readonly config: vscode.Uri;
  readonly project: Project | undefined;
}

async function writeProject(
  services: Services,
  { folder, directory, dataSource }: NewProject,
): Promise<WrittenProject | undefined> {
  const request = { workingDirectory: pathOf(folder.uri), directory, dataSource, template: "generic" };
  services.log.info(`> npx alembic-ts init ${directory ?? ""}`.trimEnd());
  const title = vscode.l10n.t("Writing the project's files");
  const response = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    (_progress, token) => services.engine.initialise(request, token),
  );
  if (response.kind === "failed") {
    services.log.error(response.failure.message);
    void showFailure(response.failure, undefined, services.log);
    return undefined;
  }
  services.log.info(`Wrote ${response.files.join(", ")}`);
  await services.projects.refreshNow();
  const path = response.files.find((file) => /alembic\.config\.\w+$/.test(file));
  const config = path === undefined ? undefined : vscode.Uri.file(path);
  const project = services.projects.projects.find(({ configUri }) => configUri.path === config?.path);
  return config === undefined ? undefined : { config, project };
}

async function showNewProject(written: WrittenProject | undefined): Promise<void> {
  if (written === undefined) {
    return;
  }
  await vscode.window.showTextDocument(written.config);
  if (await isPackageMissing(written.config)) {
    offerInstall(written.config);
  }
}

/** Returns before it is answered. */
function offerInstall(config: vscode.Uri): void {
  const install = vscode.l10n.t("Install {0}", packageName);
  const text = vscode.l10n.t(
    "Alembic is set up. The editor's commands already work. Install {0} to get the command line and the types in your files.",
    packageName,
  );
  void vscode.window.showInformationMessage(text, install).then((answer) => {
    if (answer === install) {
      void vscode.commands.executeCommand(commandIds.installPackage, config);
    }
  });
}

/** The folder to work in: the only one, the only one with TypeORM, or the user's pick. */
async function pickFolder({ typeorm }: Services): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a folder first."));
    return undefined;
  }
  const withTypeorm = (await typeorm.lookNow()).map(({ folder }) => folder);
  const [only, ...others] = withTypeorm.length > 0 ? withTypeorm : folders;
  return others.length === 0 ? only : vscode.window.showWorkspaceFolderPick();
}

/** The DataSource to name, asked for where there are several; undefined if the user leaves. */
async function chooseDataSource(
  { typeorm }: Services,
  folder: vscode.WorkspaceFolder,
): Promise<Pick<NewProject, "dataSource"> | undefined> {
  const found = typeorm.folders.find((candidate) => candidate.folder.uri.path === folder.uri.path);
  const [dataSource, ...others] = found?.dataSources ?? [];
  if (dataSource === undefined || others.length === 0) {
    return { dataSource };
  }
  const picked = await pickDataSource([dataSource, ...others]);
  return picked === undefined ? undefined : { dataSource: picked };
}

/** Asks for one of several files that make a DataSource. */
export async function pickDataSource(paths: readonly string[]): Promise<string | undefined> {
  return vscode.window.showQuickPick([...paths], {
    title: vscode.l10n.t("Alembic: Choose the DataSource"),
    placeHolder: vscode.l10n.t("The file that exports the DataSource for your migrations"),
  });
}

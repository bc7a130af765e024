import * as vscode from "vscode";
import { projectForCommand } from "../actions/pickProject";
import { requireTrust } from "../actions/trust";
import { readText } from "../project/configFiles";
import { folderOf } from "../project/paths";
import type { Services } from "../services";
import { foldersAbove, packageName } from "./missingPackage";
import { installWords, packageManagerOf } from "./packageManager";

/** Installs the package in the project of the given file, in a terminal, with the project's own package manager. */
export async function installPackage(services: Services, argument: unknown): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const project = argument instanceof vscode.Uri ? undefined : await projectForCommand(services);
  const file = argument instanceof vscode.Uri ? argument : project?.configUri;
  if (file !== undefined) {
    await installFor(file);
  }
}

async function installFor(file: vscode.Uri): Promise<void> {
  const root = vscode.workspace.getWorkspaceFolder(file);
  const folders = foldersAbove(file, root?.uri);
  const seen = await Promise.all(
    folders.map(async (folder) => ({
      folder,
      names: await namesIn(folder),
      packageJson: await readText(vscode.Uri.joinPath(folder, "package.json")),
    })),
  );
  const owner = seen.find(({ packageJson }) => packageJson !== undefined)?.folder ?? folderOf(file);
  const [program, ...args] = installWords(packageManagerOf(seen), packageName);
  const definition: vscode.TaskDefinition = { type: "shell" };
  const task = new vscode.Task(
    definition,
    root ?? vscode.TaskScope.Workspace,
    vscode.l10n.t("Install {0}", packageName),
    "Alembic",
    new vscode.ShellExecution(program, args, { cwd: owner.fsPath }),
    [],
  );
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, focus: false };
  await vscode.tasks.executeTask(task);
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return [];
  }
}

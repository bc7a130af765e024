import * as vscode from "vscode";
import { projectForCommand } from "../actions/pickProject";
import type { Services } from "../services";

/** Makes the folder for migrations that the configuration names and that is not there. */
export async function createScriptFolder(services: Services, argument: unknown): Promise<void> {
  const given = typeof argument === "string" ? services.projects.get(argument) : undefined;
  const project = given ?? (await projectForCommand(services));
  const folder = project?.missingFolder;
  if (project !== undefined && folder !== undefined) {
    await vscode.workspace.fs.createDirectory(folder);
    await project.refreshNow();
  }
}

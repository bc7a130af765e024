import { homedir } from "node:os";
import * as vscode from "vscode";
import type { AlembicAccess } from "../../context/alembicAccess";
import { settingDefaults, settingsSection } from "../contributions";
import { folderOf, pathOf } from "../project/paths";
import type { Project } from "../project/project";
import { selectedInterpreter } from "./pythonExtension";

/** How a project's own Alembic is run, by the settings and the Python extension. */
export async function alembicAccessOf(project: Project): Promise<AlembicAccess> {
  const { configUri } = project;
  const root = pathOf(vscode.workspace.getWorkspaceFolder(configUri)?.uri ?? folderOf(configUri));
  const options = alembicOptionsOf(project);
  const interpreter = textSetting("python.interpreter", configUri);
  if (interpreter !== undefined) {
    return { ...options, root, interpreter: expanded(interpreter, root) };
  }
  const selected = await selectedInterpreter(configUri);
  return { ...options, root, ...(selected === undefined ? {} : { selected }) };
}

/** The options that Alembic gets with every command: of several sections of an ini file each project has its own. */
export function alembicOptionsOf({
  configUri,
  section,
}: Project): Pick<AlembicAccess, "name" | "xArguments"> {
  const name = section ?? textSetting("python.name", configUri);
  return { xArguments: xArgumentsOf(configUri), ...(name === undefined ? {} : { name }) };
}

/** A text, or undefined where it is left empty. */
function textSetting(name: "python.interpreter" | "python.name", scope: vscode.Uri): string | undefined {
  const value: unknown = vscode.workspace.getConfiguration(settingsSection, scope).get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function xArgumentsOf(scope: vscode.Uri): readonly string[] {
  const value: unknown = vscode.workspace
    .getConfiguration(settingsSection, scope)
    .get("python.xArguments", settingDefaults["python.xArguments"]);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** What other settings for paths understand too. */
function expanded(path: string, root: string): string {
  return path.replace(/^\$\{workspaceFolder\}/, root).replace(/^~(?=[\\/]|$)/, homedir());
}

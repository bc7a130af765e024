import * as vscode from "vscode";
import { taskType } from "../contributions";
import { pathOf } from "../project/paths";
import type { Services } from "../services";

interface AlembicTask extends vscode.TaskDefinition {
  readonly command: string;
  readonly args?: readonly string[];
  /** The configuration, relative to the workspace folder. */
  readonly config?: string;
}

const offered: readonly AlembicTask[] = [
  { type: taskType, command: "upgrade", args: ["head"] },
  { type: taskType, command: "downgrade", args: ["-1"] },
  { type: taskType, command: "current" },
  { type: taskType, command: "history" },
];

/**
 * Tasks of the type `alembic`, which run the command line that the extension carries; of Python's projects that only reads
 * the files.
 */
export function registerTasks(context: vscode.ExtensionContext, services: Services): void {
  const cliPath = vscode.Uri.joinPath(context.extensionUri, "dist", "cli.js").fsPath;
  const provider: vscode.TaskProvider = {
    provideTasks: () => (vscode.workspace.isTrusted ? tasksOf(services, cliPath) : []),
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
      return isAlembicTask(definition) && folder !== undefined
        ? taskOf(definition, folder, cliPath)
        : undefined;
    },
  };
  context.subscriptions.push(vscode.tasks.registerTaskProvider(taskType, provider));
}

function tasksOf(services: Services, cliPath: string): vscode.Task[] {
  return services.projects.projects.flatMap((project) => {
    const folder = vscode.workspace.getWorkspaceFolder(project.configUri);
    const config = vscode.workspace.asRelativePath(project.configUri, false);
    return folder === undefined
      ? []
      : offered
          .filter(({ command }) => !project.isPython || command === "history")
          .map((definition) => taskOf({ ...definition, config }, folder, cliPath));
  });
}

function taskOf(definition: AlembicTask, folder: vscode.WorkspaceFolder, cliPath: string): vscode.Task {
  const words = [definition.command, ...(definition.args ?? [])];
  const config = definition.config === undefined ? [] : ["-c", definition.config];
  const execution = new vscode.ProcessExecution(process.execPath, [cliPath, ...config, ...words], {
    cwd: pathOf(folder.uri),
    env: { ELECTRON_RUN_AS_NODE: "1" },
  });
  return new vscode.Task(definition, folder, words.join(" "), taskType, execution, []);
}

function isAlembicTask(definition: vscode.TaskDefinition): definition is AlembicTask {
  const { command, args, config } = definition as Readonly<Record<string, unknown>>;
  return (
    typeof command === "string" &&
    (args === undefined || (Array.isArray(args) && args.every((word) => typeof word === "string"))) &&
    (config === undefined || typeof config === "string")
  );
}

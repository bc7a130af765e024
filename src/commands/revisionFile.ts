import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { writeNewFile } from "../machine/newFile";
import type { RevisionGraph } from "../revision/graph";
import { requireReadable } from "../project/normaliseConfig";
import type { ProjectConfig } from "../project/projectConfig";
import { runPostWriteHooks, type HookResult } from "../project/runPostWriteHooks";
import type { CommandContext } from "../context/commandContext";
import { isPythonProject } from "./pythonRevision";
import { CommandError } from "../context/commandError";

/**
 * Writes a new revision file and runs the project's hooks on it.
 * @throws CommandError `file-exists`
 */
export async function writeRevisionToDisk(
  context: CommandContext,
  file: string,
  text: string,
): Promise<void> {
  requireReadable(context.config, "postWriteHooks");
  await mkdir(path.dirname(file), { recursive: true });
  if (!(await writeNewFile(file, text))) {
    throw new CommandError(
      "file-exists",
      `File ${file} already exists`,
      "Choose another --rev-id or message.",
    );
  }
  context.report({ kind: "fileWritten", path: file });
  for (const hook of await runPostWriteHooks(context.config.postWriteHooks, file)) {
    warnOf(context, describeHookFailure(hook));
  }
}

/** Alembic says nothing of a hook that failed; what it printed tells why. */
function describeHookFailure({ warning, output }: HookResult): string | undefined {
  const said = output.trimEnd();
  return warning === undefined || said === "" ? warning : `${warning}\n${said}`;
}

/**
 * A file in a folder that nobody reads would be lost as soon as it is written.
 * @throws CommandError `invalid-version-path`
 */
export function requireReadFolder(config: ProjectConfig, file: string): void {
  const isRead = config.recursiveVersionLocations || config.versionLocations.includes(path.dirname(file));
  if (!isRead) {
    throw new CommandError(
      "invalid-version-path",
      `The file template '${config.fileTemplate}' puts revisions into folders that are not read: ${file}`,
      "Set recursiveVersionLocations to true, or take the folders out of fileTemplate.",
    );
  }
}

/**
 * Python's Alembic would fail at a TypeScript file among its revisions, or pass over it.
 * @throws CommandError `python-project` where the folder of migrations is that of Python's Alembic
 */
export function requireTypescriptRevisions(config: ProjectConfig, graph: RevisionGraph): void {
  if (!isPythonProject(config, graph)) {
    return;
  }
  throw new CommandError(
    "python-project",
    `${config.scriptLocation} belongs to Python's Alembic (it has an env.py), so no TypeScript revision is written into it.`,
    "Create the revision with Python's `alembic revision`, convert the chain with `alembic-ts convert --replace`, or set up a separate folder with `alembic-ts init <directory>`.",
  );
}

/**
 * What is compared with the database are TypeORM's entities; the models of a Python project only Python can load.
 * @param command Alembic's own one for it
 * @throws CommandError `python-project`
 */
export async function requireTypescriptEntities(context: CommandContext, command: string): Promise<void> {
  const { config } = context;
  const { graph } = await context.readScripts();
  if (config.dataSource === undefined && isPythonProject(config, graph)) {
    throw new CommandError(
      "python-project",
      `${config.configPath} is a project of Python's Alembic, and only Python can load its models.`,
      `Run \`${command}\` instead.`,
    );
  }
}

/** Reports a warning, if there is one. */
export function warnOf(context: CommandContext, message: string | undefined): void {
  if (message !== undefined) {
    context.report({ kind: "log", level: "warning", message });
  }
}

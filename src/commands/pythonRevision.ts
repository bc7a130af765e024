import { join } from "node:path";
import { CommandError } from "../context/commandError";
import { readRegularFile } from "../machine/regularFile";
import type { ProjectConfig } from "../project/projectConfig";
import { hasPythonEnvironment } from "../project/pythonProject";
import type { RevisionGraph } from "../revision/graph";
import {
  printPythonRevision,
  UnreadableTemplate,
  type PythonRevisionContent,
} from "../source/python/printPythonRevision";

/** Whether new revisions of a project are Python's: its folder is that of Python's Alembic, and none is TypeScript yet. */
export function isPythonProject(config: ProjectConfig, graph: RevisionGraph): boolean {
  const hasTypescript = graph.revisions.some(({ path }) => !path.endsWith(".py"));
  return !hasTypescript && hasPythonEnvironment(config);
}

/**
 * The text of a new Python revision by the project's own `script.py.mako`.
 * @throws CommandError `python-project` where there is no template, or Python would have to run to fill it in
 */
export function pythonRevisionText(config: ProjectConfig, content: PythonRevisionContent): string {
  const file = join(config.scriptLocation, "script.py.mako");
  const template = readTemplate(file);
  if (template === undefined) {
    throw new CommandError(
      "python-project",
      `The revisions of ${config.scriptLocation} are Python files, and there is no template for a new one: ${file}`,
      "Restore script.py.mako, or create the revision with Python's `alembic revision`.",
    );
  }
  try {
    return printPythonRevision(template, content);
  } catch (error) {
    if (error instanceof UnreadableTemplate) {
      throw new CommandError(
        "python-project",
        `${file}:${String(error.line)} has ${error.what}, so the template cannot be filled in without Python.`,
        "Create the revision with Python's `alembic revision`.",
      );
    }
    throw error;
  }
}

const largestTemplate = 1_000_000;

function readTemplate(file: string): string | undefined {
  try {
    return readRegularFile(file, largestTemplate);
  } catch {
    return undefined;
  }
}

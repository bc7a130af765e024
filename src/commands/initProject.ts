import { mkdir, readdir } from "node:fs/promises";
import * as path from "node:path";
import { writeNewFile } from "../machine/newFile";
import { templates } from "../project/templates";
import { CommandError } from "../context/commandError";

export interface InitOptions {
  readonly workingDirectory: string;
  /** The script location, relative to the working directory. */
  readonly directory: string;
  /** The name of one of the templates. */
  readonly template: string;
}

/** A template of `init`, for `list_templates`. */
export interface TemplateDescription {
  readonly name: string;
  readonly description: string;
}

/** Alembic's `list_templates`. */
export function listTemplates(): readonly TemplateDescription[] {
  return templates;
}

export interface InitFile {
  readonly path: string;
  /** False where a file of that name was there and was left as it is. */
  readonly isNew: boolean;
}

/**
 * Alembic's `init`: writes a configuration and the folder for revisions. Files that exist are left alone.
 * @throws CommandError `unknown-template`, `directory-not-empty`.
 */
export async function initProject(options: InitOptions): Promise<readonly InitFile[]> {
  const template = templates.find((candidate) => candidate.name === options.template);
  if (template === undefined) {
    throw new CommandError(
      "unknown-template",
      `No such template ${options.template}`,
      `There are: ${templates.map((candidate) => candidate.name).join(", ")}.`,
    );
  }
  const scriptLocation = path.resolve(options.workingDirectory, options.directory);
  const present = await readdir(scriptLocation).catch((): string[] => []);
  if (present.length > 0) {
    throw new CommandError(
      "directory-not-empty",
      `Directory ${options.directory} already exists and is not empty`,
      "Name another folder, or empty that one first.",
    );
  }
  // First: where it can't be made, no configuration should name it.
  await mkdir(path.join(scriptLocation, "versions"), { recursive: true });
  const files: InitFile[] = [];
  for (const file of template.files(options.directory.replaceAll(path.sep, "/"))) {
    const target = path.resolve(options.workingDirectory, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    files.push({ path: target, isNew: await writeNewFile(target, file.text) });
  }
  return files;
}

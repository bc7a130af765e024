import { mkdir, readdir } from "node:fs/promises";
import * as path from "node:path";
import { writeNewFile } from "../machine/newFile";
import { findDataSourceFiles } from "../project/findTypeormFiles";
import { templates } from "../project/templates";
import { CommandError } from "../context/commandError";

export interface InitOptions {
  readonly workingDirectory: string;
  /** The script location, relative to the working directory; the first free one of the usual if left out. */
  readonly directory?: string | undefined;
  /** The name of one of the templates. */
  readonly template: string;
  /** The file of the DataSource, relative to the working directory; looked for if left out. */
  readonly dataSource?: string | undefined;
}

const usualDirectories = [
  "database/migrations",
  "database/alembic",
  "alembic",
  "database/alembic-migrations",
];

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
 * Alembic's `init`: writes a configuration and the folder for revisions. Files that exist are left alone. The
 * configuration names the project's DataSource where a file makes one.
 * @throws CommandError `unknown-template`, `directory-not-empty`.
 */
export async function initProject(options: InitOptions): Promise<readonly InitFile[]> {
  const template = templates.find((candidate) => candidate.name === options.template);
  if (template === undefined) {
    throw new CommandError(
      "unknown-template",
      `No such template ${options.template}`,
      `Choose one of: ${templates.map((candidate) => candidate.name).join(", ")}.`,
    );
  }
  const { workingDirectory } = options;
  const directory = options.directory ?? (await freeDirectory(workingDirectory));
  const scriptLocation = path.resolve(workingDirectory, directory);
  if (!(await isFree(scriptLocation))) {
    throw new CommandError(
      "directory-not-empty",
      `Directory ${directory} already exists and is not empty`,
      "Name another folder, or empty that one first.",
    );
  }
  // First: where it can't be made, no configuration should name it.
  await mkdir(path.join(scriptLocation, "versions"), { recursive: true });
  const files: InitFile[] = [];
  const [found, ...others] =
    options.dataSource === undefined ? findDataSourceFiles(workingDirectory) : [options.dataSource];
  const places = {
    directory: directory.replaceAll(path.sep, "/"),
    dataSource: found,
    otherDataSources: others,
  };
  for (const file of template.files(places)) {
    const target = path.resolve(workingDirectory, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    files.push({ path: target, isNew: await writeNewFile(target, file.text) });
  }
  return files;
}

/** The first of the usual folders in which nothing is: TypeORM's own migrations may lie in one of them. */
async function freeDirectory(workingDirectory: string): Promise<string> {
  for (const directory of usualDirectories) {
    if (await isFree(path.resolve(workingDirectory, directory))) {
      return directory;
    }
  }
  throw new CommandError(
    "directory-not-empty",
    `None of ${usualDirectories.join(", ")} is free`,
    "Name another folder for the migrations.",
  );
}

async function isFree(folder: string): Promise<boolean> {
  const present = await readdir(folder).catch((): string[] => []);
  return present.length === 0;
}

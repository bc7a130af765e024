import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CommandLineOptions, type CommandLineResult, runCommandLine } from "./commandLine";

const repository = dirname(dirname(__dirname));
const exampleFolder = join(repository, "examples", "educational-platform");

/** A project of a test's own in a temporary folder. */
export interface ProjectFolder {
  readonly path: string;
  /** Writes files by their paths in the folder. */
  write(files: Readonly<Record<string, string>>): void;
  /** Lets the project import what this repository has installed. */
  linkModules(): void;
  removeFile(name: string): void;
  /** File names in a folder of the project, sorted; none where it does not exist. */
  list(folder: string): readonly string[];
  /** Runs `alembic-ts` in the folder; the paths in what it prints begin with `<project>`. */
  run(args: readonly string[], options?: Partial<CommandLineOptions>): Promise<CommandLineResult>;
  remove(): void;
}

/** A result whose paths of the project begin with `<project>`, as they do on any machine. */
export function withoutPath(result: CommandLineResult, path: string): CommandLineResult {
  const shown = (text: string): string => text.replaceAll(path, "<project>");
  return { ...result, stdout: shown(result.stdout), stderr: shown(result.stderr) };
}

/** Makes a project of the given files. */
export function createProjectFolder(files: Readonly<Record<string, string>> = {}): ProjectFolder {
  // On macOS the temporary folder is a link, and programs print where it leads.
  const path = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-project-")));
  const project: ProjectFolder = {
    path,
    write(more) {
      for (const [name, text] of Object.entries(more)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
    linkModules: () => symlinkSync(join(repository, "node_modules"), join(path, "node_modules"), "junction"),
    removeFile: (name) => rmSync(join(path, name)),
    list(folder) {
      try {
        return readdirSync(join(path, folder)).sort();
      } catch {
        return [];
      }
    },
    run: async (args, options = {}) =>
      withoutPath(await runCommandLine(args, { cwd: path, ...options }), path),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  project.write(files);
  return project;
}

/** A copy of the example, the guide's database, without what running it left there. */
export function copyExample(): ProjectFolder {
  const project = createProjectFolder();
  for (const name of ["alembic.config.ts", "database", "src", "package.json", "tsconfig.json"]) {
    cpSync(join(exampleFolder, name), join(project.path, name), { recursive: true });
  }
  return project;
}

/** A revision file's text in the shape that `revision` writes. */
export function revisionText(revision: {
  readonly id: string;
  readonly down?: string | readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly dependsOn?: string | readonly string[] | null;
  readonly message?: string;
  readonly upgrade?: string;
  readonly downgrade?: string;
  readonly extra?: string;
}): string {
  const { id, down = null, labels = null, dependsOn = null } = revision;
  const parents = typeof down === "string" ? down : (down ?? []).join(", ");
  return `/**
 * ${revision.message ?? `add ${id}`}
 *
 * Revision ID: ${id}
 * Revises: ${parents}
 * Create Date: 2024-03-05 07:08:09
 */
import type { Migration } from "alembic-ts";

export const revision = ${JSON.stringify(id)};
export const down_revision: string | string[] | null = ${JSON.stringify(down)};
export const branch_labels: string[] | null = ${JSON.stringify(labels)};
export const depends_on: string[] | null = ${JSON.stringify(dependsOn)};
${revision.extra ?? ""}
export async function upgrade({ op, sql, connection, context }: Migration): Promise<void> {
${revision.upgrade ?? ""}
}

export async function downgrade({ op, sql, connection, context }: Migration): Promise<void> {
${revision.downgrade ?? ""}
}
`;
}

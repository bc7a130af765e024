import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Writes a project into a new temporary folder, gives the folder to `use`, and removes it. */
export async function withProject(
  files: Readonly<Record<string, string>>,
  use: (directory: string) => Promise<void> | void,
): Promise<void> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-project-")));
  try {
    for (const [name, text] of Object.entries(files)) {
      writeProjectFile(directory, name, text);
    }
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Writes one file of a project, with its folders. */
export function writeProjectFile(directory: string, name: string, text: string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
}

import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a file so that whoever reads it meanwhile sees the old one or the new one, whole.
 * @throws what the system says where it can't be written; nothing is left behind then
 */
export function replaceFile(path: string, contents: string | Uint8Array): void {
  const temporary = `${path}.${String(process.pid)}.${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(temporary, contents, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

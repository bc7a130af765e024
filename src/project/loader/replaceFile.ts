import { renameSync, writeFileSync } from "node:fs";

/** Writes a file so that whoever reads it meanwhile sees the old one or the new one, whole. */
export function replaceFile(path: string, contents: string | Uint8Array): void {
  const temporary = `${path}.${String(process.pid)}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(temporary, contents, { mode: 0o600 });
  renameSync(temporary, path);
}

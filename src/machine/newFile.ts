import { randomUUID } from "node:crypto";
import { link, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import * as path from "node:path";

/**
 * Makes a file that is whole as soon as it is there: on a full disk half of it would break what reads it later.
 * @returns false where the file was there already; it stays as it is
 * @throws what the system says where it can't be written, with the file as its `path`; nothing is left behind then
 */
export async function writeNewFile(file: string, text: string): Promise<boolean> {
  if (await exists(file)) {
    return false;
  }
  // Of no ending that anybody reads.
  const unfinished = path.join(path.dirname(file), `.${randomUUID()}.tmp`);
  try {
    await writeFile(unfinished, text, { flag: "wx" });
    return await moveTo(file, unfinished);
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path: file }) : error;
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/**
 * Changes the text of a file that is there; who reads it meanwhile sees the old text or the new one, whole. A link stays one.
 * @throws what the system says where it can't be written, with the file as its `path`; the file is then as it was
 */
export async function rewriteFile(file: string, text: string): Promise<void> {
  const real = await realpath(file);
  const unfinished = path.join(path.dirname(real), `.${randomUUID()}.tmp`);
  try {
    const { mode } = await stat(real);
    await writeFile(unfinished, text, { flag: "wx", mode });
    await rename(unfinished, real);
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path: file }) : error;
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** A link is refused where the name is taken, which renaming is not. */
async function moveTo(file: string, unfinished: string): Promise<boolean> {
  try {
    await link(unfinished, file);
    return true;
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (code === "EEXIST") {
      return false;
    }
    if (code === "ENAMETOOLONG") {
      throw error;
    }
  }
  // A file system without links.
  if (await exists(file)) {
    return false;
  }
  await rename(unfinished, file);
  return true;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

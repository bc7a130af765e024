import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { PGlite } from "@electric-sql/pglite" with { "resolution-mode": "import" };
import { userCacheFolder } from "../machine/cacheFolder";
import { DatabaseError } from "./databaseError";
import { loadContribExtensions } from "./embeddedExtensions";

/** Of the file system within PGlite: Emscripten's. */
interface InnerFiles {
  mkdirTree(path: string): void;
  /** `canOwn`: the content may be kept as it is, and changed. */
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean }): void;
}

/** Where PGlite looks for its cluster among its own files. */
const clusterInside = "/pglite/data";

/**
 * Opens PGlite on a folder, which is made where it is not there yet. It must be closed, or Node stays alive.
 * @param onSlow given a sentence before something that takes seconds
 * @throws DatabaseError `embedded-damaged`
 */
export async function openFolderCluster(
  directory: string,
  onSlow: (reason: string) => void,
): Promise<PGlite> {
  if (!(await isInitialised(directory))) {
    onSlow("starting a new embedded database");
    await initialise(directory);
  }
  const { PGlite } = await import("@electric-sql/pglite");
  try {
    return await PGlite.create(directory, await startOptions());
  } catch (error) {
    throw new DatabaseError(
      "embedded-damaged",
      `The embedded database in ${directory} can't be opened: ${error instanceof Error ? error.message : String(error)}.`,
      { hint: "Delete that folder to start with an empty one." },
    );
  }
}

/**
 * Opens an empty PGlite whose files are in memory only: its own file system costs a third of the time that many tables
 * take. It must be closed, or Node stays alive.
 */
export async function openMemoryCluster(onSlow: (reason: string) => void): Promise<PGlite> {
  const { MemoryFS, PGlite } = await import("@electric-sql/pglite");
  const template = await findTemplate(onSlow);
  if (template === undefined) {
    return PGlite.create(await startOptions());
  }
  const files = await readTree(template);
  class FilledMemory extends MemoryFS {
    override initialSyncFs(): Promise<void> {
      const fileSystem = this.pg?.Module.FS as InnerFiles | undefined;
      fileSystem?.mkdirTree(clusterInside);
      for (const file of files) {
        const inside = `${clusterInside}/${file.path}`;
        if (file.content === undefined) {
          fileSystem?.mkdirTree(inside);
        } else {
          fileSystem?.writeFile(inside, file.content, { canOwn: true });
        }
      }
      return Promise.resolve();
    }
  }
  return PGlite.create({ ...(await startOptions()), fs: new FilledMemory() });
}

const { WebAssembly: compiler } = globalThis as unknown as {
  readonly WebAssembly: { compile(code: Uint8Array): Promise<WebAssembly.Module> };
};

let compiled: Promise<WebAssembly.Module> | undefined;

/** PostgreSQL is compiled once in a process, whatever it opens. */
async function startOptions() {
  compiled ??= readFile(path.join(pgliteFolder(), "pglite.wasm")).then((code) => compiler.compile(code));
  return { extensions: await loadContribExtensions(), pgliteWasmModule: await compiled };
}

interface TreeEntry {
  /** From the tree's root, with forward slashes. */
  readonly path: string;
  /** Undefined for a folder. */
  readonly content: Uint8Array | undefined;
}

/** A folder with all that is in it, folders before what they hold. */
async function readTree(root: string): Promise<readonly TreeEntry[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<TreeEntry> => {
      const whole = path.join(entry.parentPath, entry.name);
      return {
        path: path.relative(root, whole).replaceAll(path.sep, "/"),
        content: entry.isDirectory() ? undefined : await readFile(whole),
      };
    }),
  );
  return found.sort((left, right) => (left.path < right.path ? -1 : 1));
}

async function isInitialised(directory: string): Promise<boolean> {
  const entries = await readdir(directory).catch((): string[] => []);
  return entries.includes("PG_VERSION");
}

async function initialise(directory: string): Promise<void> {
  const unfinished = `${directory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await makeHomeDirectory(path.dirname(directory));
  const template = await findTemplate(() => undefined);
  if (template === undefined) {
    await makeCluster(unfinished);
  } else {
    await cp(template, unfinished, { recursive: true });
  }
  await rm(directory, { recursive: true, force: true });
  await rename(unfinished, directory);
}

/** The folder's own .gitignore keeps it out of the project's commits. */
async function makeHomeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (path.basename(directory) === ".alembic") {
    await writeFile(path.join(directory, ".gitignore"), "*\n");
  }
}

/**
 * Making a cluster takes seconds, copying one a fraction: the first is kept in the user's cache folder, one for each
 * version of PGlite. Undefined where there is no folder to keep it in.
 */
async function findTemplate(onSlow: (reason: string) => void): Promise<string | undefined> {
  const cache = userCacheFolder();
  if (cache === undefined) {
    return undefined;
  }
  const template = path.join(cache, `pglite-${await pgliteVersion()}`);
  if (!(await isInitialised(template))) {
    onSlow("preparing the embedded PostgreSQL for its first use");
    await makeTemplate(template);
  }
  return template;
}

async function makeCluster(directory: string): Promise<void> {
  const { PGlite } = await import("@electric-sql/pglite");
  const pglite = await PGlite.create(directory);
  await pglite.close();
}

async function makeTemplate(template: string): Promise<void> {
  const unfinished = `${template}.${String(process.pid)}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(unfinished), { recursive: true });
  await makeCluster(unfinished);
  try {
    await rename(unfinished, template);
  } catch {
    // Another process was first; its copy is as good.
    await rm(unfinished, { recursive: true, force: true });
  }
}

function pgliteFolder(): string {
  return path.dirname(require.resolve("@electric-sql/pglite"));
}

async function pgliteVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(path.join(pgliteFolder(), "..", "package.json"), "utf8"),
  );
  const version: unknown =
    typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : "";
  return String(version);
}

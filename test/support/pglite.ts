import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

/** A PGlite of a test's own. */
export interface TestPglite {
  readonly database: PGlite;
  /** Its data folder, which `close` removes. */
  readonly directory: string;
  close(): Promise<void>;
}

function pgliteVersion(): string {
  const packageFile = join(dirname(dirname(require.resolve("@electric-sql/pglite"))), "package.json");
  const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { readonly version: string };
  return version;
}

async function initialize(folder: string): Promise<void> {
  const unfinished = `${folder}.${randomBytes(4).toString("hex")}`;
  await mkdir(dirname(folder), { recursive: true });
  const database = await PGlite.create({ dataDir: unfinished });
  await database.close();
  try {
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

/** A new data folder of an empty database: a copy of one that is initialised once per machine and PGlite version. */
export async function createPgliteDirectory(): Promise<string> {
  const template = join(tmpdir(), "alembic-ts-tests", `pglite-${pgliteVersion()}`);
  if (!existsSync(template)) {
    await initialize(template);
  }
  const folder = await mkdtemp(join(tmpdir(), "alembic-ts-pglite-"));
  const directory = join(folder, "data");
  await cp(template, directory, { recursive: true });
  return directory;
}

/** Opens an empty PGlite quickly. An unclosed one keeps Node alive. */
export async function openPglite(): Promise<TestPglite> {
  const directory = await createPgliteDirectory();
  const database = await PGlite.create({ dataDir: directory });
  return {
    database,
    directory,
    async close() {
      await database.close();
      await rm(dirname(directory), { recursive: true, force: true });
    },
  };
}

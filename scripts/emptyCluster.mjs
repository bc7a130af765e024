/**
 * Makes a new cluster with PGlite, as `initdb` does, and packs it into one file that the product unpacks where it needs an empty
 * database: making one takes seconds of the processor.
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { digest, isCurrent, keptFolder, quickly, small, writePackedFiles } from "./packedFiles.mjs";

/** Writes the file, unless the one that is there is of this version of PGlite and undamaged. */
export async function writeEmptyCluster(file) {
  if (!isCurrent(file)) {
    await writePackedFiles(file, await makeCluster(), quickly);
  }
}

/** Writes the file as small as it gets. No two clusters are alike, so the one that was compressed once is kept, as this script makes it. */
export async function writeSmallCluster(file) {
  const script = digest(readFileSync(fileURLToPath(import.meta.url)));
  const kept = path.join(keptFolder, `cluster-${script}.bin`);
  if (!isCurrent(kept)) {
    mkdirSync(keptFolder, { recursive: true });
    await writePackedFiles(kept, await makeCluster(), small);
  }
  copyFileSync(kept, file);
}

/** The files of a new cluster. */
async function makeCluster() {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "alembic-ts-cluster-")));
  try {
    const root = path.join(folder, "data");
    const log = await initialise(root);
    const isNeeded = (name) =>
      name !== "postmaster.pid" && (!/^pg_wal\/[0-9A-F]{24}$/.test(name) || name === log);
    const entries = readdirSync(root, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const whole = path.join(entry.parentPath, entry.name);
        return {
          name: path.relative(root, whole).replaceAll(path.sep, "/"),
          content: entry.isDirectory() ? undefined : readFileSync(whole),
        };
      })
      .filter(({ name }) => isNeeded(name))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    return entries;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Makes a cluster whose log holds nothing but the checkpoint that it was closed with: what else `initdb` logged is two thirds of
 * what its files come to when they are compressed.
 * @returns the path of the only file of the log that is needed
 */
async function initialise(root) {
  const database = await PGlite.create(root);
  try {
    await database.exec("SELECT pg_switch_wal(); CHECKPOINT");
    const { rows } = await database.query("SELECT redo_wal_file AS file FROM pg_control_checkpoint()");
    return `pg_wal/${rows[0].file}`;
  } finally {
    // Closed, so that it need not be recovered by whoever opens it.
    await database.close();
  }
}

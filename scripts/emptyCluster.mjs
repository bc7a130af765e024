/**
 * Makes a new cluster with PGlite, as `initdb` does, and packs it into one file that the product unpacks where it needs an empty
 * database: making one takes seconds of the processor. What it looks like, `src/database/emptyCluster.ts` says.
 */
import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";

const pgliteManifest = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite")),
  "../package.json",
);

/** Writes the file, unless the one that is there is of this version of PGlite and undamaged. */
export async function writeEmptyCluster(file) {
  const { version } = JSON.parse(readFileSync(pgliteManifest, "utf8"));
  if (isCurrent(file, version)) {
    return;
  }
  const packed = compress(await makeCluster());
  const header = JSON.stringify({ format: 2, pglite: version, sha256: digest(packed) });
  // A program that is running may be reading the old one.
  writeFileSync(`${file}.new`, Buffer.concat([Buffer.from(`${header}\n`), packed]));
  renameSync(`${file}.new`, file);
}

function isCurrent(file, version) {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf("\n");
    const { format, pglite, sha256 } = JSON.parse(bytes.toString("utf8", 0, end));
    return format === 2 && pglite === version && sha256 === digest(bytes.subarray(end + 1));
  } catch {
    return false;
  }
}

/** The names, sizes and places of a new cluster's files on a line, then their contents, each different one once. */
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
    return arranged(entries);
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

function arranged(entries) {
  const places = new Map();
  const contents = [];
  let end = 0;
  const lines = entries.map(({ name, content }) => {
    if (content === undefined) {
      return [name, null, null];
    }
    const key = digest(content);
    if (!places.has(key)) {
      places.set(key, end);
      contents.push(content);
      end += content.length;
    }
    return [name, content.length, places.get(key)];
  });
  return Buffer.concat([Buffer.from(`${JSON.stringify(lines)}\n`), ...contents]);
}

function compress(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

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
  const header = JSON.stringify({ format: 1, pglite: version, sha256: digest(packed) });
  // A program that is running may be reading the old one.
  writeFileSync(`${file}.new`, Buffer.concat([Buffer.from(`${header}\n`), packed]));
  renameSync(`${file}.new`, file);
}

function isCurrent(file, version) {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf("\n");
    const { format, pglite, sha256 } = JSON.parse(bytes.toString("utf8", 0, end));
    return format === 1 && pglite === version && sha256 === digest(bytes.subarray(end + 1));
  } catch {
    return false;
  }
}

/** The names and sizes of a new cluster's files on a line, then their contents. */
async function makeCluster() {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "alembic-ts-cluster-")));
  try {
    const root = path.join(folder, "data");
    // Closed, so that it need not be recovered by whoever opens it.
    await (await PGlite.create(root)).close();
    const entries = readdirSync(root, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const whole = path.join(entry.parentPath, entry.name);
        return {
          name: path.relative(root, whole).replaceAll(path.sep, "/"),
          content: entry.isDirectory() ? undefined : readFileSync(whole),
        };
      })
      .filter(({ name }) => name !== "postmaster.pid")
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    const sizes = entries.map(({ name, content }) => [name, content?.length ?? null]);
    return Buffer.concat([
      Buffer.from(`${JSON.stringify(sizes)}\n`),
      ...entries.flatMap(({ content }) => content ?? []),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compress(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, {
    // The window is to reach from each of the three databases in a cluster to the one before it, which is the same.
    params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Packs files into one that the product unpacks where it needs them. What it looks like, `src/database/packedFiles.ts` says.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** The folder of PGlite's package. */
export const pgliteFolder = path.resolve(
  path.dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite")),
  "..",
);

export const { version: pgliteVersion } = JSON.parse(
  readFileSync(path.join(pgliteFolder, "package.json"), "utf8"),
);

/** Compressing well takes a minute: what was compressed once is kept. */
export const keptFolder = path.join(pgliteFolder, "..", "..", ".cache", "alembic-ts");

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_NPOSTFIX } = constants;

/** Quick to make, for those who build and test. */
export const quickly = { name: "9", params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 24 } };
/** As small as it gets, for those who download. */
export const small = { name: "11", params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24 } };
/** The same for WebAssembly, of which these settings make one hundredth less: measured with all of PGlite's code. */
export const smallCode = {
  name: "code",
  params: {
    [BROTLI_PARAM_QUALITY]: 11,
    [BROTLI_PARAM_LGWIN]: 22,
    [BROTLI_PARAM_LGBLOCK]: 20,
    [BROTLI_PARAM_NPOSTFIX]: 3,
  },
};

/**
 * @param {string} file
 * @param {readonly { name: string, content: Uint8Array | undefined }[]} entries folders, which have no content, before what they hold
 * @param {typeof small} settings of the compression
 */
export async function writePackedFiles(file, entries, settings) {
  const packed = await compress(arranged(entries), settings);
  const header = JSON.stringify({ format: 2, pglite: pgliteVersion, sha256: digest(packed) });
  replaceFile(file, Buffer.concat([Buffer.from(`${header}\n`), packed]));
}

/** Whether such a file is of the version of PGlite that is installed, and undamaged. */
export function isCurrent(file) {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf("\n");
    const { format, pglite, sha256 } = JSON.parse(bytes.toString("utf8", 0, end));
    return format === 2 && pglite === pgliteVersion && sha256 === digest(bytes.subarray(end + 1));
  } catch {
    return false;
  }
}

/** The names, sizes and places of files on a line, then their contents, each different one once. */
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

/** Such bytes as a Brotli stream. */
export async function compress(bytes, settings) {
  const kept = path.join(keptFolder, `${digest(bytes)}-${settings.name}.br`);
  try {
    return readFileSync(kept);
  } catch {
    // It is compressed for the first time.
  }
  const params = { ...settings.params, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const packed = await promisify(brotliCompress)(bytes, { params });
  if (settings !== quickly) {
    mkdirSync(keptFolder, { recursive: true });
    replaceFile(kept, packed);
  }
  return packed;
}

/** A program that is running may be reading the old one. */
function replaceFile(file, bytes) {
  const written = `${file}.${process.pid}`;
  writeFileSync(written, bytes);
  renameSync(written, file);
}

export function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

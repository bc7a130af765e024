/**
 * Packs PGlite for the .vsix, where it would take half of the room: its code, the files that PostgreSQL finds installed, and
 * the contrib modules that `src/database/embeddedExtensions.ts` offers.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { pgliteFolder, small, writePackedFiles } from "./packedFiles.mjs";

/** What only `initdb`, and who compiles extensions, reads; the .vsix has a cluster that `initdb` has made. */
const unneeded =
  /^\/pglite\/(?:lib\/postgresql\/pgxs\/|share\/postgresql\/(?:postgres\.bki|[\w.]+\.sql|sql_features\.txt|errcodes\.txt|[\w.]+\.sample)$)/;

/**
 * Conversions to and from East Asian encodings. They are a tenth of PGlite; its databases are in UTF-8, and so is what talks to them.
 * A migration that converts by itself needs a server, or the npm package: docs/concepts/embedded-database.md says so.
 */
const conversions =
  /^\/pglite\/lib\/postgresql\/(?:utf8_and_(?:big5|euc\w+|gb\w+|johab|sjis\w*|uhc)|euc\w*_and_\w+|euc2004_sjis2004)\.so$/;

/** What those who compile against a contrib module need of it. */
const headers = /^include\//;

/** Writes `pgliteCode.bin` and `pgliteFiles.bin`. */
export async function writePackedPglite(folder, contribNames) {
  const code = [{ name: "pglite.wasm", content: read("pglite.wasm") }];
  const files = [
    { name: "pglite.data", content: neededData() },
    ...contribNames.flatMap((name) => contribFiles(name)),
  ];
  await Promise.all([
    writePackedFiles(path.join(folder, "pgliteCode.bin"), code, small),
    writePackedFiles(path.join(folder, "pgliteFiles.bin"), files, small),
  ]);
}

function read(name) {
  return readFileSync(path.join(pgliteFolder, "dist", name));
}

/** PGlite's files in one, each at the place that its code has for it: those that are left out become zeros, which take no room. */
function neededData() {
  const data = read("pglite.data");
  const places = /\bfiles:(\[\{filename:[^\]]*\])/.exec(read("pglite.js").toString("utf8"))?.[1];
  if (places === undefined) {
    throw new Error(
      "PGlite no longer has the places of its files in pglite.js: see scripts/packedPglite.mjs.",
    );
  }
  for (const [, name, start, end] of places.matchAll(/filename:"([^"]+)",start:(\w+),end:(\w+)/g)) {
    if (unneeded.test(name) || conversions.test(name)) {
      data.fill(0, Number(start), Number(end));
    }
  }
  return data;
}

const block = 512;

/** The files of a contrib module, which PGlite has as an archive of `tar`. */
function contribFiles(name) {
  const archive = gunzipSync(read(`${name}.tar.gz`));
  const files = [];
  for (let at = 0; archive[at] !== 0 && at < archive.length;) {
    const text = (start, end) => archive.toString("latin1", at + start, at + end).replace(/\0.*$/s, "");
    const size = parseInt(text(124, 136), 8);
    const begin = at + block;
    const isFile = text(156, 157) === "0" || text(156, 157) === "";
    if (isFile && !headers.test(text(0, 100))) {
      files.push({ name: `contrib/${text(0, 100)}`, content: archive.subarray(begin, begin + size) });
    }
    at = begin + Math.ceil(size / block) * block;
  }
  return files;
}

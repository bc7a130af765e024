/**
 * Packs PGlite for the .vsix, where it would take half of the room: its code, the files that PostgreSQL finds installed, and
 * the contrib modules that `src/database/embeddedExtensions.ts` offers.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { pgliteFolder, small, smallCode, writePackedFiles } from "./packedFiles.mjs";

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
    writePackedFiles(path.join(folder, "pgliteCode.bin"), code, smallCode),
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
      const content = archive.subarray(begin, begin + size);
      const isLibrary = text(0, 100).endsWith(".so");
      files.push({
        name: `contrib/${text(0, 100)}`,
        content: isLibrary ? withoutUnusedExports(content) : content,
      });
    }
    at = begin + Math.ceil(size / block) * block;
  }
  return files;
}

/** The number of a section of WebAssembly that lists what a module gives to others. */
const exportSection = 7;

/**
 * A library without what nobody asks it for: PostgreSQL asks for its functions by name, and the library for its own through the linker. What
 * else it gives is all of OpenSSL, in pgcrypto.
 */
function withoutUnusedExports(library) {
  const module = new WebAssembly.Module(library);
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  const linked = new Set(WebAssembly.Module.imports(module).map(({ name }) => name));
  const isUsed = (name) =>
    /^(?:pg_finfo_|_PG_|Pg_magic|__wasm_|orig\$)/.test(name) ||
    linked.has(name) ||
    names.includes(`pg_finfo_${name}`);
  const parts = [library.subarray(0, 8)];
  for (let at = 8; at < library.length;) {
    const size = readNumber(library, at + 1);
    const end = size.end + size.value;
    parts.push(
      library[at] === exportSection
        ? section(exportSection, keptExports(library.subarray(size.end, end), isUsed))
        : library.subarray(at, end),
    );
    at = end;
  }
  return Buffer.concat(parts);
}

function keptExports(content, isUsed) {
  const count = readNumber(content, 0);
  const kept = [];
  let at = count.end;
  for (let index = 0; index < count.value; index += 1) {
    const length = readNumber(content, at);
    const kindAt = length.end + length.value;
    const { end } = readNumber(content, kindAt + 1);
    if (isUsed(content.toString("utf8", length.end, kindAt))) {
      kept.push(content.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat([writtenNumber(kept.length), ...kept]);
}

function section(id, content) {
  return Buffer.concat([Buffer.of(id), writtenNumber(content.length), content]);
}

/** In LEB128, as all numbers of WebAssembly. */
function readNumber(bytes, start) {
  let value = 0;
  let at = start;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 127) * factor;
    if (byte < 128) {
      return { value, end: at };
    }
  }
}

function writtenNumber(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      return Buffer.from([...bytes, rest]);
    }
    bytes.push((rest % 128) + 128);
  }
}

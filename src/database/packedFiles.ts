import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

/** A file or a folder that was packed. */
export interface PackedEntry {
  /** From the root of what was packed, with forward slashes. */
  readonly path: string;
  /** Undefined for a folder. */
  readonly content: Uint8Array | undefined;
}

/** Path, size and place. */
type PackedLine = readonly [string, number | null, number | null];

const lineEnd = 0x0a;

/** Bytes that are unpacked at a time: by the usual 16 KB, megabytes take twice as long. */
const unpackedPortion = 1024 * 1024;

/** Where the build puts what it packs: beside the bundles. A program that runs from source finds it there as well. */
export function packedPath(name: string): string {
  return join(basename(__dirname) === "database" ? join(__dirname, "..", "..", "dist") : __dirname, name);
}

/**
 * What the build packed of a version of PGlite, folders before what they hold. The contents may be changed. Undefined where the
 * file is missing or damaged, or was made of another version.
 *
 * The file is a line of JSON (`format`, the version of `pglite`, and `sha256` of all that follows) and a Brotli stream: a line of
 * JSON with each path, its size, and where it starts in the contents that follow, null for a folder. Files that are alike start at the
 * same place.
 */
export async function readPackedFiles(
  pgliteVersion: string,
  file: string,
): Promise<readonly PackedEntry[] | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  const split = bytes === undefined ? undefined : splitLine(bytes);
  if (split === undefined || !isAsPacked(split.line, split.rest, pgliteVersion)) {
    return undefined;
  }
  const unpacked = splitLine(await promisify(brotliDecompress)(split.rest, { chunkSize: unpackedPortion }));
  return unpacked && cutIntoFiles(unpacked.line, unpacked.rest);
}

function splitLine(bytes: Buffer): { readonly line: string; readonly rest: Buffer } | undefined {
  const end = bytes.indexOf(lineEnd);
  return end < 0 ? undefined : { line: bytes.toString("utf8", 0, end), rest: bytes.subarray(end + 1) };
}

function isAsPacked(header: string, packed: Buffer, pgliteVersion: string): boolean {
  const value = parse(header);
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const { format, pglite, sha256 } = value as Readonly<Record<string, unknown>>;
  return (
    format === 2 && pglite === pgliteVersion && sha256 === createHash("sha256").update(packed).digest("hex")
  );
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function cutIntoFiles(lines: string, contents: Buffer): readonly PackedEntry[] {
  const taken = new Set<number>();
  const cut = (size: number, start: number): Uint8Array => {
    const part = contents.subarray(start, start + size);
    // What is given may be changed, and what another file starts with too, so each gets bytes of its own.
    const content = taken.has(start) ? Buffer.from(part) : part;
    taken.add(start);
    return content;
  };
  return (JSON.parse(lines) as readonly PackedLine[]).map(([path, size, start]) => ({
    path,
    content: size === null || start === null ? undefined : cut(size, start),
  }));
}

import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";

/** Why a file is not read: it is none, or larger than anything that belongs there. */
export class UnfitFile extends Error {
  override readonly name = "UnfitFile";

  constructor(
    readonly kind: "not-a-file" | "too-large",
    message: string,
  ) {
    super(message);
  }
}

/**
 * The text of a regular file, which may be reached by links; undefined for a folder. A device or a pipe is not opened
 * at all: what opening it does is up to the machine, and reading it need not end.
 * @param mostBytes a file that is larger is not read
 * @throws {UnfitFile}
 * @throws Error of the system, such as `ENOENT`
 */
export function readRegularFile(path: string, mostBytes: number): string | undefined {
  const found = statSync(path);
  if (found.isDirectory()) {
    return undefined;
  }
  requireFit(found, mostBytes);
  return readListedFile(path, mostBytes);
}

/** As `readRegularFile`, while others go on. */
export async function readRegularFileLater(path: string, mostBytes: number): Promise<string | undefined> {
  const found = await stat(path);
  if (found.isDirectory()) {
    return undefined;
  }
  requireFit(found, mostBytes);
  return readFile(path, "utf8");
}

/** Most files end within it; those are read without asking for their size. Nothing is left of one when the next comes. */
const page = Buffer.allocUnsafeSlow(65_536);

/** Should a pipe have taken a file's place since it was looked at, opening it does not wait for whoever writes. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The text of a file that its folder's listing calls a regular one: asking the system again would take a third of the time
 * of reading thousands.
 * @param mostBytes of a file that is larger no more than a page is read
 * @throws {UnfitFile}
 * @throws Error of the system, such as `ENOENT`
 */
export function readListedFile(path: string, mostBytes: number): string {
  const file = openSync(path, withoutWaiting);
  try {
    const length = fill(file, page);
    if (length < page.length && length <= mostBytes) {
      return page.toString("utf8", 0, length);
    }
    const found = fstatSync(file);
    requireFit(found, mostBytes);
    const whole = Buffer.allocUnsafe(found.size);
    page.copy(whole);
    return whole.toString("utf8", 0, length + fill(file, whole.subarray(length)));
  } finally {
    closeSync(file);
  }
}

/** Reads on until the file ends or the buffer is full; the bytes that were read. */
function fill(file: number, buffer: Buffer): number {
  let length = 0;
  while (length < buffer.length) {
    const more = readSync(file, buffer, length, buffer.length - length, null);
    if (more === 0) {
      break;
    }
    length += more;
  }
  return length;
}

function requireFit(stats: Stats, mostBytes: number): void {
  if (!stats.isFile()) {
    throw new UnfitFile("not-a-file", `It is ${kindOf(stats)}, not a file.`);
  }
  if (stats.size > mostBytes) {
    throw new UnfitFile(
      "too-large",
      `It has ${megabytes(stats.size)}; at most ${megabytes(mostBytes)} are read.`,
    );
  }
}

function kindOf(stats: Stats): string {
  return stats.isFIFO() ? "a named pipe" : stats.isSocket() ? "a socket" : "a device";
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

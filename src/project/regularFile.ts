import { readFileSync, statSync, type Stats } from "node:fs";

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
  return readFileSync(path, asText);
}

/** As an object it is taken as it is; of a mere "utf8" Node makes one for each file, which takes a tenth of the reading. */
const asText = { encoding: "utf8", flag: "r" } as const;

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

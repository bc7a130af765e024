import type * as vscode from "vscode";
import { isRevisionPath } from "../../source/revisionFileNames";
import { readRegularFile, readRegularFileLater } from "../../machine/regularFile";
import { Turns } from "../shared/turns";
import { readText } from "./configFiles";
import { isWithin, pathOf } from "./paths";

const parallelReads = 32;

/** What is read of a folder at most; it may be anybody's, and opened only to be looked at. */
export const readingLimits = {
  files: 12_000,
  /** Of one file. */
  bytes: 2_000_000,
  /** Of all together, in characters. */
  characters: 64_000_000,
} as const;

/** A folder of revision files. */
export interface VersionFolder {
  readonly uri: vscode.Uri;
  readonly isRecursive: boolean;
}

/** Whether a file is in the folder, and may be a revision by its name and those of the folders between. */
export function mayHoldRevision(folder: VersionFolder, file: vscode.Uri): boolean {
  if (!isWithin(file, folder.uri)) {
    return false;
  }
  const path = file.path.slice(folder.uri.path.replace(/\/$/, "").length + 1);
  return (folder.isRecursive || !path.includes("/")) && isRevisionPath(path);
}

/** What was read of files. */
export interface ReadFiles {
  /** By path; files that vanished meanwhile are left out. */
  readonly texts: Map<string, string>;
  /** Files that are there and are not read, by path, each with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
}

interface Reading {
  readonly texts: Map<string, string>;
  readonly leftOut: Map<string, string>;
}

/** Reads files as far as `readingLimits` allow. */
export async function readTexts(uris: readonly vscode.Uri[]): Promise<ReadFiles> {
  const read: Reading = { texts: new Map(), leftOut: new Map() };
  const [first, others] = [uris.slice(0, readingLimits.files), uris.slice(readingLimits.files)];
  for (const uri of others) {
    read.leftOut.set(pathOf(uri), `Only ${String(readingLimits.files)} files are read.`);
  }
  await readLocally(
    first.filter(({ scheme }) => scheme === "file"),
    read,
  );
  await readRemotely(
    first.filter(({ scheme }) => scheme !== "file"),
    read.texts,
  );
  return read;
}

async function readRemotely(uris: readonly vscode.Uri[], texts: Map<string, string>): Promise<void> {
  let next = 0;
  const readOn = async (): Promise<void> => {
    for (let uri = uris[next++]; uri !== undefined; uri = uris[next++]) {
      const text = await readText(uri, readingLimits.bytes);
      if (text !== undefined) {
        texts.set(pathOf(uri), text);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, uris.length) }, readOn));
}

/** A file that takes longer, in milliseconds, is on a disk that is slow, or busy. */
const slowRead = 10;

/**
 * Small files of this machine, one straight after another: ten thousand through the editor's file service take several
 * times as long. Others get their turn in between. Where the disk is slow, nobody waits for it.
 */
async function readLocally(uris: readonly vscode.Uri[], { texts, leftOut }: Reading): Promise<void> {
  const turns = new Turns();
  let left: number = readingLimits.characters;
  let isSlow = false;
  for (const { fsPath: path } of uris) {
    await turns.breathe();
    if (left <= 0) {
      leftOut.set(path, `Only ${String(readingLimits.characters)} characters are read.`);
      continue;
    }
    const began = performance.now();
    try {
      const text = isSlow
        ? await readRegularFileLater(path, readingLimits.bytes)
        : readRegularFile(path, readingLimits.bytes);
      if (text !== undefined) {
        left -= text.length;
        texts.set(path, text);
      }
    } catch (error) {
      // One that is gone is no revision any more; what is there and can't be read is worth a word.
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
        leftOut.set(path, error instanceof Error ? error.message : String(error));
      }
    }
    isSlow ||= performance.now() - began > slowRead;
  }
}

import { opendir, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as vscode from "vscode";
import { isRevisionFileName, isRevisionFolderName } from "../../source/revisionFileNames";
import { Turns } from "../shared/turns";
import { pathOf } from "./paths";
import { readingLimits, type VersionFolder } from "./revisionFiles";

/** The revision files of a project. */
export interface ListedFiles {
  readonly files: readonly vscode.Uri[];
  /** The paths of those that were met before, at another path or in another folder. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * The revision files in a project's folders, as far as names tell, and no more than are read; none of a folder that isn't
 * there. As in Alembic, the first place of a file counts: a folder may lie in another one, or be a link to one.
 */
export async function listRevisionFiles(folders: readonly VersionFolder[]): Promise<ListedFiles> {
  const lists = await Promise.all(folders.map(listFolder));
  const files = lists.flatMap((list) => list.files);
  const links = new Set(lists.flatMap((list) => [...list.links]));
  if (folders.length < 2 && links.size === 0) {
    return { files, repeated: new Set() };
  }
  const realPath = realPaths(links);
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const kept = new Set<string>();
  const distinct: vscode.Uri[] = [];
  for (const uri of files) {
    const path = pathOf(uri);
    const real = uri.scheme === "file" ? await realPath(path) : path;
    if (!seen.has(real)) {
      seen.add(real);
      distinct.push(uri);
      kept.add(path);
    } else if (!kept.has(path)) {
      repeated.add(path);
    }
  }
  return { files: distinct, repeated };
}

/** Finds where files are, links followed; of those that are no links, a folder's is asked for once. */
function realPaths(links: ReadonlySet<string>): (path: string) => Promise<string> {
  const folders = new Map<string, Promise<string>>();
  const realFolder = (folder: string): Promise<string> => {
    const known = folders.get(folder) ?? realpath(folder);
    folders.set(folder, known);
    return known;
  };
  return async (path) => {
    try {
      return links.has(path) ? await realpath(path) : join(await realFolder(dirname(path)), basename(path));
    } catch {
      // A link that leads nowhere, or a folder that is gone.
      return path;
    }
  };
}

interface Listing {
  readonly files: vscode.Uri[];
  /** The paths of those of them that are no regular files by their folder's listing. */
  readonly links: Set<string>;
}

async function listFolder(folder: VersionFolder): Promise<Listing> {
  const listing: Listing = { files: [], links: new Set() };
  try {
    if (folder.uri.scheme === "file") {
      await listLocally(folder.uri.fsPath, folder.isRecursive, listing, new Turns());
    } else {
      await listThroughEditor(folder, listing.files);
    }
  } catch {
    // What is gone, or can't be read, holds nothing.
  }
  return listing;
}

async function listLocally(
  directory: string,
  isRecursive: boolean,
  listing: Listing,
  turns: Turns,
): Promise<void> {
  const { files, links } = listing;
  for await (const entry of await opendir(directory, { bufferSize: 256 })) {
    if (files.length > readingLimits.files) {
      return;
    }
    await turns.breathe();
    // A link to a folder is not followed: Alembic does not either.
    if (entry.isDirectory()) {
      if (isRecursive && isRevisionFolderName(entry.name)) {
        await listLocally(join(directory, entry.name), true, listing, turns).catch(() => undefined);
      }
    } else if (isRevisionFileName(entry.name)) {
      const uri = vscode.Uri.file(join(directory, entry.name));
      files.push(uri);
      if (!entry.isFile()) {
        links.add(pathOf(uri));
      }
    }
  }
}

async function listThroughEditor(folder: VersionFolder, files: vscode.Uri[]): Promise<void> {
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder.uri)) {
    const uri = vscode.Uri.joinPath(folder.uri, name);
    if ((type & vscode.FileType.Directory) !== 0) {
      if (folder.isRecursive && type === vscode.FileType.Directory && isRevisionFolderName(name)) {
        await listThroughEditor({ uri, isRecursive: true }, files).catch(() => undefined);
      }
    } else if (isRevisionFileName(name) && files.length <= readingLimits.files) {
      files.push(uri);
    }
  }
}

import { readdirSync, readFileSync, statSync, type Dirent } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { buildGraph, type RevisionGraph } from "../revision/graph";
import type { Revision } from "../revision/revision";
import { toRevision, type HeaderScan } from "../source/header";
import { parseRevisionFile } from "../source/parseRevisionFile";
import { decodePython } from "../source/python/decodePython";
import { scanWrittenPythonRevision } from "../source/python/writtenPythonHead";
import { scanHeader } from "../source/scanHeader";
import { isRevisionFileName, isRevisionFolderName, isTestFileName } from "../source/revisionFileNames";
import { scanWrittenRevision } from "../source/scanWrittenRevision";
import { ScriptDirectoryError } from "./errors";
import type { ProjectConfig } from "./projectConfig";
import { readListedFile, readRegularFile, UnfitFile } from "../machine/regularFile";
import { realPathOf } from "../machine/spelling";
import { requireUtf8 } from "./requireUtf8";

/** A file in a version location that was left out, and why. */
export interface ScriptDirectoryWarning {
  readonly path: string;
  readonly message: string;
}

/** The graph that a project's revision files make. */
export interface ScriptDirectory {
  readonly graph: RevisionGraph;
  readonly warnings: readonly ScriptDirectoryWarning[];
  /** Python files whose header, or part of it, only running them would tell. */
  readonly unknown: readonly UnknownHeader[];
  /** Version locations that the configuration names and that are not there; `revision` creates them. */
  readonly missingLocations: readonly string[];
  /** Files that a second version location, or a link, leads to as well. Each counts once. */
  readonly repeatedFiles: readonly string[];
}

/** A Python file that takes running to read, and why. */
export interface UnknownHeader extends ScriptDirectoryWarning {
  /** Whether the graph is without the revision; else only its labels or its dependencies are missing. */
  readonly isLeftOut: boolean;
}

/** What of the configuration says where revisions are. */
export type VersionLocations = Pick<
  ProjectConfig,
  "scriptLocation" | "versionLocations" | "hasExplicitVersionLocations" | "recursiveVersionLocations"
>;

/**
 * Reads all revision files of a project, without running any of them.
 * @param unsaved texts that count instead of those on disk, by absolute path
 * @throws {ScriptDirectoryError} a folder is missing, or a file has part of a revision's header and not all of it
 */
export function readScriptDirectory(
  config: VersionLocations,
  unsaved: ReadonlyMap<string, string> = new Map(),
): Promise<ScriptDirectory> {
  return new Promise((resolve) => resolve(readSync(config, unsaved)));
}

function readSync(config: VersionLocations, unsaved: ReadonlyMap<string, string>): ScriptDirectory {
  const revisions: Revision[] = [];
  const warnings: ScriptDirectoryWarning[] = [];
  const unknown: UnknownHeader[] = [];
  const found = { revisions, warnings, unknown };
  const { paths, links, missingLocations, repeatedFiles } = listRevisionFiles(config);
  for (const path of paths) {
    // Reading one after the other is, for thousands of small files, several times faster than reading with promises.
    const text = unsaved.get(path) ?? readText(path, links.has(path) ? readRegularFile : readListedFile);
    if (text === undefined) {
      continue;
    }
    if (typeof text !== "string" || path.endsWith(".py")) {
      readPython(text, path, found);
      continue;
    }
    const revision = scanWrittenRevision(text, path) ?? readRevision(text, path);
    if (revision !== undefined) {
      revisions.push(revision);
    } else if (!isTestFileName(path)) {
      warnings.push({ path, message: "This file is in a version location but is not a revision." });
    }
  }
  return { graph: buildGraph(revisions), warnings, unknown, missingLocations, repeatedFiles };
}

/** A Python file may take running to read; then it is left out alone. */
function readPython(
  text: string | UnreadableText,
  path: string,
  found: {
    readonly revisions: Revision[];
    readonly warnings: ScriptDirectoryWarning[];
    readonly unknown: UnknownHeader[];
  },
): void {
  if (typeof text !== "string") {
    found.unknown.push(leftOut(path, text.reason));
    return;
  }
  const written = scanWrittenPythonRevision(text, path);
  if (written !== undefined) {
    found.revisions.push(written);
    return;
  }
  const scan = settle(scanHeader(text, path, "ids"), text, path);
  switch (scan.kind) {
    case "ambiguous":
      found.unknown.push(leftOut(path, scan.reason));
      return;
    case "not-a-revision":
      found.warnings.push({ path, message: "This file is in a version location but is not a revision." });
      return;
    case "revision":
      found.revisions.push(toRevision(scan.header, path));
      for (const { name, reason } of scan.header.undecided ?? []) {
        found.unknown.push({
          path,
          message: `${name} of ${path} is not known: it is ${reason}.`,
          isLeftOut: false,
        });
      }
  }
}

function leftOut(path: string, reason: string): UnknownHeader {
  return {
    path,
    message: `The header of ${path} is not known, so the revision is left out: ${reason}.`,
    isLeftOut: true,
  };
}

function readRevision(text: string, path: string): Revision | undefined {
  const scan = settle(scanHeader(text, path, "ids"), text, path);
  if (scan.kind === "ambiguous") {
    throw notARevision(path, scan.reason);
  }
  return scan.kind === "revision" ? toRevision(scan.header, path) : undefined;
}

/** Files of one folder. */
interface Folder {
  /** Ends with a separator. */
  readonly path: string;
  readonly names: readonly string[];
  /** Those of them that are no regular files by the listing: links, folders, devices. */
  readonly links: readonly string[];
}

/** The files that may be revisions. */
export interface RevisionFiles {
  /**
   * Absolute, in the order in which Alembic loads them: that of the version locations, in each a folder's files by name
   * before the folders inside it. Heads, and steps that don't depend on each other, are in this order.
   */
  readonly paths: readonly string[];
  /** Those of them that are no regular files by their folder's listing, and may be links to such. */
  readonly links: ReadonlySet<string>;
  readonly missingLocations: readonly string[];
  /** Where files that were met again are, links followed. */
  readonly repeatedFiles: readonly string[];
}

/**
 * Lists the files that may be revisions, by their names.
 * @throws {ScriptDirectoryError} a folder is missing
 */
export function listRevisionFiles(config: VersionLocations): RevisionFiles {
  const folders: Folder[] = [];
  const locations = config.versionLocations;
  const missing = locations.filter((location) => !pathExists(location));
  // A folder without files is not in a clone. As in Alembic, that is no error while the project's other folders are there.
  const isProjectThere = missing.length < locations.length || pathExists(config.scriptLocation);
  for (const location of isProjectThere ? locations.filter((each) => !missing.includes(each)) : locations) {
    listFiles(location, config, folders);
  }
  const links = new Set(folders.flatMap(({ path, links }) => links.map((name) => path + name)));
  return {
    ...distinctFiles(folders, links),
    links,
    missingLocations: config.hasExplicitVersionLocations ? missing : [],
  };
}

/** As in Alembic, the first place of a file counts: a location may be given twice, lie in another one, or be a link to one. */
function distinctFiles(
  folders: readonly Folder[],
  links: ReadonlySet<string>,
): Pick<RevisionFiles, "paths" | "repeatedFiles"> {
  const paths = folders.flatMap(({ path, names }) => names.toSorted().map((name) => path + name));
  if (folders.length === 1 && links.size === 0) {
    return { paths, repeatedFiles: [] };
  }
  const realFolders = new Map(folders.map(({ path }) => [path, join(realPathOf(path), sep)]));
  const seen = new Set<string>();
  const repeatedFiles: string[] = [];
  const distinct = paths.filter((path) => {
    const folder = dirname(path) + sep;
    const real = links.has(path) ? realPathOf(path) : `${realFolders.get(folder) ?? folder}${basename(path)}`;
    if (seen.has(real)) {
      repeatedFiles.push(real);
      return false;
    }
    seen.add(real);
    return true;
  });
  return { paths: distinct, repeatedFiles };
}

function listFiles(directory: string, config: VersionLocations, folders: Folder[]): void {
  const path = join(directory, sep);
  const entries = readFolder(directory, config);
  const names: string[] = [];
  const links: string[] = [];
  for (const entry of entries) {
    if (isRevisionFileName(entry.name)) {
      names.push(entry.name);
      if (!entry.isFile()) {
        links.push(entry.name);
      }
    }
  }
  folders.push({ path, names, links });
  if (config.recursiveVersionLocations) {
    const inside = entries.filter((entry) => entry.isDirectory() && isRevisionFolderName(entry.name));
    for (const name of inside.map((entry) => entry.name).sort()) {
      listFiles(path + name, config, folders);
    }
  }
}

function readFolder(directory: string, config: VersionLocations): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new ScriptDirectoryError(
      isMissing ? "script-directory-missing" : "file-unreadable",
      isMissing
        ? `Path doesn't exist: ${config.scriptLocation}.  Please use the 'init' command to create a new scripts folder.`
        : `The folder ${directory} can't be read.`,
      { file: isMissing ? config.scriptLocation : directory, cause: error },
    );
  }
}

function pathExists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Something is there; reading it fails with the reason.
    return true;
  }
}

/** A revision is written by hand, with data of a few megabytes at most. */
const largestRevision = 64_000_000;

type FileReader = (path: string, mostBytes: number) => string | undefined;

/** Undefined for a folder, which may have any name. */
function readText(path: string, read: FileReader): string | UnreadableText | undefined {
  const text = readIfFile(path, read);
  if (path.endsWith(".py") && text !== undefined) {
    // Pure ASCII, which nearly all are, is the same in every encoding that a file may declare.
    return text.includes("\uFFFD") || text.slice(0, 200).includes("coding") ? declaredText(path) : text;
  }
  return text === undefined
    ? undefined
    : requireUtf8(
        path,
        text,
        (message, hint) => new ScriptDirectoryError("file-unreadable", message, { file: path, hint }),
      );
}

/** A file whose bytes make no text. */
interface UnreadableText {
  readonly reason: string;
}

function declaredText(path: string): string | UnreadableText {
  return (
    decodePython(readFileSync(path)) ?? {
      reason: "it is neither UTF-8 nor in the encoding that its first lines declare",
    }
  );
}

function readIfFile(path: string, read: FileReader): string | undefined {
  try {
    return read(path, largestRevision);
  } catch (error) {
    const why = error instanceof UnfitFile ? ` ${error.message}` : "";
    throw new ScriptDirectoryError("file-unreadable", `${path} can't be read.${why}`, {
      file: path,
      hint: error instanceof UnfitFile ? "Move it out of the folder of the revisions." : undefined,
      cause: error,
    });
  }
}

/** The parser is asked only for what the text alone does not tell. */
function settle(scan: HeaderScan, text: string, path: string): HeaderScan {
  return scan.kind === "ambiguous" ? parseRevisionFile(text, path) : scan;
}

function notARevision(path: string, reason: string): ScriptDirectoryError {
  return new ScriptDirectoryError(
    "not-a-revision",
    `Could not determine revision id from filename ${basename(path)}. ${path}: ${reason}`,
    {
      file: path,
      hint: 'A revision has `export const revision = "…"` and `export const down_revision = …` with plain values.',
    },
  );
}

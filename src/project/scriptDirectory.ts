import { readdirSync, readFileSync, type Dirent } from "node:fs";
import { basename, extname, join } from "node:path";
import { buildGraph, type RevisionGraph } from "../revision/graph";
import { toRevision, type HeaderScan, type RevisionHeader } from "../source/header";
import { parseRevisionFile } from "../source/parseRevisionFile";
import { scanHeader } from "../source/scanHeader";
import { ScriptDirectoryError } from "./errors";
import type { ProjectConfig } from "./projectConfig";

/** A file in a version location that was left out, and why. */
export interface ScriptDirectoryWarning {
  readonly path: string;
  readonly message: string;
}

/** The revision files of a project and the graph that they make. */
export interface ScriptDirectory {
  /** By absolute path, in load order: sorted by file name. */
  readonly headers: ReadonlyMap<string, RevisionHeader>;
  readonly graph: RevisionGraph;
  readonly warnings: readonly ScriptDirectoryWarning[];
}

/** What of the configuration says where revisions are. */
export type VersionLocations = Pick<
  ProjectConfig,
  "scriptLocation" | "versionLocations" | "hasExplicitVersionLocations" | "recursiveVersionLocations"
>;

const revisionExtensions = new Set([".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".py"]);

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
  const headers = new Map<string, RevisionHeader>();
  const warnings: ScriptDirectoryWarning[] = [];
  for (const path of revisionPaths(config)) {
    // Reading one after the other is, for thousands of small files, several times faster than reading with promises.
    const text = unsaved.get(path) ?? readText(path);
    const scan = settle(scanHeader(text, path), text, path);
    if (scan.kind === "revision") {
      headers.set(path, scan.header);
    } else if (scan.kind === "ambiguous") {
      throw notARevision(path, scan.reason);
    } else {
      warnings.push({ path, message: "This file is in a version location and is no revision." });
    }
  }
  const revisions = [...headers].map(([path, header]) => toRevision(header, path));
  return { headers, graph: buildGraph(revisions), warnings };
}

/** Absolute paths of the files that may be revisions, in the order in which Alembic loads them: by file name. */
export function revisionPaths(config: VersionLocations): readonly string[] {
  const files = config.versionLocations.flatMap((location) => listFiles(location, config, true));
  const named = [...new Set(files)].map((path) => ({ path, name: basename(path) }));
  named.sort((left, right) => compare(left.name, right.name) || compare(left.path, right.path));
  return named.map(({ path }) => path);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function listFiles(directory: string, config: VersionLocations, isLocation: boolean): readonly string[] {
  const entries = readFolder(directory, config, isLocation);
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      return config.recursiveVersionLocations && !isIgnoredFolder(entry.name)
        ? listFiles(path, config, false)
        : [];
    }
    return isRevisionName(entry.name) ? [path] : [];
  });
}

function readFolder(directory: string, config: VersionLocations, isLocation: boolean): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (
      isMissing &&
      isLocation &&
      !config.hasExplicitVersionLocations &&
      directoryExists(config.scriptLocation)
    ) {
      return [];
    }
    const missing = config.hasExplicitVersionLocations ? directory : config.scriptLocation;
    throw new ScriptDirectoryError(
      isMissing ? "script-directory-missing" : "file-unreadable",
      isMissing
        ? `Path doesn't exist: ${missing}.  Please use the 'init' command to create a new scripts folder.`
        : `The folder ${directory} can't be read.`,
      { file: missing, cause: error },
    );
  }
}

function directoryExists(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

function isIgnoredFolder(name: string): boolean {
  return name.startsWith(".") || name === "node_modules" || name === "__pycache__";
}

function isRevisionName(name: string): boolean {
  return (
    !name.startsWith(".") &&
    !name.startsWith("__init__.") &&
    !/\.d\.[cm]?ts$/.test(name) &&
    revisionExtensions.has(extname(name))
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ScriptDirectoryError("file-unreadable", `${path} can't be read.`, { file: path, cause: error });
  }
}

/** The parser is asked only for what the text alone does not tell. */
function settle(scan: HeaderScan, text: string, path: string): HeaderScan {
  return scan.kind === "ambiguous" && !path.endsWith(".py") ? parseRevisionFile(text, path) : scan;
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

import { isAbsolute, join, relative, resolve } from "node:path";
import { revisionFileName } from "../revision/fileName";
import { createDateIn } from "./createDate";
import { ScriptDirectoryError } from "./errors";
import type { ProjectConfig } from "./projectConfig";

/** What a new file is named for. */
export interface NewRevisionPathRequest {
  readonly revision: string;
  readonly message: string;
  readonly instant: Date;
  /** `--version-path`: absolute, or relative to the config's folder. */
  readonly versionPath?: string | undefined;
  /** The files of the parents: a new revision goes where the first of them is. */
  readonly parentPaths?: readonly string[] | undefined;
  /** @default ".ts" */
  readonly extension?: string | undefined;
}

/**
 * The absolute path of a new revision file; its folder need not exist yet.
 * @throws {ScriptDirectoryError} `invalid-version-path`: no folder is named and there are several, or the named one is
 * none of them
 */
export function newRevisionPath(config: ProjectConfig, request: NewRevisionPathRequest): string {
  const name = revisionFileName({
    template: config.fileTemplate,
    revision: request.revision,
    message: request.message,
    createDate: createDateIn(request.instant, config.timezone),
    truncateSlugLength: config.truncateSlugLength,
    extension: request.extension ?? ".ts",
  });
  const folder = folderFor(config, request);
  const path = resolve(folder, name);
  if (!isInside(path, folder)) {
    throw new ScriptDirectoryError(
      "invalid-version-path",
      `The file template leads outside ${folder}: ${name}`,
      {
        file: path,
        hint: "Remove `..` from fileTemplate and from revision IDs.",
      },
    );
  }
  return path;
}

function folderFor(config: ProjectConfig, request: NewRevisionPathRequest): string {
  const { versionLocations, directory } = config;
  if (request.versionPath !== undefined) {
    const named = resolve(directory, request.versionPath);
    const isKnown = versionLocations.some(
      (location) => location === named || (config.recursiveVersionLocations && isInside(named, location)),
    );
    if (!isKnown) {
      throw new ScriptDirectoryError(
        "invalid-version-path",
        `Path ${request.versionPath} is not represented in current version locations`,
        { file: named, hint: `Choose one of: ${versionLocations.join(", ")}.` },
      );
    }
    return named;
  }
  const parent = (request.parentPaths ?? []).find((path) => path !== "");
  const ofParent = versionLocations.find((location) => parent !== undefined && isInside(parent, location));
  const only = versionLocations.length === 1 ? versionLocations[0] : undefined;
  const folder = ofParent ?? only;
  if (folder === undefined) {
    throw new ScriptDirectoryError(
      "invalid-version-path",
      "Multiple version locations present, please specify --version-path",
      { file: config.configPath, hint: `Choose one of: ${versionLocations.join(", ")}.` },
    );
  }
  return folder;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(join("..", "/")) && !isAbsolute(way);
}

import type { RevisionGraph } from "../revision/graph";
import type { RevisionHeader } from "../source/header";
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

/**
 * Reads all revision files of a project, without running any of them.
 * @throws {ScriptDirectoryError} a folder is missing, or a file has part of a revision's header
 */
export function readScriptDirectory(_config: ProjectConfig): Promise<ScriptDirectory> {
  return Promise.reject(new Error("readScriptDirectory is not written yet"));
}

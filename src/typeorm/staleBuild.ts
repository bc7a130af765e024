import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

const filesToLookAt = 5_000;

/**
 * A warning where entities come from compiled files (`dist/**\/*.entity.js`) that are older than the sources: the
 * revision would be generated from how the entities were.
 * @param globs of entities and the DataSource's own file, absolute
 */
export function staleBuildWarning(globs: readonly string[], directory: string): string | undefined {
  const built = globs.filter((glob) => isBuilt(relative(directory, glob)));
  const sources = join(directory, "src");
  if (built.length === 0 || !existsSync(sources)) {
    return undefined;
  }
  for (const glob of built) {
    // The project's own folder may have a name that looks like a pattern.
    const folder = join(directory, staticPart(relative(directory, glob)));
    if (folder === sources || folder.startsWith(sources + sep) || !existsSync(folder)) {
      continue;
    }
    const newestSource = newest(sources, /(?<!\.d)\.[cm]?ts$/);
    const newestBuilt = newest(folder, /\.[cm]?js$/);
    if (newestSource !== undefined && newestBuilt !== undefined && newestSource.time > newestBuilt.time) {
      return (
        `The entities are read from ${relative(directory, folder)}, which is older than ` +
        `${relative(directory, newestSource.path)}: build the project first, or name the sources in the DataSource.`
      );
    }
  }
  return undefined;
}

const wildcard = /[*?[\]{}(]/;

/**
 * Whether files may be built from the project's sources: those of another package are not. A single JavaScript file in a
 * folder of another name may well have been written by hand.
 */
function isBuilt(glob: string): boolean {
  if (/^\.\.(?:[/\\]|$)|(?:^|[/\\])node_modules[/\\]/.test(glob)) {
    return false;
  }
  return (
    /(?:^|[/\\])(?:dist|build|out|lib)[/\\]/.test(glob) || (/\.[cm]?js$/.test(glob) && wildcard.test(glob))
  );
}

/** The folder before the first wildcard. */
function staticPart(glob: string): string {
  const parts = glob.split(/[/\\]/);
  const first = parts.findIndex((part) => wildcard.test(part));
  return parts.slice(0, first < 0 ? -1 : first).join(sep);
}

interface DatedFile {
  readonly path: string;
  readonly time: number;
}

function newest(directory: string, name: RegExp): DatedFile | undefined {
  let best: DatedFile | undefined;
  let seen = 0;
  const folders = [directory];
  for (let folder = folders.pop(); folder !== undefined && seen < filesToLookAt; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules") {
        folders.push(path);
      } else if (name.test(entry.name)) {
        seen += 1;
        const time = statSync(path).mtimeMs;
        best = best === undefined || time > best.time ? { path, time } : best;
      }
    }
  }
  return best;
}

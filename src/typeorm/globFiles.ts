import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, relative, resolve } from "node:path";

/** Finds the files of a glob, as absolute paths; a relative glob is relative to the directory. */
export type FindFiles = (glob: string, directory: string) => readonly string[];

const extensions = new Set([".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"]);

/** The way to expand globs of the TypeORM at this path: the package that it uses itself. */
export function globsOfTypeorm(typeormFile: string): FindFiles | undefined {
  const require = createRequire(typeormFile);
  for (const [name, method] of [
    ["tinyglobby", "globSync"],
    ["glob", "sync"],
  ] as const) {
    try {
      const glob: unknown = Reflect.get(require(name) as object, method);
      if (typeof glob === "function") {
        const find = glob as (
          pattern: string,
          options: { readonly absolute: true; readonly cwd: string },
        ) => readonly string[];
        return (pattern, cwd) => find(pattern, { absolute: true, cwd });
      }
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * The files of a DataSource's glob that can be loaded. What the package finds comes first; where it finds nothing,
 * folders that exist are taken by their names (`shop (copy)` and `[id]` are patterns to it), and then the sources that
 * lie where a glob of the build looks for compiled files, or that the build is made of.
 */
export function filesOfGlob(glob: string, directory: string, findFiles: FindFiles): readonly string[] {
  const pattern = glob.replaceAll("\\", "/");
  const source = pattern.replace(/\.([cm]?)js$/, ".$1ts");
  for (const each of source === pattern ? [pattern] : [pattern, source]) {
    const found = findLoadable(each, directory, findFiles);
    if (found.length > 0) {
      return found;
    }
  }
  for (const each of source === pattern ? [] : beforeBuilding(source, directory)) {
    // A build leaves them out as a rule, and they run only where their framework is.
    const found = findLoadable(each, directory, findFiles).filter(
      (file) => !/\.(?:spec|test)\.\w+$/.test(file),
    );
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

const builtFolders = new Set(["dist", "build", "out", "lib"]);

/** Where the sources of a build lie as a rule: `dist/a` is made of `src/a`, or of `a` where the root is the project's. */
function beforeBuilding(pattern: string, directory: string): readonly string[] {
  const names = relative(directory, resolve(directory, pattern)).replaceAll("\\", "/").split("/");
  const wildcard = names.findIndex((name) => /[*?[\]{}()!+@]/.test(name));
  const built = names.slice(0, wildcard < 0 ? -1 : wildcard).findLastIndex((name) => builtFolders.has(name));
  if (built < 0) {
    return [];
  }
  const [before, after] = [names.slice(0, built), names.slice(built + 1)];
  // All of a project's own folder would be its packages too.
  const isBelowFolder = wildcard < 0 ? after.length > 1 : wildcard > built + 1;
  return [
    [...before, "src", ...after].join("/"),
    ...(isBelowFolder ? [[...before, ...after].join("/")] : []),
  ];
}

function findLoadable(pattern: string, directory: string, findFiles: FindFiles): readonly string[] {
  const found = findFiles(pattern, directory);
  return (found.length > 0 ? found : findBelowExisting(pattern, directory, findFiles))
    .map((file) => resolve(file))
    .filter((file) => extensions.has(extname(file)) && !/\.d\.[cm]?ts$/.test(file));
}

/** Splits a pattern after the last of its leading folders that exist under just that name. */
function findBelowExisting(pattern: string, directory: string, findFiles: FindFiles): readonly string[] {
  const names = resolve(directory, pattern).replaceAll("\\", "/").split("/");
  let depth = 1;
  while (depth < names.length && isFolder(names.slice(0, depth + 1).join("/"))) {
    depth += 1;
  }
  const folder = names.slice(0, depth).join("/") || "/";
  const rest = names.slice(depth).join("/");
  const file = `${folder === "/" ? "" : folder}/${rest}`;
  return rest === "" ? [] : existsSync(file) ? [file] : findFiles(rest, folder);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import {
  hasUnresolvedRequests,
  installedCommonjsFiles,
  loadedCommonjsFiles,
  resolvedByCommonjs,
} from "../loader/commonjsHooks";
import { loadedEsmFiles } from "../loader/esmHooks";
import { contentStamp, systemStamp, type LoadedFile } from "../loader/loadedFiles";
import { isOwnFile } from "../loader/ownFiles";
import { isInstalled, isTypeScript, resolveSpecifier } from "../loader/resolveSpecifier";
import { transpileFile } from "../loader/transpile";
import { settingsFor, usedSettingsFiles } from "../loader/tsconfig";
import { notedTypeFiles } from "../loader/typeFiles";
import { digestOfTree, folderOfGlob } from "./folderTree";
import { isPredictable, isPredictablePackage, predictablePackages, requestsOf } from "./predictableCode";

/** All on the disk that decided what the project's files gave when they were loaded. */
export interface LoadedInputs {
  /** Files and folders with their stamps; an empty one where there was nothing, which would have been taken. */
  readonly stamps: readonly (readonly [path: string, stamp: string])[];
  /** Folders of globs, with digests of the names in them. */
  readonly trees: readonly (readonly [folder: string, digest: string])[];
  /** Imports that an alias of the tsconfig could lead elsewhere. */
  readonly aliases: readonly (readonly [request: string, parent: string, found: string | null])[];
}

/** A file that was written less long before it was loaded may have been written again without its time telling. */
const settledMilliseconds = 2000;

/**
 * What the files that this process has loaded so far depend on. Undefined where they may give something else although
 * nothing of it has changed, or something is too new to be known again.
 * @param looked globs of what was looked for, files that were run as CommonJS though nothing has required them, and those
 * that were read as text, whether they are there or not; absolute
 * @param startedAt when this process began to load, in milliseconds since 1970
 */
export function loadedInputs(
  looked: {
    readonly globs: readonly string[];
    readonly runFiles: readonly string[];
    readonly readFiles: readonly string[];
  },
  startedAt: number,
): LoadedInputs | undefined {
  const own = [...loadedCommonjsFiles()].filter(({ path }) => !isOwnFile(path));
  if (own.some(hasChangedSince) || hasUnresolvedRequests() || [...loadedEsmFiles()].length > 0) {
    return undefined;
  }
  const project = [...own.map(({ path }) => readProjectFile(path)), ...looked.runFiles.map(readRunFile)];
  if (!project.every(isOfKnownEffect)) {
    return undefined;
  }
  const paths = new Set([
    ...project.map(({ path }) => path),
    ...[...notedTypeFiles()].map(({ path }) => path),
    ...usedSettingsFiles(),
    ...surroundings(project),
    ...installedPlaces(),
    ...looked.readFiles,
  ]);
  const stamps = stampAll(paths, startedAt);
  const trees = digestAll(looked.globs.map(folderOfGlob));
  return stamps === undefined || trees === undefined
    ? undefined
    : { stamps, trees, aliases: project.flatMap(aliasesIn) };
}

/** A file of the project's own that was run. */
interface ProjectFile {
  readonly path: string;
  readonly code: string;
  /** What it requires, and what it got where it has asked for it. */
  readonly requests: readonly { readonly request: string; readonly found: string | undefined }[];
}

function readProjectFile(path: string): ProjectFile {
  const code = path.endsWith(".json")
    ? ""
    : isTypeScript(path)
      ? transpileFile(path, "commonjs")
      : readFileSync(path, "utf8");
  return { path, code, requests: answeredRequests(code, path) };
}

/** A revision is compiled whatever kind of file it is, but for Python's, which is not run here. */
function readRunFile(path: string): ProjectFile {
  const code = path.endsWith(".py") ? "" : transpileFile(path, "commonjs");
  return { path, code, requests: answeredRequests(code, path) };
}

function answeredRequests(code: string, path: string): ProjectFile["requests"] {
  return requestsOf(code).map((request) => ({ request, found: resolvedByCommonjs(request, path) }));
}

/** What lies on the disk, each place looked at once. */
export interface DiskLook {
  stampOf(path: string): string;
  treeOf(folder: string): string | undefined;
}

/** Begins to look: for several questions of one moment, which are about the same places. */
export function lookAtDisk(): DiskLook {
  const stamps = new Map<string, string>();
  const trees = new Map<string, string | undefined>();
  return {
    stampOf(path) {
      const stamp = stamps.get(path) ?? systemStamp(path)?.stamp ?? "";
      stamps.set(path, stamp);
      return stamp;
    },
    treeOf(folder) {
      const digest = trees.has(folder) ? trees.get(folder) : digestOfTree(folder);
      trees.set(folder, digest);
      return digest;
    },
  };
}

/** Whether all of it is as it was. */
export function areUntouched(
  { stamps, trees, aliases }: LoadedInputs,
  disk: DiskLook = lookAtDisk(),
): boolean {
  return (
    stamps.every(([path, stamp]) => disk.stampOf(path) === stamp) &&
    trees.every(([folder, digest]) => disk.treeOf(folder) === digest) &&
    aliases.every(([request, parent, found]) => (resolveSpecifier(request, parent) ?? null) === found)
  );
}

function hasChangedSince({ path, stamp }: LoadedFile): boolean {
  return contentStamp(path) !== stamp;
}

/** Whether a file is predictable, and all that it has required is the project's own or of a package that is. */
function isOfKnownEffect({ path, code, requests }: ProjectFile): boolean {
  return (
    isPredictable(code) &&
    requests.every(({ request, found }) => {
      if (found === undefined || !isAbsolute(found) || isOwnFile(found)) {
        return true;
      }
      return isInstalled(found)
        ? isPredictablePackage(packageOf(found).name) && isOfPackage(request, packageOf(found).name)
        : isWithoutLinks(request, path, found);
    })
  );
}

function isOfPackage(request: string, name: string): boolean {
  return request === name || request.startsWith(`${name}/`);
}

/** Whether a file lies just where it was asked for, or an alias says so: a link could lead elsewhere the next time. */
function isWithoutLinks(request: string, parent: string, found: string): boolean {
  if (!isPath(request)) {
    return resolveSpecifier(request, parent) === found;
  }
  const asked = resolve(dirname(parent), request);
  const stem = stemOf(asked);
  return found === asked || [".", sep].some((mark) => found.startsWith(stem + mark));
}

function isPath(request: string): boolean {
  return /^\.{0,2}\/|^\.{1,2}$/.test(request) || isAbsolute(request);
}

function stemOf(path: string): string {
  return path.replace(/\.[cm]?jsx?$/, "");
}

/** What would be found before what was found, or tells how a file is to be read. */
function surroundings(project: readonly ProjectFile[]): readonly string[] {
  const folders = new Set(project.map(({ path }) => dirname(path)));
  const above = new Set([...folders].flatMap(foldersAbove));
  const packages = [...predictablePackages, "typescript"];
  return [
    // Which names there are in them: `user.ts` goes before `user.js` and `user/index.ts`.
    ...folders,
    ...project.flatMap(foldersOfFolders),
    ...[...above].flatMap((folder) => [
      join(folder, "package.json"),
      join(folder, "tsconfig.json"),
      ...packages.map((name) => join(folder, "node_modules", name)),
    ]),
  ];
}

/** Where the folders lie that were asked for in the place of a file in them. */
function foldersOfFolders({ path, requests }: ProjectFile): readonly string[] {
  return requests.flatMap(({ request, found }) => {
    const asked = resolve(dirname(path), request);
    return isPath(request) && found?.startsWith(stemOf(asked) + sep) === true ? [dirname(asked)] : [];
  });
}

function foldersAbove(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

/** The files of packages that were run, and where other versions would turn up. */
function installedPlaces(): readonly string[] {
  const files = [...installedCommonjsFiles()];
  const folders = new Set(files.map((path) => packageOf(path).folder));
  return [
    ...files,
    ...[...folders].flatMap((folder) => [
      join(folder, "package.json"),
      join(folder, "node_modules"),
      ...foldersUpToInstallation(folder),
    ]),
  ];
}

/** A package's folder, that of its scope, and `node_modules`. */
function foldersUpToInstallation(folder: string): readonly string[] {
  return basename(folder) === "node_modules"
    ? [folder]
    : [folder, ...foldersUpToInstallation(dirname(folder))];
}

/** The package that an installed file is of. */
function packageOf(path: string): { readonly name: string; readonly folder: string } {
  const mark = `${sep}node_modules${sep}`;
  const start = path.lastIndexOf(mark) + mark.length;
  const [first = "", second = ""] = path.slice(start).split(sep);
  const name = first.startsWith("@") ? `${first}/${second}` : first;
  return { name, folder: path.slice(0, start) + name.replaceAll("/", sep) };
}

function aliasesIn({ path, requests }: ProjectFile): LoadedInputs["aliases"] {
  const { paths, baseUrl } = settingsFor(path);
  return paths.size === 0 && baseUrl === undefined
    ? []
    : requests
        .filter(({ request }) => !isPath(request))
        .map(({ request }) => [request, path, resolveSpecifier(request, path) ?? null] as const);
}

function stampAll(paths: Iterable<string>, startedAt: number): LoadedInputs["stamps"] | undefined {
  const stamps: (readonly [string, string])[] = [];
  for (const path of paths) {
    const found = systemStamp(path);
    if (found !== undefined && found.changed + settledMilliseconds > startedAt) {
      return undefined;
    }
    stamps.push([path, found?.stamp ?? ""]);
  }
  return stamps;
}

function digestAll(folders: readonly string[]): LoadedInputs["trees"] | undefined {
  const trees: (readonly [string, string])[] = [];
  for (const folder of new Set(folders)) {
    const digest = digestOfTree(folder);
    if (digest === undefined || (existsSync(folder) && realpathSync.native(folder) !== resolve(folder))) {
      return undefined;
    }
    trees.push([folder, digest]);
  }
  return trees;
}

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CompilerOptions } from "typescript";
import { compilerVersion } from "./compiler";
import { contentStamp } from "./loadedFiles";
import { installedTypeScript, readTsconfig } from "./readTsconfig";
import { compiledFolder, sealedFiles } from "./compiledFolder";

/** What of a tsconfig.json changes how a file runs, its `extends` applied. */
export interface TypeScriptSettings {
  /** Absolute; undefined where there is none. */
  readonly baseUrl: string | undefined;
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** The folder that the targets of `paths` are relative to. */
  readonly pathsDirectory: string;
  /** Absolute folders that count as one. */
  readonly rootDirectories: readonly string[];
  readonly useDefineForClassFields: boolean;
  /** Whether `string | null` is another type than `string`. */
  readonly strictNullChecks: boolean;
  /** Whether decorated members get their types: unless the project says that they do not (`emitDecoratorMetadata`). */
  readonly hasMetadata: boolean;
  /** All options, with absolute paths. */
  readonly options: CompilerOptions;
  /** The tsconfig.json; undefined where there is none. */
  readonly file: string | undefined;
}

interface CachedSettings {
  readonly settings: TypeScriptSettings;
  readonly files: readonly string[];
  readonly stamp: string;
}

const settingsByName = new Map<string, CachedSettings>();
const fileByDirectory = new Map<string, string | undefined>();

/** Forgets which tsconfig.json belongs to which folder, so that a new one is found. */
export function forgetTypeScriptSettings(): void {
  fileByDirectory.clear();
  settingsByName.clear();
}

/** Whether a tsconfig.json whose settings were used has changed since. */
export function haveSettingsChanged(): boolean {
  return [...settingsByName.values()].some(({ files, stamp }) => stampOf(files) !== stamp);
}

/** All files that were read for the settings that were used. */
export function usedSettingsFiles(): readonly string[] {
  return [...settingsByName.values()].flatMap(({ files }) => files);
}

/**
 * The settings of the nearest tsconfig.json above a file; defaults where there is none.
 * @throws {LoadError} `tsconfig-invalid`
 */
export function settingsFor(path: string): TypeScriptSettings {
  const file = nearestTsconfig(dirname(path));
  const [shared, own] = namesOf(file, path);
  const cached = settingsByName.get(shared) ?? settingsByName.get(own);
  if (cached !== undefined && stampOf(cached.files) === cached.stamp) {
    return cached.settings;
  }
  settingsByName.delete(shared);
  const content = file === undefined ? noTsconfig(dirname(path)) : contentOf(file, path);
  const settings = settingsOf(content);
  const { files, isSolution } = content;
  settingsByName.set(isSolution ? own : shared, { settings, files, stamp: stampOf(files) });
  return settings;
}

/**
 * Under what the settings of a tsconfig.json are remembered for all files, and those of a solution, whose projects have a
 * folder each as a rule, for the files of one folder.
 */
function namesOf(file: string | undefined, path: string): readonly [shared: string, own: string] {
  return [file ?? "", `${file ?? ""}\0${dirname(path)}`];
}

function nearestTsconfig(directory: string): string | undefined {
  if (fileByDirectory.has(directory)) {
    return fileByDirectory.get(directory);
  }
  const candidate = join(directory, "tsconfig.json");
  const parent = dirname(directory);
  const found = isFile(candidate) ? candidate : parent === directory ? undefined : nearestTsconfig(parent);
  fileByDirectory.set(directory, found);
  return found;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function stampOf(files: readonly string[]): string {
  return files.map((file) => contentStamp(file)).join("\n");
}

interface Content {
  readonly options: CompilerOptions;
  readonly file: string | undefined;
  /** All that was read for them. */
  readonly files: readonly string[];
  /** The version that the project builds with. */
  readonly typescript: string;
  /** Whether another file may belong to another project. */
  readonly isSolution: boolean;
}

function noTsconfig(directory: string): Content {
  const installed = installedTypeScript(directory);
  return {
    options: {},
    file: undefined,
    files: installed === undefined ? [] : [installed.file],
    typescript: installed?.version ?? compilerVersion,
    isSolution: false,
  };
}

interface RememberedContent extends Content {
  readonly reader: string;
  readonly digest: string;
}

/** To read one takes the compiler, which takes longer to load than all else; so what was read is remembered. */
function contentOf(file: string, path: string): Content {
  const directory = dirname(path);
  const folder = compiledFolder(directory);
  const sealed = folder === undefined ? undefined : sealedFiles(folder);
  const [shared, own] = namesOf(file, path).map((name) =>
    join(folder ?? "", "tsconfig", `${createHash("sha1").update(name).digest("hex")}.json`),
  ) as [string, string];
  for (const kept of [shared, own]) {
    const remembered = readRemembered(sealed?.read(kept)?.toString("utf8"));
    if (remembered !== undefined) {
      return remembered;
    }
  }
  const read = readTsconfig(file, path);
  const installed = installedTypeScript(directory);
  const content = {
    ...read,
    files: [...read.files, ...(installed === undefined ? [] : [installed.file])],
    typescript: installed?.version ?? compilerVersion,
  };
  const record: RememberedContent = {
    ...content,
    reader: compilerVersion,
    digest: digestOf(content.files),
  };
  try {
    sealed?.write(content.isSolution ? own : shared, JSON.stringify(record));
  } catch {
    // It is read again the next time.
  }
  return content;
}

function readRemembered(text: string | undefined): Content | undefined {
  if (text === undefined) {
    return undefined;
  }
  const record = JSON.parse(text) as RememberedContent;
  return record.reader === compilerVersion && record.digest === digestOf(record.files) ? record : undefined;
}

function digestOf(files: readonly string[]): string {
  const hash = createHash("sha1");
  for (const file of files) {
    hash.update(`${file}\0${textOf(file)}\0`);
  }
  return hash.digest("hex");
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function settingsOf({ options, file, typescript }: Content): TypeScriptSettings {
  const { baseUrl, paths = {}, rootDirs = [], strictNullChecks, strict, useDefineForClassFields } = options;
  const { pathsBasePath } = options;
  const isStrictByDefault = Number.parseInt(typescript, 10) >= 6;
  return {
    baseUrl,
    paths: new Map(Object.entries(paths)),
    pathsDirectory:
      baseUrl ?? (typeof pathsBasePath === "string" ? pathsBasePath : dirname(file ?? "/tsconfig.json")),
    rootDirectories: rootDirs,
    useDefineForClassFields: useDefineForClassFields ?? false,
    strictNullChecks: strictNullChecks ?? strict ?? isStrictByDefault,
    hasMetadata: options.emitDecoratorMetadata ?? true,
    options,
    file,
  };
}

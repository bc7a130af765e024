import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseJsonWithComments } from "./jsonWithComments";

/** What of a tsconfig.json changes how a file runs, its `extends` applied. */
export interface TypeScriptSettings {
  /** Absolute; undefined where there is none. */
  readonly baseUrl: string | undefined;
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** The folder that the targets of `paths` are relative to. */
  readonly pathsDirectory: string;
  readonly useDefineForClassFields: boolean;
}

const noSettings: TypeScriptSettings = {
  baseUrl: undefined,
  paths: new Map(),
  pathsDirectory: "/",
  useDefineForClassFields: false,
};

interface CachedSettings {
  readonly settings: TypeScriptSettings;
  readonly stamp: string;
}

const settingsByFile = new Map<string, CachedSettings>();
const fileByDirectory = new Map<string, string | undefined>();

/** Forgets which tsconfig.json belongs to which folder, so that a new one is found. */
export function forgetTypeScriptSettings(): void {
  fileByDirectory.clear();
  settingsByFile.clear();
}

/** The settings of the nearest tsconfig.json above a file; defaults where there is none or it can't be read. */
export function settingsFor(path: string): TypeScriptSettings {
  const file = nearestTsconfig(dirname(path));
  if (file === undefined) {
    return noSettings;
  }
  const stamp = fileStamp(file);
  const cached = settingsByFile.get(file);
  if (cached !== undefined && cached.stamp === stamp) {
    return cached.settings;
  }
  const settings = readSettings(file);
  settingsByFile.set(file, { settings, stamp });
  return settings;
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

function fileStamp(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.mtimeMs}:${stats.size}`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

type PartialSettings = { -readonly [Key in keyof TypeScriptSettings]?: TypeScriptSettings[Key] | undefined };

function readSettings(file: string): TypeScriptSettings {
  const merged = readChain(file, new Set());
  return { ...noSettings, pathsDirectory: dirname(file), ...withoutUndefined(merged) };
}

function withoutUndefined(settings: PartialSettings): Partial<TypeScriptSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function readChain(file: string, seen: Set<string>): PartialSettings {
  if (seen.has(file)) {
    return {};
  }
  seen.add(file);
  const content = readObject(file);
  const directory = dirname(file);
  const result: PartialSettings = {};
  for (const extended of asList(content.extends)) {
    const target = resolveExtends(extended, directory);
    if (target !== undefined) {
      Object.assign(result, withoutUndefined(readChain(target, seen)));
    }
  }
  Object.assign(result, withoutUndefined(readOptions(content.compilerOptions, directory, result.baseUrl)));
  if (result.paths === undefined) {
    Object.assign(result, withoutUndefined(readReferences(content.references, directory, seen)));
  }
  return result;
}

/** A solution's tsconfig.json has nothing but references; its paths are in one of those. */
function readReferences(references: unknown, directory: string, seen: Set<string>): PartialSettings {
  for (const reference of Array.isArray(references) ? (references as unknown[]) : []) {
    const path =
      isRecord(reference) && typeof reference.path === "string" ? resolve(directory, reference.path) : "";
    const file = [path, join(path, "tsconfig.json")].find((candidate) => isFile(candidate));
    const settings = file === undefined ? {} : readChain(file, seen);
    if (settings.paths !== undefined) {
      return settings;
    }
  }
  return {};
}

function readOptions(
  options: unknown,
  directory: string,
  inheritedBaseUrl: string | undefined,
): PartialSettings {
  if (!isRecord(options)) {
    return {};
  }
  const baseUrl =
    typeof options.baseUrl === "string"
      ? resolve(directory, withConfigDirectory(options.baseUrl, directory))
      : undefined;
  const result: PartialSettings = { baseUrl };
  if (isRecord(options.paths)) {
    result.paths = readPaths(options.paths, directory);
    result.pathsDirectory = baseUrl ?? inheritedBaseUrl ?? directory;
  } else if (baseUrl !== undefined) {
    result.pathsDirectory = baseUrl;
  }
  if (typeof options.useDefineForClassFields === "boolean") {
    result.useDefineForClassFields = options.useDefineForClassFields;
  }
  return result;
}

function readPaths(
  paths: Record<string, unknown>,
  directory: string,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(paths).map(([pattern, targets]) => [
      pattern,
      asList(targets).map((target) => withConfigDirectory(target, directory)),
    ]),
  );
}

function withConfigDirectory(text: string, directory: string): string {
  return text.replaceAll("${configDir}", directory);
}

function resolveExtends(specifier: string, directory: string): string | undefined {
  const isPath = specifier.startsWith(".") || isAbsolute(specifier);
  if (isPath) {
    const path = resolve(directory, specifier);
    return [path, `${path}.json`, join(path, "tsconfig.json")].find((candidate) => isFile(candidate));
  }
  const require = createRequire(join(directory, "tsconfig.json"));
  for (const candidate of [specifier, `${specifier}.json`, `${specifier}/tsconfig.json`]) {
    try {
      const found = require.resolve(candidate);
      if (found.endsWith(".json")) {
        return found;
      }
    } catch {
      continue;
    }
  }
  return undefined;
}

function readObject(file: string): Record<string, unknown> {
  try {
    const content = parseJsonWithComments(readFileSync(file, "utf8"));
    return isRecord(content) ? content : {};
  } catch {
    return {};
  }
}

function asList(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

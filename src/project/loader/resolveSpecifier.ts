import { lstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, isAbsolute, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { settingsFor, type TypeScriptSettings } from "./tsconfig";

const typescriptExtensions = new Set([".ts", ".tsx", ".mts", ".cts"]);
const sourceExtensions = new Map<string, readonly string[]>([
  [".js", [".ts", ".tsx"]],
  [".jsx", [".tsx"]],
  [".mjs", [".mts"]],
  [".cjs", [".cts"]],
]);
const addedExtensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];
/** What Node adds goes before, where a compiled file lies beside its source. */
const addedToScripts = [".js", ".json", ".ts", ".tsx", ".mts", ".cts", ".mjs", ".cjs"];

/** Whether Node needs a compiler for this file. */
export function isTypeScript(path: string): boolean {
  return typescriptExtensions.has(extname(path));
}

/** Whether a file was installed and so is nobody's source. */
export function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** Whether a file is nobody's source and in a language that Node runs. */
export function isRunAsItIs(path: string): boolean {
  return isInstalled(path) && !isTypeScript(path);
}

/**
 * Resolves an import of a project's file as TypeScript does: `.js` means `.ts`, extensions and `/index` may be left out,
 * `paths` and `baseUrl` apply. Undefined where Node's own resolution has to decide.
 */
export function resolveSpecifier(specifier: string, parentPath: string): string | undefined {
  if (specifier.startsWith("node:") || specifier.startsWith("data:")) {
    return undefined;
  }
  if (specifier.startsWith("file:")) {
    return existingFile(fileURLToPath(specifier.split(/[?#]/, 1)[0] ?? ""), parentPath);
  }
  if (/^\.{1,2}(\/|\\|$)/.test(specifier) || isAbsolute(specifier)) {
    return existingFile(resolve(dirname(parentPath), specifier), parentPath);
  }
  const settings = settingsFor(parentPath);
  for (const candidate of aliasTargets(specifier, settings)) {
    const found = existingFile(candidate, parentPath);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** What `paths` and then `baseUrl` make of a bare specifier, best first. */
function aliasTargets(specifier: string, settings: TypeScriptSettings): readonly string[] {
  const matches = [...settings.paths]
    .map(([pattern, targets]) => ({ match: matchPattern(pattern, specifier), targets }))
    .filter(
      (entry): entry is { match: PatternMatch; targets: readonly string[] } => entry.match !== undefined,
    )
    .sort((left, right) => right.match.length - left.match.length);
  const best = matches[0];
  const aliased = (best?.targets ?? []).map((target) =>
    resolve(
      settings.pathsDirectory,
      target.replace("*", () => best?.match.rest ?? ""),
    ),
  );
  return settings.baseUrl === undefined ? aliased : [...aliased, resolve(settings.baseUrl, specifier)];
}

interface PatternMatch {
  /** How much of the pattern is fixed text; more is better, and an exact match is best. */
  readonly length: number;
  readonly rest: string;
}

function matchPattern(pattern: string, specifier: string): PatternMatch | undefined {
  const star = pattern.indexOf("*");
  if (star === -1) {
    return pattern === specifier ? { length: Number.POSITIVE_INFINITY, rest: "" } : undefined;
  }
  const prefix = pattern.slice(0, star);
  const suffix = pattern.slice(star + 1);
  const isMatch =
    specifier.length >= prefix.length + suffix.length &&
    specifier.startsWith(prefix) &&
    specifier.endsWith(suffix);
  return isMatch
    ? { length: prefix.length, rest: specifier.slice(prefix.length, specifier.length - suffix.length) }
    : undefined;
}

function existingFile(path: string, parentPath: string): string | undefined {
  for (const candidate of candidateFiles(path, parentPath)) {
    const found = realFile(candidate);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Best first, and one after the other: nearly always the first one or two are all that it takes. */
function* candidateFiles(path: string, parentPath: string): Generator<string> {
  const extension = extname(path);
  const stem = extension === "" ? path : path.slice(0, -extension.length);
  const sources = (sourceExtensions.get(extension) ?? []).map((source) => stem + source);
  yield* isTypeScript(parentPath) ? [...sources, path] : [path, ...sources];
  const extensions = isTypeScript(parentPath) ? addedExtensions : addedToScripts;
  for (const added of extensions) {
    yield path + added;
  }
  for (const added of extensions) {
    yield join(path, `index${added}`);
  }
}

const realFolders = new Map<string, string>();

/** Elsewhere a file may be asked for by another spelling of its name, and only the system knows the true one. */
const isSpellingExact = process.platform === "linux";

/** The path of a file without symbolic links; for most files the system is asked only once. */
function realFile(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() === true || (stats !== undefined && !isSpellingExact)) {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
      ? realpathSync.native(path)
      : undefined;
  }
  return stats?.isFile() === true ? join(realFolder(dirname(path)), basename(path)) : undefined;
}

function realFolder(folder: string): string {
  const known = realFolders.get(folder) ?? realpathSync.native(folder);
  realFolders.set(folder, known);
  return known;
}

/** Has folders looked at again, which may have become links to others. */
export function forgetFolders(): void {
  realFolders.clear();
}

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { url as inspectorUrl } from "node:inspector";
import Module, { createRequire } from "node:module";
import { dirname, extname, isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LoadError } from "./errors";
import {
  forgetCommonjsFiles,
  installCommonjsHooks,
  loadedCommonjsFiles,
  moduleInternals,
  runFunction,
  type CompilableModule,
} from "./loader/commonjsHooks";
import type { ModuleFunction } from "./loader/codePack";
import { forgetEsmFiles, installEsmHooks, loadedEsmFiles, takeEsmFailure } from "./loader/esmHooks";
import { describeLoadFailure } from "./loader/loadFailure";
import { hasChanged } from "./loader/loadedFiles";
import { moduleFormat } from "./loader/moduleFormat";
import { forgetParsedFiles } from "./loader/exportedClass";
import { forgetPlainExports } from "./loader/plain/plainExports";
import { withoutSourceMaps } from "./loader/sourceMaps";
import { compiledFunction, functionsSourceMap, transpileFile, transpileText } from "./loader/transpile";
import { forgetTypeScriptSettings, haveSettingsChanged } from "./loader/tsconfig";
import { forgetPrograms } from "./loader/typedProgram";
import { forgetTypeFiles, notedTypeFiles } from "./loader/typeFiles";

/**
 * Loads a TypeScript or JavaScript file of the user's project, CommonJS or ESM, and gives its exports. Each call sees
 * the newest content of that file and of all project files that it imports.
 * @throws {LoadError}
 */
export async function loadModule(path: string): Promise<unknown> {
  const [exports] = await loadModules([path]);
  return exports;
}

/**
 * Loads several files as `loadModule` loads one, and looks only once whether anything has changed, so that what they
 * import is the same for all.
 * @throws {LoadError}
 */
export async function loadModules(paths: readonly string[]): Promise<readonly unknown[]> {
  installCommonjsHooks();
  process.setSourceMapsEnabled(true);
  const files = paths.map(existingFile);
  forgetChangedModules();
  const exports: unknown[] = [];
  for (const file of files) {
    exports.push(await loadExisting(file));
  }
  return exports;
}

async function loadExisting(file: string): Promise<unknown> {
  if (extname(file) === ".json") {
    return { default: JSON.parse(readFileSync(file, "utf8")) as unknown };
  }
  return moduleFormat(file) === "module" ? importModule(file) : requireModule(file);
}

/**
 * Loads a revision file. It imports types only, as a rule, so whatever its package's kind it is compiled to CommonJS and
 * run on the spot, anew with each call. One that needs to be an ES module is imported.
 * @param unsaved a text that counts instead of the one on disk; only an ES module is imported as it was saved
 * @throws {LoadError}
 */
export async function loadRevisionModule(path: string, unsaved?: string): Promise<unknown> {
  installCommonjsHooks();
  process.setSourceMapsEnabled(true);
  // A text that is not saved yet has its folder, and no file.
  const file = unsaved === undefined || existsSync(path) ? realPath(path) : resolve(path);
  const compiled = unsaved === undefined ? packedRevision(file) : undefined;
  const text = compiled === undefined ? (unsaved ?? readRevision(file)) : "";
  if (/\bimport\.meta\b/.test(text)) {
    return importNewest(file);
  }
  try {
    const module = new Module(file) as CompilableModule;
    module.filename = file;
    module.paths = moduleInternals._nodeModulePaths(dirname(file));
    if (compiled === undefined) {
      const code = revisionText(text, file, unsaved === undefined);
      runRevisions.set(path, { file, code });
      withoutSourceMaps(() => module._compile(code, file));
    } else {
      runRevisions.set(path, { file, code: undefined });
      runFunction(compiled, module, file);
    }
    module.loaded = true;
    return module.exports as unknown;
  } catch (error) {
    if (needsImport(error) || (error instanceof SyntaxError && error.message.includes("await"))) {
      return importNewest(file);
    }
    if (!(error instanceof SyntaxError)) {
      mapRevisionToSource(path);
    }
    throw describeLoadFailure(error, file);
  }
}

/**
 * A revision that was compiled before, together with others: to compile a thousand files one by one takes longer than to
 * run them. Debuggers, and those who measure coverage, know a file by its own name: for them there is none.
 */
function packedRevision(file: string): ModuleFunction | undefined {
  const isWatched = inspectorUrl() !== undefined || process.env["NODE_V8_COVERAGE"] !== undefined;
  return isWatched ? undefined : compiledFunction(file);
}

/** Only a file of its own may import others while it runs. */
function revisionText(text: string, file: string, isSaved: boolean): string {
  return isSaved && !/\bimport\s*\(/.test(text)
    ? transpileFile(file, "commonjs")
    : transpileText(text, file, "commonjs", isSaved);
}

interface RunRevision {
  readonly file: string;
  /** Its JavaScript; undefined where it was run together with others. */
  readonly code: string | undefined;
}

/** Each revision that was run, by its path as it was given. */
const runRevisions = new Map<string, RunRevision>();
/** Node keeps a source map for as long as somebody holds the module. */
const mappedModules = new Map<string, CompilableModule>();

/**
 * Makes stack traces that are read from now on name the places of a revision's TypeScript. Reading the source map takes
 * as long as loading the revision, and only a failure needs it.
 */
export function mapRevisionToSource(path: string): void {
  const run = runRevisions.get(path);
  if (run === undefined) {
    return;
  }
  const { file, code } = run;
  if (code !== undefined) {
    mapToSource(file, code);
    return;
  }
  const packed = functionsSourceMap(dirname(file));
  if (packed !== undefined && !mappedModules.has(packed.script)) {
    const encoded = Buffer.from(packed.map).toString("base64");
    mapToSource(packed.script, `\n//# sourceMappingURL=data:application/json;base64,${encoded}`);
  }
}

function mapToSource(file: string, code: string): void {
  const module = new Module(file) as CompilableModule;
  module.filename = file;
  mappedModules.set(file, module);
  // Read as a module, and left at once: nothing of it runs again.
  module._compile(`return;${code}`, file);
}

function importNewest(file: string): Promise<unknown> {
  forgetChangedModules();
  return importModule(file);
}

/** Makes every project file run anew if one of them, or the settings they were compiled by, has changed. */
function forgetChangedModules(): void {
  const haveFilesChanged = [loadedCommonjsFiles(), loadedEsmFiles(), notedTypeFiles()].some(hasChanged);
  if (haveFilesChanged || haveSettingsChanged()) {
    forgetModules();
  }
}

/** Makes every project file run anew. */
export function forgetModules(): void {
  forgetCommonjsFiles();
  forgetEsmFiles();
  forgetTypeScriptSettings();
  forgetTypeFiles();
  forgetPrograms();
  forgetParsedFiles();
  forgetPlainExports();
}

function existingFile(path: string): string {
  if (!isAbsolute(path)) {
    throw new TypeError(`A module is loaded by its absolute path, not by ${path}.`);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new LoadError("file-not-found", `There is no file ${path}.`, { file: path });
  }
  return realpathSync.native(path);
}

function realPath(path: string): string {
  return orNoSuchFile(path, () => realpathSync.native(path));
}

function readRevision(path: string): string {
  return orNoSuchFile(path, () => readFileSync(path, "utf8"));
}

function orNoSuchFile(path: string, read: () => string): string {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") {
      throw new LoadError("file-not-found", `There is no file ${path}.`, { file: path });
    }
    throw error;
  }
}

async function importModule(file: string): Promise<unknown> {
  installEsmHooks();
  takeEsmFailure();
  try {
    return (await import(pathToFileURL(file).href)) as unknown;
  } catch (error) {
    const failure = takeEsmFailure() ?? describeLoadFailure(error, file);
    forgetEsmFiles();
    throw failure;
  }
}

async function requireModule(file: string): Promise<unknown> {
  try {
    return unawaited(createRequire(file)(file));
  } catch (error) {
    if (needsImport(error)) {
      return importModule(file);
    }
    throw describeLoadFailure(error, file);
  }
}

/**
 * A CommonJS file may export one promise and nothing else. An `async` function that returned it would await it, and fail
 * with it as if the file had not been loaded: it is the default export, as it is where the file is imported.
 */
function unawaited(exports: unknown): unknown {
  const isPromise =
    typeof exports === "object" && exports !== null && typeof Reflect.get(exports, "then") === "function";
  return isPromise ? { default: exports } : exports;
}

function needsImport(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ERR_REQUIRE_ESM" || code === "ERR_REQUIRE_ASYNC_MODULE";
}

import Module from "node:module";
import { dirname, extname } from "node:path";
import { runInstalled } from "./installedFiles";
import type { ModuleFunction } from "./codePack";
import { contentStamp, type LoadedFile } from "./loadedFiles";
import { isOwnFile, ownIndex, ownPackageName } from "./ownFiles";
import { isNotFound, resolveAsCompiler } from "./resolveAsCompiler";
import { forgetFolders, isInstalled, isRunAsItIs, resolveSpecifier } from "./resolveSpecifier";
import { isLoadedQuickly } from "./quickly";
import { compiledFunction, transpileFile } from "./transpile";

/** A CommonJS module as Node's loader sees it. */
export interface CompilableModule extends NodeModule {
  _compile(code: string, filename: string): unknown;
}

type ExtensionHandler = (module: CompilableModule, filename: string) => void;

/** The parts of Node's CommonJS loader that have no types: the same that every TypeScript loader replaces. */
interface ModuleInternals {
  _extensions: Record<string, ExtensionHandler | undefined>;
  _cache: Record<string, NodeModule | undefined>;
  _resolveFilename: (
    this: unknown,
    request: string,
    parent: { filename?: string | null } | null | undefined,
    isMain: boolean,
    options?: unknown,
  ) => string;
  _nodeModulePaths(directory: string): string[];
}

export const moduleInternals = Module as unknown as ModuleInternals;

/** Project files that CommonJS has run, by path. */
const loaded = new Map<string, LoadedFile>();
/** Files by the folder that asks for them, and how. */
const resolved = new Map<string, string>();
/** What project files asked for and was not there, by the same names. */
const unresolved = new Set<string>();
/** Files of packages that CommonJS has run since the hooks are there. */
const installed = new Set<string>();
let isInstalledHook = false;
type InstalledListener = (filename: string, module: NodeModule) => void;
/** Told of each file of a package that has run. */
const installedListeners: InstalledListener[] = [];

/** Teaches `require` TypeScript, for the files of projects and not for this program's own. Installed once. */
export function installCommonjsHooks(): void {
  if (isInstalledHook) {
    return;
  }
  isInstalledHook = true;
  replaceResolution();
  for (const extension of [".ts", ".tsx", ".cts", ".mts"]) {
    replaceExtension(extension, (module, filename) => {
      const compiled = isLoadedQuickly() ? compiledFunction(filename) : undefined;
      if (compiled === undefined) {
        module._compile(transpileFile(filename, "commonjs"), filename);
      } else {
        runFunction(compiled, module, filename);
      }
    });
  }
  replaceExtension(".js", undefined);
  replaceExtension(".cjs", moduleInternals._extensions[".js"]);
  replaceExtension(".json", undefined);
}

/** Runs a file that is a function already. */
export function runFunction(compiled: ModuleFunction, module: NodeModule, filename: string): void {
  const exports: unknown = module.exports;
  compiled.call(exports, exports, requireOf(module), module, filename, dirname(filename));
}

/** The `require` of a module, with all that Node gives it; the rest of it is made once somebody wants it. */
function requireOf(module: NodeModule): NodeJS.Require {
  const require = (id: string): unknown => module.require(id);
  let own: NodeJS.Require | undefined;
  return new Proxy(require as NodeJS.Require, {
    get: (_target, name) => Reflect.get((own ??= Module.createRequire(module.filename)), name) as unknown,
  });
}

function replaceResolution(): void {
  const original = moduleInternals._resolveFilename;
  moduleInternals._resolveFilename = function (request, parent, isMain, options) {
    const parentPath = parent?.filename;
    if (typeof parentPath !== "string" || isOwnFile(parentPath)) {
      return original.call(this, request, parent, isMain, options);
    }
    if (request === ownPackageName) {
      return ownIndex();
    }
    const resolve = (): string => original.call(this, request, parent, isMain, options);
    return isRunAsItIs(parentPath) || namesFolders(options)
      ? resolve()
      : resolveOnce(
          request,
          parentPath,
          () => resolveSpecifier(request, parentPath) ?? orAsCompiler(request, parentPath, resolve),
        );
  };
}

/** Whether Node is asked for other folders than the parent's. Where hooks are registered, it gives options of other kinds. */
function namesFolders(options: unknown): boolean {
  return typeof options === "object" && options !== null && Reflect.get(options, "paths") !== undefined;
}

function orAsCompiler(request: string, parentPath: string, resolve: () => string): string {
  try {
    return resolve();
  } catch (error) {
    const found = isNotFound(error) ? resolveAsCompiler(request, parentPath, "commonjs") : undefined;
    if (found === undefined) {
      throw error;
    }
    return found;
  }
}

/** What files of the same folder and kind name the same way is the same file. */
function resolveOnce(request: string, parentPath: string, resolve: () => string): string {
  const key = resolutionKey(request, parentPath);
  const known = resolved.get(key);
  if (known !== undefined) {
    return known;
  }
  try {
    const found = resolve();
    resolved.set(key, found);
    return found;
  } catch (error) {
    unresolved.add(key);
    throw beginningAtItsImport(error);
  }
}

/** A failure to resolve, without the loader's frames: V8 keeps ten, and other hooks can need all of them. */
function beginningAtItsImport(error: unknown): unknown {
  if (error instanceof Error) {
    Error.captureStackTrace(error, moduleInternals._resolveFilename);
  }
  return error;
}

function resolutionKey(request: string, parentPath: string): string {
  return [dirname(parentPath), extname(parentPath), request].join("\0");
}

/** What a project file got when it asked for a module; undefined where it has not asked yet. */
export function resolvedByCommonjs(request: string, parentPath: string): string | undefined {
  return resolved.get(resolutionKey(request, parentPath));
}

function replaceExtension(extension: string, handler: ExtensionHandler | undefined): void {
  const original = moduleInternals._extensions[extension];
  moduleInternals._extensions[extension] = (module, filename) => {
    if (isOwnFile(filename)) {
      (original ?? handler)?.(module, filename);
      return;
    }
    if (isInstalled(filename)) {
      installed.add(filename);
      runInstalled(filename, () => (handler ?? original)?.(module, filename));
      installedListeners.forEach((listen) => listen(filename, module));
      return;
    }
    loaded.set(filename, { path: filename, stamp: contentStamp(filename) });
    (handler ?? original)?.(module, filename);
  };
}

/** Whether a project file has asked for a module that was not there. */
export function hasUnresolvedRequests(): boolean {
  return unresolved.size > 0;
}

/** Project files that CommonJS holds. */
export function loadedCommonjsFiles(): Iterable<LoadedFile> {
  return loaded.values();
}

/** Has a listener told of each file of a package that CommonJS has run, before what has required it sees it. */
export function afterInstalled(listener: InstalledListener): void {
  installedListeners.push(listener);
}

/** Files of packages that CommonJS holds. */
export function installedCommonjsFiles(): Iterable<string> {
  return installed;
}

/** Makes CommonJS run all project files anew when they are next asked for. */
export function forgetCommonjsFiles(): void {
  for (const path of loaded.keys()) {
    Reflect.deleteProperty(moduleInternals._cache, path);
  }
  loaded.clear();
  resolved.clear();
  unresolved.clear();
  forgetFolders();
}

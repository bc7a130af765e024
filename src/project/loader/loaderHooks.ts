/**
 * The hooks that Node runs for `import`: an entry of its own in the built product, named to `module.register`, which runs
 * them on a thread of their own, or given to `module.registerHooks`. The rules are those of the CommonJS hooks.
 */
import type { LoadFnOutput, LoadHook, LoadHookContext, ResolveFnOutput, ResolveHook } from "node:module";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { LoadError } from "../errors";
import { commonjsBridge } from "./commonjsBridge";
import { forgetParsedFiles } from "./exportedClass";
import { forgetPlainExports } from "./plain/plainExports";
import { contentStamp } from "./loadedFiles";
import { moduleFormat } from "./moduleFormat";
import { isOwnFile, ownIndex, ownPackageName } from "./ownFiles";
import { isNotFound, resolveAsCompiler } from "./resolveAsCompiler";
import { forgetFolders, isInstalled, isRunAsItIs, isTypeScript, resolveSpecifier } from "./resolveSpecifier";
import type { LoadHookSync, ResolveHookSync } from "./syncHooks";
import { transpileFile } from "./transpile";
import { forgetTypeScriptSettings } from "./tsconfig";
import { forgetPrograms } from "./typedProgram";
import { forgetTypeFiles, notedTypeFiles } from "./typeFiles";

/** What the main thread hands to the hooks. */
export interface LoaderHooksData {
  readonly port: MessagePort;
  /** One number: the version of the project's files, counted up when any has changed. */
  readonly version: SharedArrayBuffer;
}

/** What the hooks tell the main thread. */
export type LoaderHooksMessage =
  | { readonly kind: "loaded"; readonly path: string; readonly stamp: string }
  | {
      readonly kind: "failed";
      readonly code: LoadError["code"];
      readonly message: string;
      readonly file: string;
      readonly line: number | undefined;
      readonly column: number | undefined;
      readonly hint: string | undefined;
    };

const versionParameter = "alembic-version";
let port: MessagePort | undefined;
let version: Int32Array = new Int32Array(1);
let lastVersion = 0;

/** Called in the thread of the hooks before any, by Node with what `module.register` was given. */
export function initialize(data: LoaderHooksData): void {
  port = data.port;
  version = new Int32Array(data.version);
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const found = resolveFirst(specifier, context.parentURL);
  if (found !== undefined) {
    return found;
  }
  try {
    const result = await nextResolve(specifier, context);
    return { ...result, url: withVersion(result.url) };
  } catch (error) {
    return resolveAfter(error, specifier, context.parentURL);
  }
};

export const load: LoadHook = async (url, context, nextLoad) =>
  loadOwn(url, context) ?? nextLoad(url, context);

/** The same for `module.registerHooks`, which runs them in the thread that imports, and for `require` as well. */
export const resolveSync: ResolveHookSync = (specifier, context, nextResolve) => {
  if (context.conditions.includes("require")) {
    return nextResolve(specifier, context);
  }
  const found = resolveFirst(specifier, context.parentURL);
  if (found !== undefined) {
    return found;
  }
  try {
    const result = nextResolve(specifier, context);
    return { ...result, url: withVersion(result.url) };
  } catch (error) {
    return resolveAfter(error, specifier, context.parentURL);
  }
};

export const loadSync: LoadHookSync = (url, context, nextLoad) =>
  (context.conditions.includes("require") ? undefined : loadOwn(url, context)) ?? nextLoad(url, context);

/** What an import means before Node is asked. */
function resolveFirst(specifier: string, parentUrl: string | undefined): ResolveFnOutput | undefined {
  const parentPath = filePath(parentUrl);
  if (parentPath === undefined || isOwnFile(parentPath)) {
    return undefined;
  }
  if (specifier === ownPackageName) {
    return { url: pathToFileURL(ownIndex()).href, shortCircuit: true };
  }
  const found = isRunAsItIs(parentPath)
    ? undefined
    : tellingFailure(() => resolveSpecifier(specifier, parentPath));
  return found === undefined
    ? undefined
    : { url: withVersion(pathToFileURL(found).href), shortCircuit: true };
}

/** What an import means that Node does not find. */
function resolveAfter(error: unknown, specifier: string, parentUrl: string | undefined): ResolveFnOutput {
  const parentPath = filePath(parentUrl);
  const isAsked = parentPath !== undefined && !isRunAsItIs(parentPath) && isNotFound(error);
  const found = isAsked
    ? tellingFailure(() => resolveAsCompiler(specifier, parentPath, "module"))
    : undefined;
  if (found === undefined) {
    throw error;
  }
  return { url: withVersion(pathToFileURL(found).href), shortCircuit: true };
}

/** The text of a file that Node would not load as it is. */
function loadOwn(url: string, context: LoadHookContext): LoadFnOutput | undefined {
  const path = filePath(url);
  if (path === undefined || isRunAsItIs(path)) {
    return undefined;
  }
  if (!isOwnFile(path)) {
    tell({ kind: "loaded", path, stamp: contentStamp(path) });
  }
  if (path.endsWith(".json") && context.importAttributes.type === undefined) {
    return { format: "module", source: jsonModule(readFileSync(path, "utf8")), shortCircuit: true };
  }
  if (!isTypeScript(path)) {
    return undefined;
  }
  const source = moduleSource(path);
  for (const file of notedTypeFiles()) {
    tell({ kind: "loaded", ...file });
  }
  forgetTypeFiles();
  return { format: "module", source, shortCircuit: true };
}

/** Node wants an attribute at each import of JSON, which `tsc` and bundlers do not. */
function jsonModule(text: string): string {
  return `export default JSON.parse(${JSON.stringify(text)});`;
}

function moduleSource(path: string): string {
  return tellingFailure(() =>
    moduleFormat(path) === "module"
      ? transpileFile(path, "module")
      : commonjsBridge(path, transpileFile(path, "commonjs")),
  );
}

/** Errors lose their class on the way to the main thread. */
function tellingFailure<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof LoadError) {
      const { code, message, file, line, column, hint } = error;
      tell({ kind: "failed", code, message, file, line, column, hint });
    }
    throw error;
  }
}

function tell(message: LoaderHooksMessage): void {
  port?.postMessage(message);
}

function filePath(url: string | undefined): string | undefined {
  return url?.startsWith("file:") === true ? fileURLToPath(url) : undefined;
}

function withVersion(url: string): string {
  const number = Atomics.load(version, 0);
  if (number !== lastVersion) {
    lastVersion = number;
    forgetFolders();
    forgetTypeScriptSettings();
    forgetPrograms();
    forgetParsedFiles();
    forgetPlainExports();
  }
  const path = filePath(url);
  if (number === 0 || path === undefined || isInstalled(path) || isOwnFile(path)) {
    return url;
  }
  const versioned = new URL(url);
  versioned.searchParams.set(versionParameter, String(number));
  return versioned.href;
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CompiledSource, PackedSourceMap } from "./cachePack";
import type { ModuleFunction } from "./codePack";
import { compile, type CompiledFile } from "./compile";
import { compilerVersion } from "./compiler";
import { contentStamp, systemStamp } from "./loadedFiles";
import type { ModuleFormat } from "./moduleKind";
import { sourceText } from "./sourceText";
import { readCached, sourcesIn, writeCached } from "./transpileCache";
import { settingsFor } from "./tsconfig";
import { noteTypeFiles } from "./typeFiles";

/**
 * The JavaScript of a TypeScript file, with an inline source map and with the types of decorated members emitted, which
 * TypeORM needs. Kept in a cache, so that the compiler itself is loaded only for what has changed.
 * @throws {LoadError} `syntax-error`, `tsconfig-invalid`
 */
export function transpileFile(path: string, format: ModuleFormat): string {
  const source = untouchedSource(path, format);
  const sources = source === undefined ? undefined : sourcesIn(dirname(path));
  if (source === undefined || sources === undefined) {
    return compiledText(sourceText(path), path, format).text;
  }
  const untouched = sources.getUntouched(source);
  if (untouched !== undefined) {
    return untouched;
  }
  const { text, key, dependencies } = compiledText(sourceText(path), path, format);
  const settled = dependencies.map((file) => [file, settledStamp(file)] as const);
  if (settled.every((each): each is [string, string] => each[1] !== undefined)) {
    sources.note(source, key, settled);
  }
  return text;
}

/**
 * A TypeScript file as a function, where it was compiled before to CommonJS and has not been touched since. What it
 * throws does not tell where in the file.
 */
export function compiledFunction(path: string): ModuleFunction | undefined {
  const source = untouchedSource(path, "commonjs");
  return source === undefined ? undefined : sourcesIn(dirname(path))?.getFunction(source);
}

/** Leads from what stack traces call the functions of a folder's files to the files. */
export function functionsSourceMap(directory: string): PackedSourceMap | undefined {
  return sourcesIn(directory)?.sourceMap();
}

/**
 * As `transpileFile`, of a text that has been read already.
 * @param isKept false for a text that comes and goes, as one that is being typed: it would fill the cache
 */
export function transpileText(text: string, path: string, format: ModuleFormat, isKept = true): string {
  return compiledText(text, path, format, isKept).text;
}

interface KeyedFile extends CompiledFile {
  readonly key: string;
}

/** Before the names of the files whose types it is compiled by; the text is under a key of those files' contents, too. */
const dependenciesMark = "depends on ";

function compiledText(text: string, path: string, format: ModuleFormat, isKept = true): KeyedFile {
  const directory = dirname(path);
  const key = cacheKey([...settingsOf(path, format), text]);
  const cached = readCached(directory, key);
  if (cached !== undefined && !cached.startsWith(dependenciesMark)) {
    return { text: cached, key, dependencies: [] };
  }
  if (cached !== undefined) {
    const dependencies = JSON.parse(cached.slice(dependenciesMark.length)) as readonly string[];
    const typedKey = keyWith(key, dependencies);
    const typed = readCached(directory, typedKey);
    if (typed !== undefined) {
      noteTypeFiles(dependencies);
      return { text: typed, key: typedKey, dependencies };
    }
  }
  const compiled = compile(text, path, format, settingsFor(path));
  const { dependencies } = compiled;
  const lastKey = dependencies.length === 0 ? key : keyWith(key, dependencies);
  if (isKept && dependencies.length > 0) {
    writeCached(directory, key, dependenciesMark + JSON.stringify(dependencies));
  }
  if (isKept) {
    writeCached(directory, lastKey, compiled.text);
  }
  noteTypeFiles(dependencies);
  return { ...compiled, key: lastKey };
}

function keyWith(key: string, dependencies: readonly string[]): string {
  return cacheKey([key, ...dependencies.flatMap((file) => [file, contentDigest(file)])]);
}

const digests = new Map<string, { readonly stamp: string; readonly digest: string }>();

/** Many files may depend on one. */
function contentDigest(file: string): string {
  const stamp = contentStamp(file);
  const known = digests.get(file);
  if (known?.stamp === stamp) {
    return known.digest;
  }
  const digest = stamp === "" ? "" : createHash("sha1").update(readFileSync(file)).digest("hex");
  digests.set(file, { stamp, digest });
  return digest;
}

/** All but its text, and what it imports, that decides what a file is compiled to. */
function settingsOf(path: string, format: ModuleFormat): readonly string[] {
  const { useDefineForClassFields, strictNullChecks, hasMetadata, file } = settingsFor(path);
  return [
    compilerVersion,
    "9",
    format,
    String(useDefineForClassFields),
    String(strictNullChecks),
    String(hasMetadata),
    file ?? "",
    path,
  ];
}

/** What was written less long ago may be written again without its time telling. */
const settledMilliseconds = 2000;

/**
 * A file that can be known again by what the system says of it; undefined where that can't be told yet. The time at which
 * the system saw a change counts too, which no program sets back.
 */
function untouchedSource(path: string, format: ModuleFormat): CompiledSource | undefined {
  const stamp = settledStamp(path);
  return stamp === undefined ? undefined : { name: settingsOf(path, format).join("\0"), stamp, format };
}

function settledStamp(path: string): string | undefined {
  const found = systemStamp(path);
  return found === undefined || found.changed + settledMilliseconds > Date.now() ? undefined : found.stamp;
}

function cacheKey(parts: readonly string[]): string {
  return `${createHash("sha1").update(parts.join("\0")).digest("hex")}.js`;
}

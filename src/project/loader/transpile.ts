import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { CompilerOptions, Diagnostic } from "typescript";
import { LoadError } from "../errors";
import type { CompiledSource } from "./cachePack";
import type { ModuleFunction } from "./codePack";
import { compilerVersion, loadTypeScript, type TypeScriptCompiler } from "./compiler";
import type { ModuleFormat } from "./moduleFormat";
import { readCached, sourcesIn, writeCached } from "./transpileCache";
import { settingsFor } from "./tsconfig";

/**
 * The JavaScript of a TypeScript file, with an inline source map and with the types of decorated members emitted, which
 * TypeORM needs. Kept in a cache, so that the compiler itself is loaded only for what has changed.
 * @throws {LoadError} `syntax-error`
 */
export function transpileFile(path: string, format: ModuleFormat): string {
  const source = untouchedSource(path, format);
  const sources = source === undefined ? undefined : sourcesIn(dirname(path));
  if (source === undefined || sources === undefined) {
    return transpileText(readFileSync(path, "utf8"), path, format);
  }
  const untouched = sources.getUntouched(source);
  if (untouched !== undefined) {
    return untouched;
  }
  const text = readFileSync(path, "utf8");
  const compiled = transpileText(text, path, format);
  sources.note(source, cacheKey([...settingsOf(path, format), text]));
  return compiled;
}

/**
 * A TypeScript file as a function, where it was compiled before to CommonJS and has not been touched since. What it
 * throws does not tell where in the file.
 */
export function compiledFunction(path: string): ModuleFunction | undefined {
  const source = untouchedSource(path, "commonjs");
  return source === undefined ? undefined : sourcesIn(dirname(path))?.getFunction(source);
}

/**
 * As `transpileFile`, of a text that has been read already.
 * @param isKept false for a text that comes and goes, as one that is being typed: it would fill the cache
 */
export function transpileText(text: string, path: string, format: ModuleFormat, isKept = true): string {
  const { useDefineForClassFields } = settingsFor(path);
  const directory = dirname(path);
  const key = cacheKey([...settingsOf(path, format), text]);
  const cached = readCached(directory, key);
  if (cached !== undefined) {
    return cached;
  }
  const compiled = compile(loadTypeScript(), text, path, format, useDefineForClassFields);
  if (isKept) {
    writeCached(directory, key, compiled);
  }
  return compiled;
}

/** All but its text that decides what a file is compiled to. */
function settingsOf(path: string, format: ModuleFormat): readonly string[] {
  return [compilerVersion, "2", format, String(settingsFor(path).useDefineForClassFields), path];
}

/** What was written less long ago may be written again without its time telling. */
const settledMilliseconds = 2000;

/**
 * A file that can be known again by what the system says of it; undefined where that can't be told yet. The time at which
 * the system saw a change counts too, which no program sets back.
 */
function untouchedSource(path: string, format: ModuleFormat): CompiledSource | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined || Number(stats.ctimeMs) + settledMilliseconds > Date.now()) {
    return undefined;
  }
  const { ino, size, mtimeNs, ctimeNs } = stats;
  return {
    name: settingsOf(path, format).join("\0"),
    stamp: [ino, size, mtimeNs, ctimeNs].join(":"),
    format,
  };
}

function cacheKey(parts: readonly string[]): string {
  return `${createHash("sha1").update(parts.join("\0")).digest("hex")}.js`;
}

function compile(
  typescript: TypeScriptCompiler,
  text: string,
  path: string,
  format: ModuleFormat,
  useDefineForClassFields: boolean,
): string {
  const compilerOptions: CompilerOptions = {
    target: typescript.ScriptTarget.ES2022,
    module: format === "module" ? typescript.ModuleKind.ESNext : typescript.ModuleKind.CommonJS,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields,
    esModuleInterop: true,
    jsx: typescript.JsxEmit.Preserve,
    allowJs: true,
    inlineSourceMap: true,
    inlineSources: false,
  };
  const { outputText, diagnostics = [] } = typescript.transpileModule(withTypeOnlyRelation(text), {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions,
  });
  const failure = diagnostics.find(
    (diagnostic) => diagnostic.category === typescript.DiagnosticCategory.Error,
  );
  if (failure !== undefined) {
    throw syntaxError(typescript, failure, path);
  }
  return outputText;
}

/**
 * TypeORM's `Relation` is a type. A compiler that sees one file at a time can't know that and would import it at run
 * time, where an ES module that asks for an absent export does not load.
 */
function withTypeOnlyRelation(text: string): string {
  return text.replace(
    /(\bimport\s*\{)([^{}]*)(\}\s*from\s*["']typeorm["'])/g,
    (_whole, before: string, names: string, after: string) =>
      before + names.replace(/(^|,)(\s*)(Relation)(?=\s*(?:,|$|as\b))/g, "$1$2type $3") + after,
  );
}

function syntaxError(typescript: TypeScriptCompiler, diagnostic: Diagnostic, path: string): LoadError {
  const sentence = typescript.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const position =
    diagnostic.file !== undefined && diagnostic.start !== undefined
      ? diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start)
      : undefined;
  const line = position === undefined ? undefined : position.line + 1;
  const column = position === undefined ? undefined : position.character + 1;
  const where = line === undefined || column === undefined ? path : `${path}:${line}:${column}`;
  return new LoadError("syntax-error", `${where}: ${sentence}`, { file: path, line, column });
}

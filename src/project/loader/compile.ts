import type { CompilerOptions, CustomTransformers, Diagnostic } from "typescript";
import { LoadError } from "../errors";
import { loadTypeScript, type TypeScriptCompiler } from "./compiler";
import { decoratedTypes, type DecoratedTypes, type ImportedType } from "./decoratedTypes";
import { filesOfExportedClass } from "./exportedClass";
import type { ModuleFormat } from "./moduleKind";
import { compilePlain } from "./plain/compilePlain";
import { objectTypes } from "./plain/plainNames";
import type { TypeScriptSettings } from "./tsconfig";
import { safeMetadata } from "./safeMetadata";
import { emitWithTypes, type EmitRequest, type EmittedFile } from "./typedProgram";

export interface CompiledFile {
  readonly text: string;
  /** Other files whose types it was compiled by. */
  readonly dependencies: readonly string[];
}

/**
 * Compiles a TypeScript file: by itself where that gives what `tsc` gives, else with the types of what it imports.
 * @throws {LoadError} `syntax-error`
 */
export function compile(
  text: string,
  path: string,
  format: ModuleFormat,
  settings: TypeScriptSettings,
): CompiledFile {
  return compilePlain(text, path, format, settings) ?? compileByTypeScript(text, path, format, settings);
}

/**
 * As `compile`, by TypeScript whatever the file has.
 * @throws {LoadError} `syntax-error`
 */
export function compileByTypeScript(
  text: string,
  path: string,
  format: ModuleFormat,
  settings: TypeScriptSettings,
): CompiledFile {
  const typescript = loadTypeScript();
  const patched = withTypeOnlyRelation(text);
  const options = optionsOf(typescript, format, settings);
  const transformers = transformersOf(typescript, format);
  const types = settings.hasMetadata ? typesFromElsewhere(typescript, patched, path) : noTypes;
  const emitted =
    types.unknown.length === 0 && types.global.length === 0
      ? {
          ...emitAlone(typescript, { text: patched, path, options, transformers, settings }),
          dependencies: [],
        }
      : emitWithTypes({
          path,
          text: patched,
          options,
          transformers,
          settings,
          specifiers: types.unknown.map(({ specifier }) => specifier),
          needsAmbient: types.global.length > 0,
        });
  const failure = emitted.diagnostics.find(
    (diagnostic) => diagnostic.category === typescript.DiagnosticCategory.Error,
  );
  if (failure !== undefined) {
    throw syntaxError(typescript, failure, path);
  }
  return {
    text: emitted.text,
    dependencies: [...new Set([...types.classFiles, ...emitted.dependencies])].sort(),
  };
}

function emitAlone(
  typescript: TypeScriptCompiler,
  { text, path, options, transformers, settings }: Omit<EmitRequest, "specifiers" | "needsAmbient">,
): Omit<EmittedFile, "dependencies"> {
  const { outputText, diagnostics = [] } = typescript.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { ...options, strict: false, strictNullChecks: settings.strictNullChecks },
    transformers,
  });
  return { text: outputText, diagnostics };
}

function optionsOf(
  typescript: TypeScriptCompiler,
  format: ModuleFormat,
  { useDefineForClassFields, hasMetadata }: TypeScriptSettings,
): CompilerOptions {
  return {
    target: typescript.ScriptTarget.ES2022,
    module: format === "module" ? typescript.ModuleKind.ESNext : typescript.ModuleKind.CommonJS,
    experimentalDecorators: true,
    emitDecoratorMetadata: hasMetadata,
    useDefineForClassFields,
    esModuleInterop: true,
    jsx: typescript.JsxEmit.Preserve,
    allowJs: true,
    inlineSourceMap: true,
    inlineSources: false,
  };
}

/** An ES module fails where it names a class whose file has yet to run: in CommonJS, that is `undefined`. */
function transformersOf(typescript: TypeScriptCompiler, format: ModuleFormat): CustomTransformers {
  return format === "module" ? { after: [safeMetadata(typescript)] } : {};
}

interface TypesFromElsewhere {
  /** Imported types that may be other than classes. */
  readonly unknown: readonly ImportedType[];
  /** The files of those that are classes. */
  readonly classFiles: readonly string[];
  readonly global: readonly string[];
}

const noTypes: TypesFromElsewhere = { unknown: [], classFiles: [], global: [] };

function typesFromElsewhere(typescript: TypeScriptCompiler, text: string, path: string): TypesFromElsewhere {
  if (!text.includes("@")) {
    return noTypes;
  }
  const file = typescript.createSourceFile(path, text, typescript.ScriptTarget.ES2022, true);
  const { imported, global }: DecoratedTypes = decoratedTypes(typescript, file);
  const found = imported
    .filter((type) => !isRelation(type))
    .map((type) => ({ type, files: classFilesOf(type) }));
  return {
    unknown: found.flatMap(({ type, files }) => (files === undefined ? [type] : [])),
    classFiles: found.flatMap(({ files }) => files ?? []),
    global: global.filter((name) => !isKnownGlobal(name)),
  };

  function classFilesOf({ specifier, name, isTypeOnly }: ImportedType): readonly string[] | undefined {
    return isTypeOnly ? undefined : filesOfExportedClass(typescript, specifier, name, path);
  }
}

/** It stands for any class, and is emitted as `Object` by `tsc` and without the types of TypeORM alike. */
function isRelation({ specifier, name }: ImportedType): boolean {
  return specifier === "typeorm" && name === "Relation";
}

/** Whether a name is emitted alike with its declaration and without: as what it is when the file runs. */
function isKnownGlobal(name: string): boolean {
  return objectTypes.has(name) || typeof Reflect.get(globalThis, name) === "function";
}

/**
 * TypeORM's `Relation` is a type. A compiler that sees one file at a time can't know that and would import it at run
 * time, where an ES module that asks for an absent export does not load.
 */
function withTypeOnlyRelation(text: string): string {
  return text.replace(
    /(\bimport\s*\{)([^{}]*)(\}\s*from\s*["']typeorm["'])/g,
    (_whole, before: string, names: string, after: string) =>
      before + names.split(",").map(withTypeOnlyName).join(",") + after,
  );
}

function withTypeOnlyName(name: string): string {
  return /^Relation(?:\s+as\b|$)/.test(name.trim()) ? name.replace("Relation", "type Relation") : name;
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

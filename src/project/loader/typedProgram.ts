import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type {
  CompilerHost,
  CompilerOptions,
  CustomTransformers,
  Diagnostic,
  Program,
  ResolutionMode,
  ResolvedModuleWithFailedLookupLocations,
  SourceFile,
  StringLiteralLike,
} from "typescript";
import { loadTypeScript, type TypeScriptCompiler } from "./compiler";
import { contentStamp } from "./loadedFiles";
import type { TypeScriptSettings } from "./tsconfig";
import { importsTypes } from "./importedTypes";

/** A file as a program of it and what it imports compiles it. */
export interface EmittedFile {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The project's own files that its types may be from. */
  readonly dependencies: readonly string[];
}

export interface EmitRequest {
  readonly path: string;
  /** Its text, which may not be the one on disk. */
  readonly text: string;
  /** How it is compiled, as far as the loader decides that. */
  readonly options: CompilerOptions;
  readonly transformers: CustomTransformers;
  readonly settings: TypeScriptSettings;
  /** The imports that the types of its decorated members are from. */
  readonly specifiers: readonly string[];
  /** Whether a type may be one that the project declares for all of its files. */
  readonly needsAmbient: boolean;
}

interface Kept {
  readonly key: string;
  readonly program: Program;
}

/** The last program of each kind: most files that need one import each other. */
const programs = new Map<unknown, Kept>();
const sourceFiles = new Map<string, { readonly stamp: string; readonly file: SourceFile }>();

/** Has all files read again. */
export function forgetPrograms(): void {
  programs.clear();
  imports.clear();
  sourceFiles.clear();
}

/** A program holds tens of megabytes, and is wanted for the files that are loaded together. */
const keptMilliseconds = 10_000;
let forgetting: NodeJS.Timeout | undefined;

function forgetSoon(): void {
  clearTimeout(forgetting);
  forgetting = setTimeout(forgetPrograms, keptMilliseconds).unref();
}

/** Compiles a file with the types of the files that it imports, as `tsc` does. */
export function emitWithTypes(request: EmitRequest): EmittedFile {
  const typescript = loadTypeScript();
  const program = programFor(typescript, request);
  forgetSoon();
  const file = program.getSourceFile(request.path);
  if (file === undefined) {
    throw new Error(`TypeScript does not take ${request.path} for a source file.`);
  }
  let text = "";
  const write = (name: string, content: string): void => {
    if (!name.endsWith(".map")) {
      text = content;
    }
  };
  program.emit(file, write, undefined, undefined, request.transformers);
  return {
    text,
    diagnostics: program.getSyntacticDiagnostics(file),
    dependencies: dependenciesOf(typescript, program, request),
  };
}

function programFor(typescript: TypeScriptCompiler, request: EmitRequest): Program {
  const { path, text, settings, needsAmbient } = request;
  const options = programOptions(typescript, request);
  const key = JSON.stringify([settings.file, options]);
  const kept = programs.get(options.module);
  const isSame = kept?.key === key;
  if (isSame && !needsAmbient && kept.program.getSourceFile(path)?.text === text) {
    return kept.program;
  }
  const roots = [
    ...(isSame ? kept.program.getRootFileNames().filter((root) => root !== path) : []),
    path,
    ...entitiesBeside(typescript, path),
    ...(needsAmbient ? ambientFiles(typescript, settings) : []),
  ];
  const program = typescript.createProgram({
    rootNames: [...new Set(roots)],
    options,
    host: hostOf(typescript, options, request),
    ...(isSame ? { oldProgram: kept.program } : {}),
  });
  programs.set(options.module, { key, program });
  return program;
}

/** The other entities of a folder are asked for next, as a rule: one program for all takes as long as one for each. */
function entitiesBeside(typescript: TypeScriptCompiler, path: string): readonly string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => /(?<!\.d)\.[cm]?tsx?$/.test(name))
    .map((name) => join(folder, name))
    .filter((file) =>
      /@(?:\w+\.)?(?:Entity|ChildEntity|ViewEntity|Column)\b/.test(typescript.sys.readFile(file) ?? ""),
    );
}

function programOptions(typescript: TypeScriptCompiler, request: EmitRequest): CompilerOptions {
  const { settings, options, needsAmbient } = request;
  const { baseUrl, paths, pathsBasePath, rootDirs, customConditions, moduleSuffixes, lib, typeRoots, types } =
    settings.options;
  const { Node10, Bundler } = typescript.ModuleResolutionKind;
  return {
    ...withoutUndefined({ baseUrl, paths, pathsBasePath, rootDirs, moduleSuffixes, typeRoots }),
    ...options,
    strict: false,
    strictNullChecks: settings.strictNullChecks,
    moduleResolution: settings.options.moduleResolution === Node10 ? Node10 : Bundler,
    ...(settings.options.moduleResolution === Node10
      ? {}
      : { customConditions: [...(customConditions ?? []), "node"] }),
    preserveConstEnums: true,
    allowImportingTsExtensions: true,
    noCheck: true,
    skipLibCheck: true,
    // The names of browsers, of which there are very many, are no columns' types.
    lib: lib !== undefined && needsAmbient ? lib : ["lib.es2022.d.ts"],
    types: needsAmbient ? (types ?? ["*"]) : [],
  };
}

function withoutUndefined(options: Readonly<Record<string, unknown>>): CompilerOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as CompilerOptions;
}

function hostOf(
  typescript: TypeScriptCompiler,
  options: CompilerOptions,
  { path, text }: EmitRequest,
): CompilerHost {
  const host = typescript.createCompilerHost(options, true);
  const cache = typescript.createModuleResolutionCache(host.getCurrentDirectory(), (name) => name, options);
  return {
    ...host,
    getDefaultLibLocation: () => libraryFolder(typescript, path),
    getSourceFile(name, languageVersion) {
      const stamp = name === path ? text : contentStamp(name);
      const known = sourceFiles.get(name);
      if (known?.stamp === stamp && known.file.text !== "") {
        return known.file;
      }
      const content = name === path ? text : typescript.sys.readFile(name);
      if (content === undefined) {
        return undefined;
      }
      const file = typescript.createSourceFile(name, content, languageVersion, true);
      sourceFiles.set(name, { stamp, file });
      return file;
    },
    resolveModuleNameLiterals: (literals, containingFile, redirect, _options, containing) =>
      literals.map((literal) => {
        if (!isWanted(typescript, literal, containing)) {
          return unresolved;
        }
        const mode = modeOf(typescript, literal);
        const found = typescript.resolveModuleName(
          literal.text,
          containingFile,
          options,
          host,
          cache,
          redirect,
          mode,
        );
        noteImport(containingFile, literal.text, found.resolvedModule?.resolvedFileName);
        return found;
      }),
  };
}

const unresolved: ResolvedModuleWithFailedLookupLocations = { resolvedModule: undefined };

/** Packages whose types are not asked for, as those of decorators, are large and no columns' types. */
function isWanted(typescript: TypeScriptCompiler, literal: StringLiteralLike, file: SourceFile): boolean {
  const isPackage = /^(?:@[^/]+\/)?[^./]/.test(literal.text);
  return !isPackage || importsTypes(typescript, file, literal);
}

function modeOf(typescript: TypeScriptCompiler, { parent }: StringLiteralLike): ResolutionMode {
  const { CommonJS, ESNext } = typescript.ModuleKind;
  return typescript.isExternalModuleReference(parent) ? CommonJS : ESNext;
}

/** An installation that is packed has the compiler alone; the project's own has the library's types beside it. */
function libraryFolder(typescript: TypeScriptCompiler, path: string): string {
  const own = dirname(typescript.sys.getExecutingFilePath());
  if (typescript.sys.fileExists(join(own, "lib.es2022.d.ts"))) {
    return own;
  }
  for (let current = dirname(path); dirname(current) !== current; current = dirname(current)) {
    const folder = join(current, "node_modules/typescript/lib");
    if (typescript.sys.fileExists(join(folder, "lib.es2022.d.ts"))) {
      return folder;
    }
  }
  return own;
}

/** The files of a project that declare names for all others. */
function ambientFiles(typescript: TypeScriptCompiler, { file }: TypeScriptSettings): readonly string[] {
  if (file === undefined) {
    return [];
  }
  const parsed = typescript.getParsedCommandLineOfConfigFile(file, undefined, {
    ...typescript.sys,
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  });
  return (parsed?.fileNames ?? []).filter((name) => {
    const text = name.includes(`${sep}node_modules${sep}`) ? "" : (typescript.sys.readFile(name) ?? "");
    return (
      /\.d\.[cm]?ts$/.test(name) || /\bdeclare\s+global\b/.test(text) || !/\b(?:import|export)\b/.test(text)
    );
  });
}

/** What each file's specifiers mean: of files that stay the same a new program does not ask again. */
const imports = new Map<string, Map<string, string>>();

function noteImport(from: string, specifier: string, to: string | undefined): void {
  const known = imports.get(from) ?? new Map<string, string>();
  imports.set(from, known);
  if (to !== undefined) {
    known.set(specifier, to);
  }
}

/**
 * What the named imports of a file lead to, those of these, and what the project declares for all files, as far as they
 * are sources: what was installed does not change by itself.
 */
function dependenciesOf(
  typescript: TypeScriptCompiler,
  program: Program,
  { path, specifiers }: EmitRequest,
): readonly string[] {
  const found = new Set<string>();
  const add = (name: string | undefined): void => {
    if (name !== undefined && name !== path && !name.includes("/node_modules/") && !found.has(name)) {
      found.add(name);
      imports.get(name)?.forEach(add);
    }
  };
  for (const specifier of specifiers) {
    add(imports.get(path)?.get(specifier));
  }
  for (const file of program.getSourceFiles()) {
    const isAmbient = !typescript.isExternalModule(file) || /\bdeclare\s+global\b/.test(file.text);
    if (isAmbient && !program.isSourceFileDefaultLibrary(file)) {
      add(file.fileName);
    }
  }
  return [...found];
}

import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type {
  CompilerOptions,
  Diagnostic,
  Node,
  ParseConfigHost,
  ParsedCommandLine,
  SourceFile,
} from "typescript";
import { LoadError } from "../errors";
import { requireUtf8 } from "../requireUtf8";
import { loadTypeScript, type TypeScriptCompiler } from "./compiler";
import { includesFile } from "./includedFiles";
import { readPlainTsconfig } from "./plain/readPlainTsconfig";

/** A tsconfig.json as TypeScript reads it. */
export interface ReadTsconfig {
  /** Those of the project to which the file belongs, which a solution only refers to; all that it extends is applied. */
  readonly options: CompilerOptions;
  /** The tsconfig.json that they are from. */
  readonly file: string;
  /** All files that were read for it. */
  readonly files: readonly string[];
  /** Whether it refers to other projects, so that another file may have other options. */
  readonly isSolution: boolean;
}

/**
 * Reads the options that a tsconfig.json has for a file, by TypeScript's own reader.
 * @param file the tsconfig.json
 * @param source a source file below it
 * @throws {LoadError} `tsconfig-invalid`: it, or one that it extends, is missing or is not what tsc can read
 */
export function readTsconfig(file: string, source: string): ReadTsconfig {
  const options = readPlainTsconfig(file);
  return options === undefined
    ? readByTypeScript(file, source)
    : { options, file, files: [file], isSolution: false };
}

/** As `readTsconfig`, by TypeScript whatever is in the file. */
export function readByTypeScript(file: string, source: string): ReadTsconfig {
  const typescript = loadTypeScript();
  const files = new Set<string>();
  const own = { file, parsed: parse(typescript, file, files) };
  const found = projectOf(typescript, own, source, files);
  const { configFile: _text, ...options } = found.parsed.options;
  const isSolution = (own.parsed.projectReferences ?? []).length > 0;
  return { options, file: found.file, files: [...files], isSolution };
}

interface Project {
  readonly file: string;
  readonly parsed: ParsedCommandLine;
}

/** Of a solution, whose own file has nothing but references, the project that the source belongs to. */
function projectOf(
  typescript: TypeScriptCompiler,
  own: Project,
  source: string,
  files: Set<string>,
): Project {
  const seen = new Set<string>([own.file]);
  const find = (project: Project): Project | undefined => {
    if (includesFile(dirname(project.file), project.parsed.raw, source)) {
      return project;
    }
    for (const reference of project.parsed.projectReferences ?? []) {
      const path = typescript.resolveProjectReferencePath(reference);
      if (!seen.has(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
        seen.add(path);
        const found = find({ file: resolve(path), parsed: parse(typescript, resolve(path), files) });
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  };
  return find(own) ?? own;
}

function parse(typescript: TypeScriptCompiler, file: string, files: Set<string>): ParsedCommandLine {
  const readFile = (path: string): string | undefined => {
    files.add(path);
    return typescript.sys.readFile(path);
  };
  // Which files belong to the project takes long to find out, and is not asked.
  const host: ParseConfigHost = { ...typescript.sys, readFile, readDirectory: () => [] };
  requireUnicode(typescript, file);
  const { error } = typescript.readConfigFile(file, readFile);
  const content = typescript.readJsonConfigFile(file, readFile);
  const parsed = typescript.parseJsonSourceFileConfigFileContent(
    content,
    host,
    dirname(file),
    undefined,
    file,
  );
  files.forEach((path) => requireUnicode(typescript, path));
  const failure = error ?? parsed.errors.find((each) => isUnreadable(typescript, each));
  if (failure !== undefined) {
    throw invalidTsconfig(typescript, failure, namingMissing(typescript, failure, files) ?? content);
  }
  return parsed;
}

/**
 * The compiler would go on with changed texts.
 * @throws {LoadError} `tsconfig-invalid`
 */
function requireUnicode(typescript: TypeScriptCompiler, path: string): void {
  const text = typescript.sys.readFile(path);
  if (text !== undefined && !isUtf16(path)) {
    requireUtf8(path, text, (message, hint) => {
      return new LoadError("tsconfig-invalid", message, { file: path, hint });
    });
  }
}

/** As TypeScript tells it: by the mark at the beginning. */
function isUtf16(path: string): boolean {
  const [first, second] = readFileSync(path).subarray(0, 2);
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Cannot read file; file not found; circular `extends`; `extends` that names nothing. */
const unreadable = new Set([5083, 6053, 18000, 18051]);

/** An option that this version of TypeScript does not know, or no longer, hinders nobody; a text that is no JSON does. */
function isUnreadable(typescript: TypeScriptCompiler, { code, category }: Diagnostic): boolean {
  return category === typescript.DiagnosticCategory.Error && (code < 2000 || unreadable.has(code));
}

/** The compiler does not say where a file that is missing is named. */
function namingMissing(
  typescript: TypeScriptCompiler,
  { file, messageText }: Diagnostic,
  files: ReadonlySet<string>,
): Place | undefined {
  for (const path of file === undefined ? files : []) {
    const content = typescript.readJsonConfigFile(path, (name) => typescript.sys.readFile(name));
    const [root] = content.statements;
    const found = root === undefined ? undefined : findText(root.expression);
    if (found !== undefined) {
      return {
        fileName: path,
        getLineAndCharacterOfPosition: (at) => content.getLineAndCharacterOfPosition(at),
        start: found,
      };
    }
    function findText(node: Node): number | undefined {
      if (typescript.isStringLiteral(node) && /^\.{0,2}\//.test(node.text)) {
        const named = resolve(dirname(path), node.text);
        const message = typescript.flattenDiagnosticMessageText(messageText, "\n");
        return message.includes(`'${named}`) ? node.getStart(content) : undefined;
      }
      return typescript.forEachChild(node, findText);
    }
  }
  return undefined;
}

interface Place extends Pick<SourceFile, "fileName" | "getLineAndCharacterOfPosition"> {
  readonly start?: number;
}

function invalidTsconfig(typescript: TypeScriptCompiler, diagnostic: Diagnostic, place: Place): LoadError {
  const sentence = typescript.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const text = diagnostic.file ?? place;
  const file = resolve(text.fileName);
  const start = diagnostic.start ?? place.start;
  const position = start === undefined ? undefined : text.getLineAndCharacterOfPosition(start);
  const line = position && position.line + 1;
  const column = position && position.character + 1;
  const where = position === undefined ? file : `${file}:${String(line)}:${String(column)}`;
  return new LoadError("tsconfig-invalid", `${where}: ${sentence}`, {
    file,
    line,
    column,
    hint: "Correct that file: the project's TypeScript can't be loaded without its settings.",
  });
}

/** The version of TypeScript that a project builds with; undefined where none is installed. */
export function installedTypeScript(directory: string): { file: string; version: string } | undefined {
  for (let current = directory; ; current = dirname(current)) {
    const file = join(current, "node_modules/typescript/package.json");
    try {
      const { version } = JSON.parse(readFileSync(file, "utf8")) as { readonly version?: unknown };
      return typeof version === "string" ? { file, version } : undefined;
    } catch {
      if (dirname(current) === current) {
        return undefined;
      }
    }
  }
}

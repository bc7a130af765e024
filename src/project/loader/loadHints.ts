import { existsSync, readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { moduleFormat } from "./moduleFormat";
import { isTypeScript } from "./resolveSpecifier";
import { settingsFor } from "./tsconfig";

/** What to do about what a module threw while it was loaded, where that can be told. */
export function hintForLoadFailure(error: unknown, file: string): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  return (
    columnTypeHint(error, file) ??
    cycleHint(error, file) ??
    moduleKindHint(error, file) ??
    variableHint(error)
  );
}

/** Of ES modules that import each other, one runs before the other. */
function cycleHint(error: Error, file: string): string | undefined {
  const name = /^Cannot access '([^']+)' before initialization/.exec(error.message)?.[1];
  return name === undefined || !isTypeScript(file) || moduleFormat(file) !== "module"
    ? undefined
    : `The files import each other, and this one runs before the one with ${name}. Read ${name} in a function, as in () => ${name}, or move what both need into a third file.`;
}

/** What to do about an import that leads nowhere, by Node's words for it. */
export function hintForMissingModule(message: string): string {
  const [, missing = "", importer = ""] =
    /^Cannot find module '([^']+)' imported from (.+)$/.exec(message.split("\n", 1)[0] ?? "") ?? [];
  const isOfPackage = /[\\/]node_modules[\\/]/.test(importer);
  const isThere = [".js", ".mjs", "/index.js"].some((ending) => existsSync(missing + ending));
  return isOfPackage && isAbsolute(missing) && isThere
    ? `The package imports its own files without their extensions, which Node.js does not find. If the application runs with tsx, run this with it too: NODE_OPTIONS="--import tsx".`
    : "Install the package, or correct the import.";
}

function columnTypeHint(error: Error, file: string): string | undefined {
  if (!error.message.includes("is not defined and cannot be guessed")) {
    return undefined;
  }
  if (isTypeScript(file) && !settingsFor(file).hasMetadata) {
    return 'The tsconfig.json turns emitDecoratorMetadata off. Turn it on, or give the column a type, as in @Column({ type: "varchar" }).';
  }
  return isTypeScript(file)
    ? 'Give the column a type, as in @Column({ type: "varchar" }): TypeORM cannot infer one from its declaration.'
    : 'That file was compiled without the types of its members (emitDecoratorMetadata). Name the TypeScript sources in the DataSource, or give the column a type, as in @Column({ type: "varchar" }).';
}

/** Node's words, which are no part of its interface; where they change, the hint is missing and nothing else. */
const onlyCommonjsHas = /^(exports|module|require|__dirname|__filename) is not defined/;

function moduleKindHint(error: Error, file: string): string | undefined {
  if (error.message.startsWith("Cannot use 'import.meta'")) {
    return importMetaHint(file);
  }
  const name = onlyCommonjsHas.exec(error.message)?.[1];
  switch (name) {
    case undefined:
      return undefined;
    case "__dirname":
    case "__filename":
      return `The file is an ES module. Write ${name === "__dirname" ? "import.meta.dirname" : "import.meta.filename"} instead.`;
    default:
      return isCommonjsWithImportMeta(file)
        ? importMetaHint(file)
        : `The file is an ES module. Use import and export in it, or give it the extension ${isTypeScript(file) ? ".cts" : ".cjs"}.`;
  }
}

function importMetaHint(file: string): string {
  return `The file is CommonJS, which has no import.meta. Use __dirname or __filename, or give the file the extension ${isTypeScript(file) ? ".mts" : ".mjs"}.`;
}

/** Node takes what uses `import.meta` for an ES module, whatever it was compiled to. */
function isCommonjsWithImportMeta(file: string): boolean {
  try {
    const usesImportMeta = readFileSync(file, "utf8").includes("import.meta");
    return usesImportMeta && (isTypeScript(file) || moduleFormat(file) === "commonjs");
  } catch {
    return false;
  }
}

/** Of a setting that the application demands: NestJS's `getOrThrow`, say, names it and not where it comes from. */
function variableHint(error: Error): string | undefined {
  if (error.name === "ReferenceError") {
    return undefined;
  }
  const missing = (error.message.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? []).find(
    (name) => !name.startsWith("ERR_") && process.env[name] === undefined,
  );
  return missing === undefined
    ? undefined
    : `The environment has no variable ${missing}. If the file needs one, set it, for example in a .env beside the configuration.`;
}

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, extname } from "node:path";
import { compilerVersion, loadTypeScript } from "./compiler";
import type { ModuleFormat } from "./moduleKind";
import { readCached, writeCached } from "./transpileCache";
import { settingsFor } from "./tsconfig";

/** The codes by which Node says that it finds nothing. */
const notFound = new Set([
  "MODULE_NOT_FOUND",
  "ERR_MODULE_NOT_FOUND",
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
  "ERR_PACKAGE_IMPORT_NOT_DEFINED",
  "ERR_UNSUPPORTED_DIR_IMPORT",
]);

/** Whether it is Node's resolution that found nothing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && notFound.has(String(error.code));
}

/**
 * What TypeScript resolves and Node does not: the sources behind what a package exports, imports or names as its main
 * file, `rootDirs`, `moduleSuffixes` and `customConditions`. Undefined where it finds nothing that can be run.
 */
export function resolveAsCompiler(
  specifier: string,
  parentPath: string,
  format: ModuleFormat,
): string | undefined {
  const directory = dirname(parentPath);
  const { options, file } = settingsFor(parentPath);
  const parts = ["resolve", compilerVersion, specifier, directory, extname(parentPath), format, file ?? ""];
  const digest = createHash("sha1")
    .update(JSON.stringify([...parts, options]))
    .digest("hex");
  const known = readCached(directory, `${digest}.path`);
  if (known !== undefined && existsSync(known)) {
    return known;
  }
  const found = resolveNow(specifier, parentPath, format);
  if (found !== undefined) {
    writeCached(directory, `${digest}.path`, found);
  }
  return found;
}

function resolveNow(specifier: string, parentPath: string, format: ModuleFormat): string | undefined {
  const typescript = loadTypeScript();
  const { Node10, Bundler } = typescript.ModuleResolutionKind;
  const { options } = settingsFor(parentPath);
  const isOld = options.moduleResolution === Node10;
  const host = typescript.createCompilerHost(options);
  const { resolvedModule } = typescript.resolveModuleName(
    specifier,
    parentPath,
    {
      ...options,
      module: typescript.ModuleKind.ESNext,
      moduleResolution: isOld ? Node10 : Bundler,
      customConditions: [...(options.customConditions ?? []), "node"],
      resolveJsonModule: true,
      allowJs: true,
      noDtsResolution: true,
    },
    host,
    undefined,
    undefined,
    format === "module" ? typescript.ModuleKind.ESNext : typescript.ModuleKind.CommonJS,
  );
  const path = resolvedModule?.resolvedFileName;
  return path === undefined || /\.d\.[cm]?ts$/.test(path) ? undefined : path;
}

import type { ModuleFormat } from "./moduleKind";
import { readFileSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { isTypeScript } from "./resolveSpecifier";

/**
 * The format that Node gives a file: by its extension, else by the `type` of the nearest package.json. A TypeScript file
 * whose package says nothing is CommonJS unless it uses `import.meta`.
 */
export function moduleFormat(path: string): ModuleFormat {
  const extension = extname(path);
  if (extension === ".mts" || extension === ".mjs") {
    return "module";
  }
  if (extension === ".cts" || extension === ".cjs") {
    return "commonjs";
  }
  const type = nearestPackageType(dirname(path));
  if (type !== undefined) {
    return type;
  }
  return isTypeScript(path) && /\bimport\.meta\b/.test(readFileSync(path, "utf8")) ? "module" : "commonjs";
}

const typeByPackageFile = new Map<
  string,
  { readonly stamp: string; readonly type: ModuleFormat | undefined }
>();

function nearestPackageType(directory: string): ModuleFormat | undefined {
  const file = join(directory, "package.json");
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() === true) {
    return packageType(file, `${stats.mtimeMs}:${stats.size}`);
  }
  const parent = dirname(directory);
  return parent === directory || directory.endsWith("node_modules") ? undefined : nearestPackageType(parent);
}

function packageType(file: string, stamp: string): ModuleFormat | undefined {
  const cached = typeByPackageFile.get(file);
  if (cached?.stamp === stamp) {
    return cached.type;
  }
  const type = readPackageType(file);
  typeByPackageFile.set(file, { stamp, type });
  return type;
}

function readPackageType(file: string): ModuleFormat | undefined {
  try {
    const { type } = JSON.parse(readFileSync(file, "utf8")) as { type?: unknown };
    return type === "module" || type === "commonjs" ? type : undefined;
  } catch {
    return undefined;
  }
}

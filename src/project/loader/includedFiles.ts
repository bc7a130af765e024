import { resolve } from "node:path";

/**
 * Whether a tsconfig.json makes a file part of its project by its `files`, `include` and `exclude`.
 * @param directory its folder
 * @param content its content, all that it extends applied
 */
export function includesFile(directory: string, content: unknown, file: string): boolean {
  const { files, include, exclude } = (content ?? {}) as Readonly<Record<string, unknown>>;
  const named = listOf(files);
  if (named?.some((path) => absolute(directory, path) === slashed(file)) === true) {
    return true;
  }
  const included = listOf(include) ?? (named === undefined ? ["**/*"] : []);
  const excluded = listOf(exclude) ?? ["node_modules", "bower_components", "jspm_packages"];
  const matches = (pattern: string): boolean => patternOf(directory, pattern).test(slashed(file));
  return included.some(matches) && !excluded.some(matches);
}

function listOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;
}

/** A pattern without a wildcard in its end, and without an extension, is a folder with all that lies in it. */
function patternOf(directory: string, pattern: string): RegExp {
  const parts = absolute(directory, pattern).split("/");
  const expression = parts.map((part) => (part === "**" ? "(?:[^/]+/)*" : `${segment(part)}/`)).join("");
  return new RegExp(`^${expression.replace(/\/$/, "")}(?:/.*)?$`);
}

function segment(part: string): string {
  return part
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
}

function absolute(directory: string, path: string): string {
  return slashed(resolve(directory, path.replaceAll("${configDir}", directory)));
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readRegularFile } from "../machine/regularFile";

const largestPackage = 4_000_000;

/** The files in which prettier looks for settings, beside `package.json`. */
const settingsFiles: readonly string[] = [
  ".editorconfig",
  "package.yaml",
  ...["", ".json", ".yaml", ".yml", ".json5", ".toml"].map((ending) => `.prettierrc${ending}`),
  ...[".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"].flatMap((ending) => [
    `.prettierrc${ending}`,
    `prettier.config${ending}`,
  ]),
];

/** Lines of a revision without operations that prettier leaves as they are when nobody has set it otherwise. */
const settledLines: readonly RegExp[] = [
  /^\/\*\*$/,
  /^ \*(?: [^ ].*)?$/,
  /^ \*\/$/,
  /^import type \{ Migration \} from "alembic-ts";$/,
  /^export const \w+(?:: [\w |[\]]+)? = (?:null|"\w*");$/,
  /^export async function \w+\(\): Promise<void> \{\}$/,
];

const lineWidth = 80;

/**
 * Whether prettier would leave a file as it is, in a project without settings of prettier's: one that has no operations, or
 * whose operations are laid out already. Such a file is what `revision` makes most often, and to load prettier takes longer
 * than all else about it; of the first revision of many entities prettier takes most of the time.
 * @param isLaidOut whether the bodies of its functions are as prettier lays them out by default
 */
export function isFormatted(text: string, path: string, isLaidOut = false): boolean {
  return (isSettled(text) || (isLaidOut && isSettledAround(text))) && !hasSettings(dirname(path));
}

/** What our printer is tested to lay out as prettier does: text of these characters, with nothing at the end of a line. */
const ordinary = /^[\x20-\x7e\n]*$/;

function isSettledAround(text: string): boolean {
  const start = text.indexOf("\nexport async function ");
  return (
    start >= 0 &&
    ordinary.test(text) &&
    !text.includes(" \n") &&
    isSettled(text.slice(0, start)) &&
    text.endsWith("}\n")
  );
}

function isSettled(text: string): boolean {
  const lines = text.split("\n");
  return (
    lines.pop() === "" &&
    lines.every(
      (line, at) =>
        (line === "" ? at > 0 && at < lines.length - 1 && lines[at - 1] !== "" : isSettledLine(line)) &&
        !line.includes("\r"),
    )
  );
}

function isSettledLine(line: string): boolean {
  const isComment = line.startsWith(" *") || line.startsWith("/*");
  return (
    (isComment || line.length <= lineWidth) &&
    !/\s$/.test(line) &&
    settledLines.some((pattern) => pattern.test(line))
  );
}

function hasSettings(directory: string): boolean {
  if (settingsFiles.some((name) => existsSync(join(directory, name))) || isInPackage(directory)) {
    return true;
  }
  const parent = dirname(directory);
  return parent !== directory && hasSettings(parent);
}

function isInPackage(directory: string): boolean {
  try {
    const contents: unknown = JSON.parse(
      readRegularFile(join(directory, "package.json"), largestPackage) ?? "null",
    );
    return typeof contents === "object" && contents !== null && Object.hasOwn(contents, "prettier");
  } catch {
    return false;
  }
}

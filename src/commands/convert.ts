import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CommandError } from "../context/commandError";
import type { Command } from "../context/commandContext";
import type { ConvertedFile, ConvertOptions } from "../context/convertCommand";
import { readSoundGraph } from "../context/readGraph";
import { writeNewFile } from "../machine/newFile";
import { formatWithPrettier } from "../project/formatSource";
import type { ProjectConfig } from "../project/projectConfig";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { historyRange } from "../revision/history";
import { resolveRevisions } from "../revision/resolve";
import { toRevision } from "../source/header";
import { parseRevisionFile } from "../source/parseRevisionFile";
import { convertRevision } from "../source/python/convert/convertRevision";
import { decodePython } from "../source/python/decodePython";
import { isRevisionFileName } from "../source/revisionFileNames";

/** What a Python file is called that a TypeScript one has replaced: Alembic reads it no more. */
const replacedEnding = ".converted";

/**
 * Converts Python revisions to TypeScript ones with the same ids. Everything is converted and read back before the first
 * file is written. The new files are outside the folders of revisions, or replace the Python ones: a chain never has a
 * revision twice.
 * @throws CommandError, RevisionError, ScriptDirectoryError
 */
export const convert: Command<"convert"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const revisions = selected(graph, options.revisions).filter(({ path }) => path.endsWith(".py"));
  if (revisions.length === 0) {
    throw new CommandError(
      "python-project",
      "There is no Python revision to convert.",
      "Name a revision or a range of Python revisions.",
    );
  }
  const folder = options.replace === true ? undefined : outputFolder(context.config, options.output);
  const files: ConvertedFile[] = [];
  for (const revision of revisions) {
    files.push(await convertFile(context.config, revision, folder));
  }
  requireFreePlaces(files, options.replace === true);
  if (options.dryRun !== true) {
    for (const file of files) {
      await write(file, options.replace === true);
      context.report({ kind: "fileWritten", path: file.path });
    }
  }
  return { files, isWritten: options.dryRun !== true };
};

/** Parents first. */
function selected(graph: RevisionGraph, named: ConvertOptions["revisions"] = []): readonly GraphRevision[] {
  const all = [...historyRange(graph, undefined, [])].reverse();
  if (named.length === 0) {
    return all;
  }
  const found = named.flatMap((name) =>
    name.includes(":") ? historyRange(graph, name, []) : resolveRevisions(graph, name),
  );
  const wanted = new Set(found.map(({ revision }) => revision));
  return all.filter(({ revision }) => wanted.has(revision));
}

/** @throws CommandError `invalid-version-path` where revisions are read from that folder */
function outputFolder(config: ProjectConfig, output: string | undefined): string {
  const folder = output === undefined ? join(config.scriptLocation, "typescript") : resolve(output);
  const isRead = config.versionLocations.some((location) => {
    const way = relative(location, folder);
    return way === "" || (config.recursiveVersionLocations && !way.startsWith(".."));
  });
  if (isRead) {
    throw new CommandError(
      "invalid-version-path",
      `Revisions are read from ${folder}, so each converted revision would be there twice.`,
      "Choose another folder with --output, or replace the Python files with --replace.",
    );
  }
  return folder;
}

async function convertFile(
  config: ProjectConfig,
  revision: GraphRevision,
  folder: string | undefined,
): Promise<ConvertedFile> {
  const source = revision.path;
  const fileName = basename(source);
  const name = typeScriptName(fileName.replace(/\.py$/, ""));
  const text = decodePython(await readFile(source));
  if (text === undefined || !isRevisionFileName(name)) {
    throw notConverted(
      source,
      text === undefined ? "its encoding is not known" : `${name} cannot be a revision`,
    );
  }
  const converted = convertRevision({ text, fileName, namingConvention: config.namingConvention });
  if (converted.kind === "refused") {
    throw notConverted(source, converted.reason);
  }
  const path = join(folder ?? dirname(source), name);
  const formatted = await formatWithPrettier(converted.text, path);
  if (formatted.warning !== undefined || !isSameRevision(formatted.text, path, revision)) {
    throw notConverted(source, "the result cannot be read back");
  }
  const { byHand, hasUnnamedConstraints } = converted;
  return { revision: revision.revision, source, path, text: formatted.text, byHand, hasUnnamedConstraints };
}

/** The name of the new file: one that would count for no revision, as `v3.0.0.d` would, loses its dots. */
function typeScriptName(stem: string): string {
  const name = `${stem}.ts`;
  return isRevisionFileName(name) ? name : `${stem.replaceAll(".", "_")}.ts`;
}

function notConverted(source: string, reason: string): CommandError {
  return new CommandError(
    "python-project",
    `${source} cannot be converted: ${reason}. Nothing was written.`,
    "Convert this revision by hand, and name the others.",
  );
}

function isSameRevision(text: string, path: string, { revision, ...expected }: GraphRevision): boolean {
  const scan = parseRevisionFile(text, path);
  if (scan.kind !== "revision" || scan.header.undecided !== undefined) {
    return false;
  }
  const found = toRevision(scan.header, path);
  const describe = (record: Omit<typeof found, "revision" | "path" | "doc">): string =>
    JSON.stringify([record.downRevisions, record.branchLabels, record.dependsOn, record.message]);
  return found.revision === revision && describe(found) === describe(expected);
}

/** @throws CommandError `file-exists` */
function requireFreePlaces(files: readonly ConvertedFile[], isReplacing: boolean): void {
  const taken = new Set<string>();
  for (const { path, source } of files) {
    const places = isReplacing ? [path, source + replacedEnding] : [path];
    const occupied = places.find((place) => taken.has(place) || existsSync(place));
    if (occupied !== undefined) {
      throw new CommandError(
        "file-exists",
        `File ${occupied} already exists`,
        "Nothing was written. Move that file out of the way.",
      );
    }
    places.forEach((place) => taken.add(place));
  }
}

async function write({ path, source, text }: ConvertedFile, isReplacing: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (!(await writeNewFile(path, text))) {
    throw new CommandError("file-exists", `File ${path} already exists`, "Move that file out of the way.");
  }
  if (isReplacing) {
    try {
      await rename(source, source + replacedEnding);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }
}

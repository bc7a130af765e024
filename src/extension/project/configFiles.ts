import * as vscode from "vscode";
import type { StaticConfig } from "../../project/staticConfig";
import { readConfigText } from "./parser";
import { folderOf, pathOf } from "./paths";

/** Names of configuration files; of several in one folder, the first one here counts. */
export const configFileNames = [
  "alembic.config.ts",
  "alembic.config.mts",
  "alembic.config.cts",
  "alembic.config.js",
  "alembic.config.mjs",
  "alembic.config.cjs",
  "alembic.config.json",
  "alembic.ini",
  "pyproject.toml",
] as const;

export const configGlob = `**/{${configFileNames.join(",")}}`;
export const excludedFoldersGlob = "**/{node_modules,.git,.alembic,.venv,venv,dist,out,build}/**";
const mostConfigs = 200;

export interface ConfigFile {
  readonly uri: vscode.Uri;
  /** Undefined where running the configuration is the only way to know. */
  readonly config: StaticConfig | undefined;
  /** Of an ini file that has several, as Alembic's `--name` names it; undefined for that which counts without. */
  readonly section?: string;
}

/** Tells configurations apart; one that has no section by its file alone. */
export function configId({ uri, section }: ConfigFile): string {
  return section === undefined ? uri.toString() : `${uri.toString()}#${section}`;
}

/** The configurations of the workspace, of one file to a folder, sorted by path. Nothing is run. */
export async function findConfigFiles(token: vscode.CancellationToken): Promise<readonly ConfigFile[]> {
  const found = await vscode.workspace.findFiles(configGlob, excludedFoldersGlob, mostConfigs, token);
  const byFolder = new Map<string, vscode.Uri[]>();
  for (const uri of found) {
    const folder = folderOf(uri).toString();
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), uri]);
  }
  const configs: ConfigFile[] = [];
  for (const uris of byFolder.values()) {
    configs.push(...(await firstConfigFile(uris)));
  }
  return configs.sort((a, b) => (a.uri.path < b.uri.path ? -1 : a.uri.path > b.uri.path ? 1 : 0));
}

/** The configurations at the top of the workspace's folders, without a search. */
export async function readConfigFilesOfRoots(): Promise<readonly ConfigFile[]> {
  const configs = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(({ uri }) =>
      firstConfigFile(configFileNames.map((name) => vscode.Uri.joinPath(uri, name))),
    ),
  );
  return configs.flat();
}

/** The configurations of the first file that has one; an ini file may have one in each section. */
async function firstConfigFile(uris: readonly vscode.Uri[]): Promise<readonly ConfigFile[]> {
  const ranked = [...uris].sort((a, b) => rankOf(a) - rankOf(b));
  // All at once: each that is not there would take a way through the editor of its own.
  const texts = await Promise.all(ranked.map((uri) => readText(uri)));
  for (const [index, uri] of ranked.entries()) {
    const text = texts[index];
    if (text === undefined) {
      continue;
    }
    const configs = readConfigText(text, pathOf(uri));
    if (configs.some(({ config }) => config !== undefined) || !uri.path.endsWith("/pyproject.toml")) {
      return configs.map((config) => ({ uri, ...config }));
    }
  }
  return [];
}

function rankOf(uri: vscode.Uri): number {
  return configFileNames.findIndex((name) => uri.path.endsWith(`/${name}`));
}

/** No configuration comes near; parsing more would hold up the editor. */
const largestConfig = 256_000;

/** A file's text; undefined if it can't be read, is no regular file, or is larger than `mostBytes`. */
export async function readText(uri: vscode.Uri, mostBytes = largestConfig): Promise<string | undefined> {
  try {
    // Reading a device or a pipe need not end.
    const { type, size } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) !== 0 && size <= mostBytes
      ? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))
      : undefined;
  } catch {
    return undefined;
  }
}

// A SQLite for the tests. Node 20 has none of its own, and better-sqlite3 is no dependency of ours: it is built by a
// compiler, which must not be what `npm ci` fails on.
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { localHeaders } from "./localHeaders.mjs";
import { plainEnvironment, runProcess } from "./runProcess.mjs";

const testFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), ".vscode-test");

/**
 * Sees to a SQLite and says which Node the tests have to run on: this one, if it has SQLite itself or better-sqlite3
 * can be installed for it, otherwise a newer one from npm.
 *
 * @returns {Promise<string>} a Node executable
 */
export async function nodeWithSqlite() {
  const hasOwn = hasBuiltInSqlite();
  const hasPackage = await install("sqlite", "better-sqlite3@12.11.1");
  if (hasOwn || hasPackage) {
    return process.execPath;
  }
  const fromHost = nodeOf("server");
  if (existsSync(fromHost) || (await install("node", "node@24"))) {
    return existsSync(fromHost) ? fromHost : nodeOf("node");
  }
  throw new Error(
    "Found no SQLite: this Node has none, and neither better-sqlite3 nor node@24 could be installed.",
  );
}

function hasBuiltInSqlite() {
  try {
    createRequire(import.meta.url)("node:sqlite");
    return true;
  } catch {
    return false;
  }
}

function nodeOf(name) {
  return join(
    testFolder,
    name,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
}

/** Installs a package into a folder of its own, complete or not at all; false where that fails. */
async function install(name, packageAndVersion) {
  const folder = join(testFolder, name);
  const recipe = `${packageAndVersion} for Node modules ${process.versions.modules}`;
  const marker = join(folder, "recipe.txt");
  if (existsSync(marker) && (await readFile(marker, "utf8")) === recipe) {
    return true;
  }
  console.log(`Installing ${packageAndVersion} for the tests; compiling it takes a minute or two.`);
  const unfinished = `${folder}.${process.pid}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, "package.json"), '{ "private": true }\n');
  const { code, output } = await runProcess(
    "npm",
    ["install", "--no-audit", "--no-fund", packageAndVersion],
    {
      cwd: unfinished,
      // A ready-made binary would come from GitHub.
      env: plainEnvironment({ npm_config_build_from_source: "true", ...localHeaders() }),
      capture: true,
      timeout: 8 * 60_000,
    },
  );
  if (code !== 0) {
    console.log(`It can't be installed here:\n${output.slice(-2_000)}`);
    await rm(unfinished, { recursive: true, force: true });
    return false;
  }
  await writeFile(join(unfinished, "recipe.txt"), recipe);
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  return true;
}

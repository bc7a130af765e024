/**
 * `npm start`: sets everything up in a fresh clone and shows the example project. The embedded PostgreSQL is
 * used, so that nothing has to be installed by hand. With `--no-editor` it ends after the command line has
 * shown the revisions as applied; otherwise it opens the example in VS Code with the extension loaded.
 */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { npmCommand } from "./npmCommand.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const example = path.join(root, "examples", "educational-platform");
const cli = path.join(root, "dist", "cli.js");

// The example must show the embedded database, whatever the caller's shell happens to name.
const environment = { ...process.env };
for (const name of [
  "DATABASE_URL",
  "POSTGRES_HOST",
  "POSTGRES_PORT",
  "POSTGRES_DB",
  "POSTGRES_USER",
  "POSTGRES_PASSWORD",
  "PGHOST",
  "PGHOSTADDR",
  "PGDATABASE",
  "PGSERVICE",
  "CI",
]) {
  delete environment[name];
}

function run(command, args, options = {}) {
  endUnlessDone(spawnSync(command, args, { cwd: root, stdio: "inherit", ...options }));
}

function endUnlessDone(result) {
  if (result.status !== 0) {
    process.exit(result.status ?? 1);
  }
}

function say(text) {
  console.log(`\n> ${text}`);
}

if (!existsSync(path.join(root, "node_modules", ".package-lock.json"))) {
  say("npm ci: installing the dependencies from the npm registry");
  const { command, args } = npmCommand("npm", ["ci", "--no-audit", "--no-fund"]);
  run(command, args);
}
say("node esbuild.mjs: building the extension, the engine and the command line into dist/");
run(process.execPath, ["esbuild.mjs"]);

for (const args of [["upgrade", "head"], ["status"]]) {
  say(`alembic-ts ${args.join(" ")}   (in examples/educational-platform)`);
  run(process.execPath, [cli, ...args], { cwd: example, env: environment });
}

if (!process.argv.includes("--no-editor")) {
  // It is a batch file on Windows. Only now is this package certain to be installed.
  const { default: crossSpawn } = await import("cross-spawn");
  const isThere = crossSpawn.sync("code", ["--version"]).status === 0;
  if (isThere) {
    say("code: opening the example with the extension loaded");
    const args = ["--new-window", `--extensionDevelopmentPath=${root}`, example];
    endUnlessDone(crossSpawn.sync("code", args, { cwd: root, stdio: "inherit" }));
  } else {
    say("There is no `code` command here; open this folder in VS Code and press F5 to see the extension.");
  }
}

/**
 * `npm run package`: builds for release and packs alembic-ts-<version>.vsix, with what the engine loads at run
 * time beside its bundle, so that the extension works in a workspace without node_modules.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const output = path.join(root, `${manifest.name}-${manifest.version}.vsix`);

function run(args) {
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (result.status !== 0) {
    process.exit(result.status ?? 1);
  }
}

run(["esbuild.mjs", "--production", "--vendor"]);
run([
  path.join("node_modules", "@vscode", "vsce", "vsce"),
  "package",
  "--no-dependencies",
  "--allow-missing-repository",
  "--out",
  output,
]);

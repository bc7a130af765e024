/**
 * `npm run package`: builds for release and packs alembic-ts-<version>.vsix, with what the engine loads at run time
 * beside its bundle, so that the extension works in a workspace without node_modules. `-- --npm` packs what goes to
 * the npm registry instead, `-- --out <folder>` puts the file there. All is made in a copy, so dist/ stays as it is.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import JSZip from "jszip";
import { npmManifest, packedReadme } from "./packedTexts.mjs";
import { plainEnvironment, runProcess } from "./runProcess.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { values } = parseArgs({
  options: { out: { type: "string", default: root }, npm: { type: "boolean", default: false } },
});
const output = path.resolve(values.out);

/** Neither built from nor packed. What of the rest is packed, .vscodeignore and .npmignore say. */
const leftOut = new Set([".git", ".vscode-test", "dist", "examples", "node_modules", "out", "test"]);

function copySources(folder) {
  const screenshots = path.join(root, "media", "screenshots");
  for (const name of readdirSync(root).filter((name) => !leftOut.has(name) && !/\.(vsix|tgz)$/.test(name))) {
    cpSync(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => source !== screenshots,
    });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
}

async function run(folder, command, args) {
  const { code } = await runProcess(command, args, { cwd: folder, env: plainEnvironment() });
  if (code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with exit code ${code}.`);
  }
}

/** JSON without its layout, and the manifest without what only the repository needs. */
function installedText(name, text) {
  const content = JSON.parse(text);
  if (name === "extension/package.json") {
    delete content.scripts;
    delete content.devDependencies;
  }
  return JSON.stringify(content);
}

/**
 * Adds what vsce leaves out: it packs nothing of `node_modules` beside the manifest, where the editor looks for plugins of
 * TypeScript's server. JSON is packed without its layout.
 */
async function complete(file, folder, plugins) {
  const zip = await JSZip.loadAsync(readFileSync(file));
  for (const { name } of plugins) {
    const manifest = path.join("node_modules", name, "package.json");
    zip.file(`extension/${manifest.replaceAll(path.sep, "/")}`, readFileSync(path.join(folder, manifest)));
  }
  for (const entry of zip.file(/^extension\/(?!dist\/|node_modules\/).*\.json$/)) {
    zip.file(entry.name, installedText(entry.name, await entry.async("string")));
  }
  writeFileSync(
    file,
    await zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE", compressionOptions: { level: 9 } }),
  );
}

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

async function buildForRelease(folder, more = []) {
  await run(folder, process.execPath, ["esbuild.mjs", "--production", ...more]);
  const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
  await run(folder, process.execPath, [compiler, "-p", "tsconfig.types.json"]);
}

async function packExtension(folder) {
  const { name, version, contributes } = manifest;
  const vsce = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
  const file = path.join(output, `${name}-${version}.vsix`);
  await buildForRelease(folder, ["--vendor"]);
  await run(folder, process.execPath, [vsce, "package", "--no-dependencies", "--out", file]);
  await complete(file, folder, contributes.typescriptServerPlugins);
}

async function packForRegistry(folder) {
  await buildForRelease(folder);
  writeFileSync(
    path.join(folder, "package.json"),
    `${JSON.stringify(npmManifest(manifest), undefined, 2)}\n`,
  );
  await run(folder, "npm", ["pack", "--ignore-scripts", "--pack-destination", output, "--loglevel=error"]);
}

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "alembic-ts-package-")));
try {
  copySources(folder);
  const readme = path.join(folder, "README.md");
  writeFileSync(readme, packedReadme(readFileSync(readme, "utf8"), manifest));
  mkdirSync(output, { recursive: true });
  await (values.npm ? packForRegistry : packExtension)(folder);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

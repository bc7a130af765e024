/**
 * `npm run screenshots`: opens the example in a real VS Code with the packed extension installed, and takes a picture of
 * every view in every theme. Those that the documentation shows go to media/screenshots, the others to out/screenshots. Look at
 * each of them before they are committed. `-- light tests` takes only those whose names have one of these words.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { installExtension } from "../test/host/editorServer.mjs";
import { openEditor } from "../test/host/editorSession.mjs";
import { sessions } from "./screenshotScenes.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const shownPictures = path.join(root, "media", "screenshots");
const otherPictures = path.join(root, "out", "screenshots");
const editorPages = readdirSync(path.join(root, "docs/editor")).map((file) => `docs/editor/${file}`);
const documentation = ["README.md", "docs/editor.md", ...editorPages]
  .map((file) => readFileSync(path.join(root, file), "utf8"))
  .join("\n");
const largestPicture = 200 * 1024;

const themes = new Map([
  ["dark", "Default Dark Modern"],
  ["light", "Default Light Modern"],
  ["contrast", "Default High Contrast"],
]);

const settings = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 12,
  // Lenses are above the code.
  "editor.hover.above": false,
  "files.autoSave": "off",
  "editor.minimap.enabled": false,
  "editor.renderWhitespace": "none",
  "editor.stickyScroll.enabled": false,
  "remote.autoForwardPorts": false,
  "[sql]": { "editor.wordWrap": "on" },
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
  "workbench.navigationControl.enabled": false,
};

function run(args, folder) {
  const result = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (result.status !== 0) {
    throw new Error(`${args.join(" ")} failed:\n${result.stdout}${result.stderr}`);
  }
}

/** The example as a user has it, with the packed npm package among its node_modules. */
function makeWorkspace(folder, tarball) {
  const workspace = path.join(folder, "educational-platform");
  const example = path.join(root, "examples", "educational-platform");
  cpSync(example, workspace, {
    recursive: true,
    filter: (source) => !/node_modules|\.alembic|\.env$/.test(source.slice(example.length)),
  });
  const modules = path.join(workspace, "node_modules");
  mkdirSync(modules);
  spawnSync("tar", ["-xzf", tarball], { cwd: modules });
  renameSync(path.join(modules, "package"), path.join(modules, "alembic-ts"));
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(workspace, "package.json"), "utf8"),
  );
  const ours = ["@electric-sql/pglite", "prettier"];
  const names = [...Object.keys(dependencies), ...Object.keys(devDependencies), ...ours];
  for (const name of names.filter((name) => name !== "alembic-ts")) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.join(root, "node_modules", name), path.join(modules, name), "junction");
  }
  const settingsFolder = path.join(workspace, ".vscode");
  mkdirSync(settingsFolder, { recursive: true });
  writeFileSync(
    path.join(settingsFolder, "settings.json"),
    `${JSON.stringify({ "files.exclude": { "**/node_modules": true, ".vscode": true } })}\n`,
  );
  return workspace;
}

function runCommandLine(workspace, ...args) {
  run([path.join(workspace, "node_modules", "alembic-ts", "dist", "cli.js"), ...args], workspace);
}

function packedFile(folder, extension) {
  return path.join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(extension)),
  );
}

async function takeAll(scenes, theme, { workspace, extensionsFolder, isWanted }) {
  const editor = await openEditor({
    workspace,
    extensionsFolder,
    theme: themes.get(theme),
    settings,
    viewport: { width: 1280, height: 800 },
  });
  try {
    for (const { name, show } of scenes) {
      const file = `${name}-${theme}.png`;
      try {
        await show({ ...editor, workspace, runCommandLine: (...args) => runCommandLine(workspace, ...args) });
      } catch (error) {
        const picture = path.join(tmpdir(), `alembic-ts-failed-${file}`);
        await editor.page.screenshot({ path: picture });
        throw new Error(`${file} could not be taken; ${picture} shows why.`, { cause: error });
      }
      // What fades in or blinks comes to rest.
      await editor.page.waitForTimeout(1500);
      if (isWanted(file)) {
        const isShown = documentation.includes(`media/screenshots/${file}`);
        await keep(editor.page, path.join(isShown ? shownPictures : otherPictures, file));
      }
    }
  } finally {
    await editor.close();
  }
}

async function keep(page, file) {
  await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
  const { size } = statSync(file);
  console.log(`${path.relative(root, file)}: ${Math.round(size / 1024)} KB`);
  if (size > largestPicture) {
    throw new Error(`${file} is larger than ${largestPicture / 1024} KB.`);
  }
}

const words = process.argv.slice(2);
const isWanted = (file) => words.length === 0 || words.some((word) => file.includes(word));
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "alembic-ts-pictures-")));
try {
  mkdirSync(shownPictures, { recursive: true });
  mkdirSync(otherPictures, { recursive: true });
  run(["scripts/package.mjs", "--out", folder], root);
  run(["scripts/package.mjs", "--npm", "--out", folder], root);
  const extensionsFolder = path.join(folder, "extensions");
  await installExtension({
    vsix: packedFile(folder, ".vsix"),
    dataFolder: path.join(folder, "data"),
    extensionsFolder,
  });
  for (const theme of themes.keys()) {
    for (const { name: session, prepare, scenes } of sessions) {
      if (scenes.some(({ name }) => isWanted(`${name}-${theme}.png`))) {
        const workspace = makeWorkspace(path.join(folder, theme, session), packedFile(folder, ".tgz"));
        prepare({ workspace, runCommandLine: (...args) => runCommandLine(workspace, ...args) });
        await takeAll(scenes, theme, { workspace, extensionsFolder, isWanted });
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

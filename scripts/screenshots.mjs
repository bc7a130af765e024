/**
 * `npm run screenshots`: opens the example in a real VS Code with the packed extension installed, and takes the pictures
 * of media/screenshots. Look at each of them before it is committed. `-- light tree` takes only those whose names have
 * one of these words.
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

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const pictures = path.join(root, "media", "screenshots");
const largestPicture = 200 * 1024;

/** The example stands here: the last ones are pending. */
const current = "jkl012";

const themes = new Map([
  ["dark", "Default Dark Modern"],
  ["light", "Default Light Modern"],
  ["contrast", "Default High Contrast"],
]);

const settings = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 12,
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

/**
 * The pictures of one session, in the order in which they are taken; each begins where the one before it ended. In high
 * contrast only some are kept.
 */
const scenes = [
  { name: "revisions", show: showRevisions, inContrast: true },
  { name: "hover", show: hoverParent },
  { name: "downgrade", show: askForDowngrade },
  { name: "sql-preview", show: previewSql },
  { name: "mistyped-parent", show: mistypeParent, inContrast: true },
  { name: "quick-fixes", show: listFixes },
  { name: "graph", show: showGraph, inContrast: true },
  { name: "rename-question", show: askAboutRename },
  { name: "autogenerate", show: previewGenerated, inContrast: true },
  { name: "drift", show: listDrift },
];

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

async function showRevisions({ page, runCommand }) {
  await page.locator(".statusbar-item").filter({ hasText: "Alembic" }).waitFor();
  await page.locator('.activitybar [aria-label="Alembic"]').first().click();
  await widenSideBar(page, 100);
  await runCommand("Alembic: Check Status");
  await rowOf(page, "current").waitFor({ timeout: 60_000 });
  await rowOf(page, "def456").click();
  await lensOf(page, "Downgrade to before this").waitFor();
  // A line whose colouring takes too long, as the first may where much else begins, is coloured by half and stays so.
  await runCommand("Developer: Force Retokenize");
  // TypeScript's own progress, which may have ended already.
  await page.waitForTimeout(1500);
  await page.locator(".statusbar-item").filter({ hasText: "Initializing" }).waitFor({ state: "hidden" });
  await runCommand("Notifications: Clear All Notifications");
  await page.mouse.move(900, 700);
}

async function hoverParent({ page }) {
  await page.locator(".view-line").filter({ hasText: "down_revision" }).getByText('"abc123"').first().hover();
  await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();
}

async function askForDowngrade({ page }) {
  await lensOf(page, "Downgrade to before this").click();
  await page.locator(".monaco-dialog-box").waitFor();
}

async function previewSql({ page, runCommand }) {
  await page.keyboard.press("Escape");
  await runCommand("View: Toggle Primary Side Bar Visibility");
  await lensOf(page, "Preview SQL").click();
  await page.locator(".view-line").filter({ hasText: "ALTER TABLE" }).first().waitFor({ timeout: 30_000 });
  await page.mouse.move(900, 700);
}

async function mistypeParent({ page, runCommand }) {
  await runCommand("View: Close All Editor Groups");
  await runCommand("View: Toggle Primary Side Bar Visibility");
  await rowOf(page, "ghi789").click();
  const line = page.locator(".view-line").filter({ hasText: "down_revision" }).first();
  await line.getByText('"def456"').first().dblclick();
  await page.keyboard.type("def465");
  await runCommand("Problems: Focus on Problems View");
  await page.locator('.panel input[placeholder^="Filter"]').fill("def465");
  await page.locator(".markers-panel .monaco-list-row").nth(1).waitFor();
  await page.mouse.move(900, 400);
}

async function listFixes({ page, runCommand }) {
  await page.keyboard.press("Control+J");
  await runCommand("View: Focus Active Editor Group");
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").first().waitFor();
}

/** The graph of two branches that are merged again, which two more people might have made. */
async function showGraph({ page, runCommand, workspace }) {
  await page.keyboard.press("Escape");
  await runCommand("File: Revert File");
  await runCommand("View: Close All Editor Groups");
  const revision = (...args) => runCommandLine(workspace, "revision", ...args);
  revision("-m", "Add course ratings", "--rev-id", "stu901", "--head", "jkl012", "--splice");
  revision("-m", "Index course ratings by course", "--rev-id", "vwx234", "--head", "stu901");
  runCommandLine(workspace, "merge", "-m", "Merge course ratings", "--rev-id", "yza567", "pqr678", "vwx234");
  await rowOf(page, "Merge course ratings").waitFor();
  await runCommand("View: Toggle Primary Side Bar Visibility");
  await runCommand("Alembic: Show Graph");
  const graph = page.frameLocator("iframe.webview").frameLocator("iframe");
  await graph.getByText("Merge course ratings").first().waitFor();
  await page.mouse.move(900, 700);
}

/** An entity is edited: a column gets another name, one comes, and one goes. */
async function askAboutRename({ page, runCommand, workspace }) {
  await runCommand("View: Close All Editor Groups");
  await runCommand("Alembic: Upgrade to Head");
  await page.locator(".statusbar-item").filter({ hasText: "up to date" }).waitFor({ timeout: 60_000 });
  const entity = path.join(workspace, "src", "entities", "User.ts");
  const changes = [
    ['name: "full_name"', 'name: "display_name"'],
    [
      /(?= {2}\/\*\* "active")/,
      '  @Column("varchar", { length: 20, nullable: true })\n  phone!: string | null;\n\n',
    ],
    [/ {2}@Column\("timestamptz", \{ name: "email_verified_at"[^]*?\n\n/, ""],
  ];
  const text = readFileSync(entity, "utf8");
  writeFileSync(
    entity,
    changes.reduce((changed, [from, to]) => changed.replace(from, to), text),
  );
  const input = page.locator(".quick-input-widget input");
  await page.keyboard.press("Control+P");
  await input.fill("User.ts");
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "User.ts" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".view-line").filter({ hasText: "display_name" }).first().waitFor();
  await runCommand("Alembic: Autogenerate Revision");
  await questionOf(page, "Autogenerate Revision").waitFor();
  await input.fill("Add phone, rename full_name");
  await page.keyboard.press("Enter");
  await questionOf(page, "renamed").waitFor({ timeout: 60_000 });
}

async function previewGenerated({ page, runCommand }) {
  await page.keyboard.press("Enter");
  await lensOf(page, "Discard").waitFor({ timeout: 30_000 });
  await runCommand("Developer: Force Retokenize");
  await page.locator(".statusbar-item").filter({ hasText: "Analyzing" }).waitFor({ state: "hidden" });
  await page.mouse.move(900, 700);
}

async function listDrift({ page, runCommand }) {
  await lensOf(page, "Discard").click();
  await lensOf(page, "Discard").waitFor({ state: "hidden" });
  await page.waitForTimeout(500);
  await runCommand("Alembic: Check for Drift");
  await lensOf(page, "Check Again").waitFor({ timeout: 60_000 });
  await page.mouse.move(900, 700);
}

function questionOf(page, text) {
  return page.locator(".quick-input-title").filter({ hasText: text });
}

function rowOf(page, text) {
  return page.locator(".sidebar .monaco-list-row").filter({ hasText: text }).first();
}

function lensOf(page, text) {
  return page.locator(".codelens-decoration a").filter({ hasText: text }).first();
}

async function widenSideBar(page, pixels) {
  const { x, y, width, height } = await page.locator(".part.sidebar").boundingBox();
  await page.mouse.move(x + width + 1, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width + pixels, y + height / 2, { steps: 4 });
  await page.mouse.up();
}

async function takeAll(theme, { workspace, extensionsFolder, isWanted }) {
  const editor = await openEditor({
    workspace,
    extensionsFolder,
    theme: themes.get(theme),
    settings,
    viewport: { width: 1280, height: 800 },
  });
  try {
    for (const { name, show, inContrast } of scenes) {
      const file = `${name}-${theme}.png`;
      try {
        await show({ ...editor, workspace });
      } catch (error) {
        const picture = path.join(tmpdir(), `alembic-ts-failed-${file}`);
        await editor.page.screenshot({ path: picture });
        throw new Error(`${file} could not be taken; ${picture} shows why.`, { cause: error });
      }
      // What fades in or blinks comes to rest.
      await editor.page.waitForTimeout(1500);
      if (isWanted(file) && (theme !== "contrast" || inContrast === true)) {
        await keep(editor.page, path.join(pictures, file));
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
  mkdirSync(pictures, { recursive: true });
  run(["scripts/package.mjs", "--out", folder], root);
  run(["scripts/package.mjs", "--npm", "--out", folder], root);
  const extensionsFolder = path.join(folder, "extensions");
  await installExtension({
    vsix: packedFile(folder, ".vsix"),
    dataFolder: path.join(folder, "data"),
    extensionsFolder,
  });
  for (const theme of themes.keys()) {
    if (scenes.some(({ name }) => isWanted(`${name}-${theme}.png`))) {
      const workspace = makeWorkspace(path.join(folder, theme), packedFile(folder, ".tgz"));
      runCommandLine(workspace, "upgrade", current);
      await takeAll(theme, { workspace, extensionsFolder, isWanted });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

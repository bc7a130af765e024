// Installs a .vsix into a real VS Code and works with it on a workspace as a user does, with the keyboard alone:
// `node driveInstalled.mjs <vsix> <workspace> <message>` upgrades to the head, makes a revision of that message, and
// mistypes a parent. It prints what the Problems view then shows, as JSON.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installExtension } from "../host/editorServer.mjs";
import { openEditor } from "../host/editorSession.mjs";

const [vsix, workspace, message] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "alembic-ts-installed-"));
const extensionsFolder = join(folder, "extensions");
let editor;
try {
  const code = await installExtension({ vsix, dataFolder: join(folder, "data"), extensionsFolder });
  if (code !== 0) {
    throw new Error(`Installing ${vsix} ended with exit code ${code}.`);
  }
  editor = await openEditor({ workspace, extensionsFolder });
  await workAsUser(editor);
  console.log(JSON.stringify(await mistypeParent(editor)));
} catch (error) {
  console.error(error instanceof Error ? error.stack : String(error));
  const picture = process.env.PACKAGE_TEST_PICTURE;
  if (picture !== undefined) {
    await editor?.page.screenshot({ path: picture });
  }
  process.exitCode = 1;
} finally {
  await editor?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function workAsUser({ page, runCommand }) {
  const statusBar = (text) => page.locator(".statusbar-item").filter({ hasText: text });
  await statusBar("Alembic").waitFor({ timeout: 30_000 });
  await runCommand("Alembic: Upgrade to Head");
  await statusBar("embedded").waitFor({ timeout: 60_000 });
  await runCommand("Alembic: New Revision…");
  const input = page.locator(".quick-input-widget input");
  await page.locator(".quick-input-widget").filter({ hasText: "What the revision does" }).waitFor();
  await input.fill(message);
  await page.keyboard.press("Enter");
  const tab = page.locator(".tabs-container .tab").filter({ hasText: message.replaceAll(" ", "_") });
  await tab.waitFor({ timeout: 30_000 });
  // The body of `upgrade` is opened, and gets the focus, a moment after the file is shown.
  const lines = page.locator(".editor-instance .view-line");
  await lines.filter({ hasText: /upgrade\(.*\{\s*$/ }).waitFor({ timeout: 30_000 });
}

/** Mistypes the parent of a revision, and gives the rows of the Problems view. */
async function mistypeParent({ page, runCommand }) {
  const { keyboard } = page;
  await openFile(page, "abc123");
  await keyboard.press("Control+F");
  await page.locator(".find-widget.visible").waitFor();
  await keyboard.press("Control+A");
  await keyboard.type('= "init000');
  await keyboard.press("Enter");
  await keyboard.press("Escape");
  await keyboard.press("ArrowRight");
  for (let length = "init000".length; length > 0; length -= 1) {
    await keyboard.press("Backspace");
  }
  await keyboard.type("inti000");
  // TypeScript has looked at both files when it misses what this one imports.
  await openFile(page, "User.ts");
  await runCommand("Problems: Focus on Problems View");
  const rows = page.locator(".markers-panel .monaco-list-row");
  await rows.filter({ hasText: "inti000" }).first().waitFor({ timeout: 30_000 });
  await rows.filter({ hasText: "'typeorm'" }).first().waitFor({ timeout: 60_000 });
  return rows.allTextContents();
}

async function openFile(page, name) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input:focus").waitFor();
  await page.keyboard.type(name);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tabs-container .tab.active").filter({ hasText: name }).waitFor({ timeout: 30_000 });
  await page.locator(".editor-instance .view-line").filter({ hasText: "import" }).first().waitFor();
}

// Installs a .vsix into a real VS Code and works with it on a workspace as a user does, with the keyboard alone:
// `node driveInstalled.mjs <vsix> <workspace> <message>` upgrades to the head, then makes a revision of that message.
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
}

import { editorUrl, openPage } from "./editorPage.mjs";
import { startEditorServer } from "./editorServer.mjs";

/**
 * Opens the whole editor on a workspace with an extension under development, for flows that click and for screenshots.
 *
 * @param {{ workspace: string, extensionPath?: string, extensionsFolder?: string, theme?: string, trusted?: boolean,
 *   settings?: Record<string, unknown>, viewport?: { width: number, height: number }, deviceScaleFactor?: number,
 *   env?: Record<string, string>, isDriven?: boolean }} options `workspace`, `extensionPath` and `extensionsFolder`, the folder of installed
 *   extensions, are absolute; `theme` is a colour theme's name, "Default Dark Modern" if absent.
 * @returns {Promise<{ page: import("playwright-core").Page, runCommand: (title: string) => Promise<void>, close: () => Promise<void> }>}
 *   `runCommand` runs a command of the palette by its title.
 */
export async function openEditor({
  workspace,
  extensionPath,
  extensionsFolder,
  theme = "Default Dark Modern",
  trusted = true,
  settings,
  viewport,
  deviceScaleFactor,
  env,
  isDriven,
}) {
  const server = await startEditorServer({
    trusted,
    // Only under development an extension has to be named by the page; installed, it is used with all notifications.
    isDriven: extensionPath !== undefined,
    settings: { "workbench.colorTheme": theme, ...settings },
    ...(env === undefined ? {} : { env }),
    ...(isDriven === undefined ? {} : { isDriven }),
    ...(extensionsFolder === undefined ? {} : { extensionsFolder }),
  });
  let browser;
  async function close() {
    await browser?.close();
    await server.close();
  }
  try {
    const opened = await openPage({ viewport, deviceScaleFactor });
    browser = opened.browser;
    const { page } = opened;
    await page.goto(editorUrl({ origin: server.origin, workspace, extensionPath }));
    await page.locator(".monaco-workbench .activitybar .action-label").first().waitFor({
      timeout: 60_000,
    });
    /** An editor that is just being opened may take the focus from the palette, which closes it. */
    async function typeCommand(title) {
      await page.keyboard.press("F1");
      const input = page.locator(".quick-input-widget input");
      await input.fill(`>${title}`, { timeout: 5_000 });
      // The row of a command that does not exist here says so, and would be chosen like any other.
      const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first();
      await row.waitFor({ timeout: 5_000 });
      await input.press("Enter", { timeout: 5_000 });
    }
    async function runCommand(title) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await typeCommand(title);
        } catch (error) {
          if (attempt === 6) {
            throw error;
          }
          await page.keyboard.press("Escape");
        }
      }
    }
    return { page, runCommand, close };
  } catch (error) {
    await close();
    throw error;
  }
}

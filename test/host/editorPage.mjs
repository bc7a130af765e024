import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { installChromium, launchChromium } from "../../scripts/installEditorHost.mjs";

function remote(origin, path) {
  return `vscode-remote://${new URL(origin).host}${pathToFileURL(path).pathname}`;
}

/**
 * The address of the editor with a workspace open.
 *
 * @param {{ origin: string, workspace: string, extensionPath?: string, testsPath?: string }} options Absolute paths;
 *   `workspace` is a folder or a `.code-workspace` file.
 */
export function editorUrl({ origin, workspace, extensionPath, testsPath }) {
  const payload = [
    ...(extensionPath === undefined ? [] : [["extensionDevelopmentPath", remote(origin, extensionPath)]]),
    ...(testsPath === undefined ? [] : [["extensionTestsPath", remote(origin, testsPath)]]),
    ["skipWelcome", "true"],
  ];
  const url = new URL(origin);
  url.searchParams.set(workspace.endsWith(".code-workspace") ? "workspace" : "folder", workspace);
  url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

/**
 * Opens a page for the editor in a headless Chromium.
 *
 * @param {{ viewport?: { width: number, height: number }, deviceScaleFactor?: number,
 *   onLog?: (type: string, text: string) => void, onExit?: (code: number) => void }} [options] What the extension host
 *   prints and with what code it ends, where it runs tests.
 */
export async function openPage({
  viewport = { width: 1440, height: 900 },
  deviceScaleFactor = 1,
  onLog,
  onExit,
} = {}) {
  const browser = await launchChromium(await installChromium());
  const page = await browser.newPage({ viewport, deviceScaleFactor });
  await page.exposeFunction("codeAutomationLog", (type, args) => {
    onLog?.(type, format(...(Array.isArray(args) ? args : JSON.parse(args))));
  });
  await page.exposeFunction("codeAutomationExit", (code) => onExit?.(code));
  return { browser, page };
}

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { installServer } from "../../scripts/installEditorHost.mjs";
import { runProcess } from "../../scripts/runProcess.mjs";

/** What keeps the editor still: no chat, no welcome, nothing that looks for the network. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "security.workspace.trust.startupPrompt": "never",
  "git.openRepositoryInParentFolders": "never",
  "typescript.disableAutomaticTypeAcquisition": true,
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function writeSettings(dataFolder, settings) {
  // The window takes most settings from the machine's, and those that are the user's own from the user's.
  for (const owner of ["User", "Machine"]) {
    const folder = join(dataFolder, "data", owner);
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, "settings.json"),
      JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
    );
  }
}

function serverArguments(serverMain, dataFolder, extensionsFolder) {
  return [
    serverMain,
    "--accept-server-license-terms",
    "--server-data-dir",
    dataFolder,
    "--extensions-dir",
    extensionsFolder,
    "--telemetry-level",
    "off",
  ];
}

function killGroup(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

async function answers(origin) {
  try {
    return (await fetch(`${origin}/version`)).ok;
  } catch {
    return false;
  }
}

/**
 * Installs an extension from its `.vsix` into a folder for extensions.
 *
 * @returns {Promise<number>} The exit code.
 */
export async function installExtension({ vsix, dataFolder, extensionsFolder }) {
  const { node, serverMain } = await installServer();
  const args = [...serverArguments(serverMain, dataFolder, extensionsFolder), "--install-extension", vsix];
  const { code } = await runProcess(node, args);
  return code;
}

/**
 * Starts the VS Code server on a free port of the loopback.
 *
 * @param {{ trusted: boolean, settings?: Record<string, unknown>, dataFolder?: string, extensionsFolder?: string,
 *   env?: Record<string, string>, isDriven?: boolean }} options Without folders it makes temporary ones. The extension
 *   host sees `env` too. `isDriven` (true) lets a page name an extension under development, and hides all notifications.
 * @returns {Promise<{ origin: string, log: () => string, close: () => Promise<void> }>}
 */
export async function startEditorServer({
  trusted,
  settings,
  dataFolder,
  extensionsFolder,
  env,
  isDriven = true,
}) {
  const { node, serverMain } = await installServer();
  const temporary = await mkdtemp(join(tmpdir(), "alembic-ts-editor-"));
  const data = dataFolder ?? join(temporary, "data");
  await writeSettings(data, settings);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const args = [
    ...serverArguments(serverMain, data, extensionsFolder ?? join(temporary, "extensions")),
    ...["--host", "127.0.0.1", "--port", String(port)],
    ...["--without-connection-token", "--enable-remote-auto-shutdown"],
    ...(isDriven ? ["--enable-smoke-test-driver"] : []),
    ...(trusted ? ["--disable-workspace-trust"] : []),
  ];
  const child = spawn(node, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let log = "";
  child.stdout.on("data", (chunk) => (log += chunk));
  child.stderr.on("data", (chunk) => (log += chunk));
  const killAtExit = () => killGroup(child);
  process.once("exit", killAtExit);

  async function close() {
    process.removeListener("exit", killAtExit);
    killGroup(child);
    await rm(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  for (let waited = 0; waited < 60_000 && child.exitCode === null; waited += 100) {
    if (await answers(origin)) {
      return { origin, log: () => log, close };
    }
    await delay(100);
  }
  await close();
  throw new Error(`The VS Code server did not start:\n${log}`);
}

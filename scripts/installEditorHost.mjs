// Installs a real VS Code from npm, for machines where the desktop one cannot be downloaded: the VS Code server that
// the `code-server` package carries, with the Node that it wants, and a headless Chromium to be its window.
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as playwright } from "playwright-core";
import { localHeaders } from "./localHeaders.mjs";
import { plainEnvironment, runProcess } from "./runProcess.mjs";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const hostFolder = join(repository, ".vscode-test");
const nodePackage = "node@24";
const serverPackage = "code-server@4.139.1";
const chromiumPackage = "@sparticuz/chromium@153.0.0";

const installedChromiums = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function say(text) {
  console.log(`[editor host] ${text}`);
}

async function step(description, command, args, options) {
  const started = Date.now();
  const { code, output } = await runProcess(command, args, { ...options, capture: true });
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  if (code !== 0) {
    throw new Error(
      `${description} failed with exit code ${code} after ${seconds} s: ${command} ${args.join(" ")}\n${output}`,
    );
  }
  say(`${description}: ${seconds} s`);
}

/**
 * Makes a folder complete or not at all: `fill` works in a folder beside it, which takes the name when all is done.
 * `recipe` says how it was made; a folder of another recipe is made anew.
 */
async function installOnce(name, recipe, fill) {
  const folder = join(hostFolder, name);
  const marker = join(folder, "recipe.txt");
  const isComplete = async () => existsSync(marker) && (await readFile(marker, "utf8")) === recipe;
  if (await isComplete()) {
    return folder;
  }
  const unfinished = `${folder}.${process.pid}.unfinished`;
  say(`installing ${recipe} into ${folder}`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  try {
    await writeFile(join(unfinished, "package.json"), '{ "private": true }\n');
    await fill(unfinished);
    await writeFile(join(unfinished, "recipe.txt"), recipe);
    // Another run may have been faster, and be using it.
    if (!(await isComplete())) {
      await rm(folder, { recursive: true, force: true });
      await rename(unfinished, folder);
    }
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

const npmQuiet = ["--no-audit", "--no-fund", "--loglevel=error"];

async function fillServer(folder) {
  await step(`Node (${nodePackage})`, "npm", ["install", ...npmQuiet, nodePackage], {
    cwd: folder,
    env: plainEnvironment(),
  });
  const nodeFolder = join(folder, "node_modules", "node", "bin");
  const env = plainEnvironment({ PATH: `${nodeFolder}${delimiter}${process.env.PATH ?? ""}` });
  // Its own install script builds `kerberos`, which needs system headers and is not needed here.
  await step(
    `VS Code server (${serverPackage})`,
    "npm",
    ["install", ...npmQuiet, "--ignore-scripts", serverPackage],
    {
      cwd: folder,
      env,
    },
  );
  const server = join(folder, "node_modules", "code-server", "lib", "vscode");
  const dependencies = ["install", ...npmQuiet, "--omit=dev", "--ignore-scripts"];
  await step("the server's packages", "npm", dependencies, { cwd: server, env });
  await step("its built-in extensions' packages", "npm", dependencies, {
    cwd: join(server, "extensions"),
    env,
  });
  await step(
    "the two native parts without which no extension host starts",
    "npm",
    ["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"],
    {
      cwd: server,
      env: { ...env, ...localHeaders() },
    },
  );
}

/**
 * Installs the VS Code server where it is missing (about two minutes and 740 MB, once).
 *
 * @returns {Promise<{ node: string, serverMain: string }>} Absolute paths of the Node to run it with and of its main script.
 */
export async function installServer() {
  const folder = await installOnce("server", `${nodePackage} ${serverPackage}`, fillServer);
  return {
    node: join(folder, "node_modules", "node", "bin", "node"),
    serverMain: join(folder, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js"),
  };
}

// It unpacks the shared libraries that a bare system lacks only where it believes to be on AWS Lambda.
const unpackChromium = `
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  const executablePath = await chromium.executablePath();
  console.log(JSON.stringify({ executablePath, libraryPath: process.env.LD_LIBRARY_PATH }));
`;

async function chromiumFromNpm() {
  const folder = await installOnce("chromium", chromiumPackage, (unfinished) =>
    step(`Chromium (${chromiumPackage})`, "npm", ["install", ...npmQuiet, chromiumPackage], {
      cwd: unfinished,
      env: plainEnvironment(),
    }),
  );
  const { node } = await installServer();
  const { code, output } = await runProcess(node, ["--input-type=module", "--eval", unpackChromium], {
    cwd: folder,
    // It unpacks into the temporary folder.
    env: plainEnvironment({ TMPDIR: folder }),
    capture: true,
  });
  if (code !== 0) {
    throw new Error(`unpacking ${chromiumPackage} failed:\n${output}`);
  }
  const { executablePath, libraryPath } = JSON.parse(output);
  return { executablePath, env: libraryPath === undefined ? {} : { LD_LIBRARY_PATH: libraryPath } };
}

async function chromiumFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error("No Chromium: install one, or name it in CHROMIUM_PATH.");
  }
  const env = plainEnvironment({ DEBIAN_FRONTEND: "noninteractive" });
  await step("apt-get update", "apt-get", ["update"], { env });
  await step(
    "apt-get install chromium",
    "apt-get",
    ["install", "-y", "--no-install-recommends", "chromium"],
    { env },
  );
  return { executablePath: "/usr/bin/chromium", env: {} };
}

/**
 * Starts a Chromium without a window.
 *
 * @param {{ executablePath: string, env: Record<string, string> }} chromium As `installChromium` gives it.
 */
export function launchChromium({ executablePath, env }) {
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return playwright.launch({ executablePath, args, env: plainEnvironment(env), timeout: 60_000 });
}

/** Whether a Chromium starts here: it may lack shared libraries. */
async function starts(chromium) {
  try {
    const browser = await launchChromium(chromium);
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds a Chromium: the one named by `CHROMIUM_PATH` (`npm` names the one of npm), one that is installed, the one of
 * npm, Debian's.
 *
 * @returns {Promise<{ executablePath: string, env: Record<string, string> }>} What to start it
 *   with, `env` in addition to the environment.
 */
export async function installChromium() {
  const named = process.env.CHROMIUM_PATH;
  const installed = named ?? installedChromiums.find((path) => existsSync(path));
  if (installed !== undefined && named !== "npm") {
    return { executablePath: installed, env: {} };
  }
  try {
    const chromium = await chromiumFromNpm();
    if (await starts(chromium)) {
      return chromium;
    }
    say("the Chromium from npm does not start here");
  } catch (error) {
    say(`no Chromium from npm: ${error instanceof Error ? error.message : String(error)}`);
  }
  return chromiumFromDebian();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { serverMain } = await installServer();
  const { executablePath } = await installChromium();
  say(`VS Code server: ${serverMain}`);
  say(`Chromium: ${executablePath}`);
}

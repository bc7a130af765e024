#!/usr/bin/env node
// Stands in for desktop VS Code: takes its arguments and does what they ask with the VS Code server of npm in a
// headless Chromium. It runs an extension's tests, and installs a .vsix into an extensions folder.
import { appendFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { editorUrl, openPage } from "./editorPage.mjs";
import { installExtension, startEditorServer } from "./editorServer.mjs";

/** After how long without a word from the tests they hang; how long they take in all depends on what else runs. */
const hangTimeout = Number(process.env.EDITOR_HOST_TIMEOUT ?? 300_000);

/** The errors of the window's console, among the logs of the editor. */
const windowLog = "window.log";

/** What the window itself prints where there is no network and no desktop; it says nothing of the tests. */
function isNoise(text) {
  return /open-vsx\.org|^\[Service Worker\]|Resolv\w+ connection token|^Creating a socket|^\[reconnection-grace|^\[A\w+(Host|Gate)|^Updating additional/.test(
    text,
  );
}

// Desktop VS Code knows many more arguments; those of no meaning here are passed over.
const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: "string", multiple: true },
    extensionTestsPath: { type: "string" },
    "disable-workspace-trust": { type: "boolean" },
    "extensions-dir": { type: "string" },
    "user-data-dir": { type: "string" },
    "install-extension": { type: "string" },
  },
});

async function runTests() {
  const server = await startEditorServer({
    trusted: values["disable-workspace-trust"] === true,
    dataFolder: values["user-data-dir"],
    extensionsFolder: values["extensions-dir"],
  });
  let browser;
  try {
    const code = await new Promise((resolveExit, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The tests printed nothing for ${hangTimeout / 1000} s.`)),
        hangTimeout,
      );
      const ended = (exitCode) => {
        clearTimeout(timer);
        resolveExit(exitCode);
      };
      const onLog = (type, text) => {
        if (type === "error" && values["user-data-dir"] !== undefined) {
          appendFileSync(join(values["user-data-dir"], windowLog), `[error] ${text}\n`);
        }
        if (!isNoise(text)) {
          timer.refresh();
          (type === "error" ? console.error : console.log)(text);
        }
      };
      openPage({ onLog, onExit: ended })
        .then((opened) => {
          browser = opened.browser;
          opened.page.on("crash", () => reject(new Error("The editor's page crashed.")));
          return opened.page.goto(
            editorUrl({
              origin: server.origin,
              workspace: resolve(positionals[0]),
              extensionPath: values.extensionDevelopmentPath?.at(-1),
              testsPath: values.extensionTestsPath,
            }),
          );
        })
        .catch(reject);
    });
    return code;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(server.log().slice(-4000));
    return 1;
  } finally {
    await browser?.close();
    await server.close();
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => process.exit(1));
}

const code =
  values["install-extension"] === undefined
    ? await runTests()
    : await installExtension({
        vsix: resolve(values["install-extension"]),
        dataFolder: values["user-data-dir"],
        extensionsFolder: values["extensions-dir"],
      });
process.exit(code);

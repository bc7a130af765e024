import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { installChromium, installServer } from "../../scripts/installEditorHost.mjs";

const hostFolder = dirname(fileURLToPath(import.meta.url));

/** The executable of the editor, installed if need be: desktop VS Code with VSCODE_TEST_DOWNLOAD=1, else the stand-in for it. */
export async function editorExecutable() {
  if (process.env.VSCODE_TEST_DOWNLOAD === "1") {
    return downloadAndUnzipVSCode(process.env.VSCODE_VERSION ?? "stable");
  }
  await installServer();
  await installChromium();
  return join(hostFolder, "codeStandIn.mjs");
}

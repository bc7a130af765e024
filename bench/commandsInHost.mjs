// Runs in the extension host for bench/editorCommands.mjs: a person's commands, one after the other, and when each began and ended.
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";

/** The page shows what came of a command within this time, and the editor is at rest. */
const rest = 1500;

/**
 * Runs the commands on the head of the project that is open, whose database is one revision below it.
 *
 * @param {{ extension: vscode.Extension, file: vscode.Uri, head: string, rounds: number }} options
 * @returns {Promise<readonly { name: string, began: number, ended: number }[]>} in the order in which they ran
 */
export async function runCommands({ extension, file, head, rounds }) {
  const inspection = await extension.activate();
  await inspection.whenRead();
  await vscode.commands.executeCommand("alembic.revisions.focus");
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
  // What the editor does at its own start has ended.
  await delay(4000);
  answerQuestions();
  const times = [];
  const time = async (name, ...command) => {
    const began = Date.now();
    await vscode.commands.executeCommand(...command);
    times.push({ name, began, ended: Date.now() });
    await delay(rest);
  };
  const [row] = inspection.selectedRows(head);
  await time("first use", "alembic.checkStatus");
  await time("first upgrade", "alembic.upgradeToRevision", row);
  await time("autogenerate, cold", "alembic.autogenerateRevision");
  await closePreviews(file);
  for (let round = 0; round < rounds; round += 1) {
    await time("downgrade", "alembic.downgradeBeforeRevision", row);
    await time("refresh", "alembic.checkStatus");
    await time("upgrade", "alembic.upgradeToRevision", row);
    await time("preview", "alembic.previewUpgradeSql", file);
    await closePreviews(file);
    await time("autogenerate, warm", "alembic.autogenerateRevision");
    await closePreviews(file);
  }
  return times;
}

/** Each question is answered by its first button at once, and a text that is asked for by “bench”. */
function answerQuestions() {
  Object.assign(vscode.window, {
    showInputBox: () => Promise.resolve("bench"),
    showWarningMessage: (_message, ...rest) => Promise.resolve(rest.find((item) => typeof item === "string")),
  });
}

async function closePreviews(file) {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const previews = tabs.filter(({ input }) => input?.uri !== undefined && input.uri.scheme !== "file");
  if (previews.length === 0) {
    throw new Error("A command that shows a document has shown none.");
  }
  await vscode.window.tabGroups.close(previews);
  await vscode.window.showTextDocument(file);
  await delay(rest);
}

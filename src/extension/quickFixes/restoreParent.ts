import { execFile } from "node:child_process";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { requireTrust } from "../actions/trust";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { scanHeader } from "../../source/scanHeader";

const run = promisify(execFile);
const gitTime = 20_000;

/** Brings back the file of a parent that no file has any more, from the last commit that had it. */
export async function restoreParent(services: Services, argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const project = uri && services.projects.projectOfRevisionFile(uri);
  const header = uri && project?.index.header(pathOf(uri));
  // Git may run what a repository's own settings name, so a restricted workspace has none of it.
  if (uri === undefined || project === undefined || header === undefined || !requireTrust()) {
    return;
  }
  const missing = header.downRevision.values.find(
    ({ value }) => project.graph.get(value) === undefined,
  )?.value;
  if (missing === undefined) {
    return;
  }
  const folder = dirname(pathOf(uri));
  const title = vscode.l10n.t("Looking for {0} in Git", missing);
  const found = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    findDeletedFile(folder, missing),
  );
  if (found === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Git has no deleted file of revision {0} in this folder.", missing),
    );
    return;
  }
  await writeBack(project, join(folder, found.name), found.text);
}

async function writeBack(project: Project, path: string, text: string): Promise<void> {
  const target = project.uriOf(path);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(target, {
    overwrite: false,
    ignoreIfExists: false,
    contents: new TextEncoder().encode(text),
  });
  if (await vscode.workspace.applyEdit(edit)) {
    await project.refreshNow();
    await vscode.window.showTextDocument(target);
  }
}

/** The file that had this revision when it was last deleted from the folder, on any branch. */
async function findDeletedFile(
  folder: string,
  revision: string,
): Promise<{ readonly name: string; readonly text: string } | undefined> {
  const git = async (...words: readonly string[]): Promise<string> => {
    const { stdout } = await run("git", words, { cwd: folder, timeout: gitTime, maxBuffer: 16_000_000 });
    return stdout;
  };
  try {
    const log = await git(
      "log",
      "--all",
      "--diff-filter=D",
      "--name-only",
      "--format=commit %H",
      "--relative",
      "--",
      ".",
    );
    let commit = "";
    for (const line of log.split("\n")) {
      if (line.startsWith("commit ")) {
        commit = line.slice("commit ".length);
      } else if (line !== "" && basename(line) === line) {
        const text = await git("show", `${commit}^:./${line}`);
        const scan = scanHeader(text, line);
        if (scan.kind === "revision" && scan.header.revision.value === revision) {
          return { name: line, text };
        }
      }
    }
  } catch {
    return undefined;
  }
  return undefined;
}

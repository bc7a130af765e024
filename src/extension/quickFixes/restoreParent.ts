import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { requireTrust } from "../actions/trust";
import { findInGit } from "../git/findInGit";
import { restoreFile } from "../git/findRevisionInGit";
import { pathOf } from "../project/paths";
import type { Services } from "../services";

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
    findInGit(folder, missing),
  );
  if (found === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Git has no file for revision {0} on any branch.", missing),
    );
    return;
  }
  await restoreFile(project, join(folder, found.name), found.text);
}

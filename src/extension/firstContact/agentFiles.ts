import { relative } from "node:path";
import * as vscode from "vscode";
import { showFailure } from "../actions/showFailure";
import { requireTrust } from "../actions/trust";
import { pathOf } from "../project/paths";
import type { Services } from "../services";

/** Writes the skill and the section of AGENTS.md for coding agents, or updates them, as `init --agents` does. */
export async function writeAgentFiles(services: Services): Promise<void> {
  const folder = requireTrust() ? await pickFolder(services) : undefined;
  if (folder === undefined) {
    return;
  }
  const workingDirectory = pathOf(folder.uri);
  services.log.info("> npx alembic-ts init --agents");
  const title = vscode.l10n.t("Writing instructions for coding agents");
  const response = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    (_progress, token) => services.engine.writeAgentFiles({ workingDirectory }, token),
  );
  if (response.kind === "failed") {
    services.log.error(response.failure.message);
    void showFailure(response.failure, undefined, services.log);
    return;
  }
  const written = response.files.filter(({ change }) => change === "created" || change === "updated");
  const foreign = response.files.filter(({ change }) => change === "foreign");
  const named = (files: typeof response.files): string =>
    files.map(({ path }) => relative(workingDirectory, path).replaceAll("\\", "/")).join(", ");
  if (foreign.length > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("Not changed, because alembic-ts did not write it: {0}", named(foreign)),
    );
  }
  const [first] = written.toReversed();
  if (first === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The instructions for coding agents are up to date."),
    );
    return;
  }
  services.log.info(`Wrote ${named(written)}`);
  // The last one: AGENTS.md if it was written.
  await vscode.window.showTextDocument(vscode.Uri.file(first.path));
  void vscode.window.showInformationMessage(vscode.l10n.t("Wrote {0}.", named(written)));
}

/** The only folder, the only one with a project, or the user's pick. */
async function pickFolder({ projects }: Services): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a folder first."));
    return undefined;
  }
  const withProject = folders.filter((folder) =>
    projects.projects.some(({ configUri }) => vscode.workspace.getWorkspaceFolder(configUri) === folder),
  );
  const [only, ...others] = withProject.length > 0 ? withProject : folders;
  return others.length === 0 ? only : vscode.window.showWorkspaceFolderPick();
}

import { join } from "node:path";
import * as vscode from "vscode";
import { requireTrust } from "../actions/trust";
import { commandIds } from "../contributions";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { findInGit, type FoundInGit } from "./findInGit";

/** Looks where Git has the file of a revision that a version table names and no file here has, and offers what to do. */
export async function findRevisionInGit(services: Services, argument: unknown): Promise<void> {
  const wanted = requireTrust() ? wantedRow(services, argument) : undefined;
  if (wanted === undefined) {
    return;
  }
  const { project, row } = wanted;
  const title = vscode.l10n.t("Looking for {0} in Git", row);
  const found = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    findInFolders(project, row),
  );
  const restore = vscode.l10n.t("Restore File");
  const stamp = vscode.l10n.t("Stamp…");
  const answer = await vscode.window.showWarningMessage(
    describe(row, found?.file),
    ...(found === undefined ? [] : [restore]),
    stamp,
  );
  if (answer === restore && found !== undefined) {
    await restoreFile(project, join(found.folder, found.file.name), found.file.text);
  } else if (answer === stamp) {
    await vscode.commands.executeCommand(commandIds.stamp);
  }
}

/** Writes a file of Git's history back to the workspace, and shows it. */
export async function restoreFile(project: Project, path: string, text: string): Promise<void> {
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

function describe(row: string, found: FoundInGit | undefined): string {
  const state = vscode.l10n.t("The database is at {0}, which no revision here has.", row);
  if (found === undefined) {
    return `${state} ${vscode.l10n.t("Git has no file for it on any branch.")}`;
  }
  return found.branch === undefined
    ? `${state} ${vscode.l10n.t("Its file {0} was deleted; Git has it.", found.name)}`
    : `${state} ${vscode.l10n.t("Its file {0} is on the Git branch {1}.", found.name, found.branch)}`;
}

async function findInFolders(
  project: Project,
  row: string,
): Promise<{ readonly folder: string; readonly file: FoundInGit } | undefined> {
  for (const { uri } of project.versionFolders) {
    const folder = pathOf(uri);
    const file = await findInGit(folder, row);
    if (file !== undefined) {
      return { folder, file };
    }
  }
  return undefined;
}

function wantedRow(
  { projects }: Services,
  argument: unknown,
): { readonly project: Project; readonly row: string } | undefined {
  if (typeof argument !== "object" || argument === null) {
    return undefined;
  }
  const { projectId, row } = argument as { readonly projectId?: unknown; readonly row?: unknown };
  const project = typeof projectId === "string" ? projects.get(projectId) : undefined;
  return project === undefined || typeof row !== "string" ? undefined : { project, row };
}

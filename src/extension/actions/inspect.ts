import * as vscode from "vscode";
import type { GraphRevision } from "../../revision/graph";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { databaseName } from "./confirmChange";
import { openRevisionFile } from "./openFile";
import { projectForCommand } from "./pickProject";
import { pickRevision } from "./pickRevision";
import { resolveTarget } from "./target";
import { requireTrust } from "./trust";

/** Asks the database where it stands and lists its revisions. */
export async function current(services: Services): Promise<void> {
  const project = requireTrust() ? await projectForCommand(services) : undefined;
  if (project === undefined) {
    return;
  }
  const title = vscode.l10n.t("Reading the current revision of the database");
  const result = await services.runner.run(project, "current", {}, { title, progress: "notification" });
  if (result === undefined) {
    return;
  }
  if (result.rows.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} is at base: no revision is applied.", databaseName(services, project)),
    );
    return;
  }
  showRevisions(
    services,
    project,
    vscode.l10n.t("Alembic: Current of {0}", databaseName(services, project)),
    result.revisions.map(({ revision }) => revision),
  );
}

/** Lists all revisions, from the files alone. */
export async function history(services: Services): Promise<void> {
  const project = await projectForCommand(services);
  if (project !== undefined) {
    const picked = await pickRevision(services, project, {
      title: vscode.l10n.t("Alembic: History"),
      placeholder: vscode.l10n.t("{0} revisions, newest first", project.graph.revisions.length),
    });
    await openPicked(project, picked);
  }
}

/** Lists the heads, from the files alone. */
export async function heads(services: Services): Promise<void> {
  const project = await projectForCommand(services);
  if (project !== undefined) {
    const revisions = project.graph.heads.flatMap((id) => project.graph.get(id) ?? []);
    showRevisions(services, project, vscode.l10n.t("Alembic: Heads"), revisions);
  }
}

/** Lists branch points, from the files alone. */
export async function branches(services: Services): Promise<void> {
  const project = await projectForCommand(services);
  if (project === undefined) {
    return;
  }
  const revisions = project.graph.revisions.filter((revision) => revision.isBranchPoint);
  if (revisions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There are no branches."));
  } else {
    showRevisions(services, project, vscode.l10n.t("Alembic: Branch Points"), revisions);
  }
}

/** Shows one revision: picks it, opens its file. */
export async function show(services: Services, argument: unknown): Promise<void> {
  const target = argument === undefined ? undefined : resolveTarget(services, argument);
  if (target !== undefined) {
    await openRevisionFile(target.project, target.revision.revision, { isPreview: false });
    return;
  }
  const project = await projectForCommand(services);
  if (project !== undefined) {
    const picked = await pickRevision(services, project, {
      title: vscode.l10n.t("Alembic: Show Revision"),
      placeholder: vscode.l10n.t("Search by message or ID"),
    });
    await openPicked(project, picked);
  }
}

function showRevisions(
  services: Services,
  project: Project,
  title: string,
  revisions: readonly GraphRevision[],
): void {
  const ids = new Set(revisions.map(({ revision }) => revision));
  const placeholder = vscode.l10n.t("Select a revision to open its file");
  // Not awaited: the command has done its work when the list is on the screen.
  void pickRevision(services, project, {
    title,
    placeholder,
    filter: ({ revision }) => ids.has(revision),
  }).then((picked) => openPicked(project, picked));
}

async function openPicked(project: Project, picked: string | undefined): Promise<void> {
  if (picked !== undefined) {
    await openRevisionFile(project, picked, { isPreview: false });
  }
}

import * as vscode from "vscode";
import { projectForCommand } from "../actions/pickProject";
import { rangeOfSelected } from "../actions/revisionSymbols";
import { resolveTargets } from "../actions/target";
import { requireTrust } from "../actions/trust";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { saveAs } from "../shared/saveAs";
import { pickRun } from "./showPreview";

/** Writes the SQL of an upgrade through the given revisions, or through those that the user picks, to a file. */
export async function exportSql(services: Services, argument: unknown, selection: unknown): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const targets = argument === undefined ? [] : resolveTargets(services, argument, selection);
  const project = targets[0]?.project ?? (await projectForCommand(services));
  const range =
    project &&
    (await rangeFor(
      services,
      project,
      targets.map(({ revision }) => revision.revision),
    ));
  if (project === undefined || range === undefined) {
    return;
  }
  const title = vscode.l10n.t("Writing the SQL of {0}", range);
  const options = { target: range, sql: true };
  const how = { title, progress: "notification", unsaved: project.unsavedFiles } as const;
  const result = await services.runner.run(project, "upgrade", options, how);
  if (result?.kind === "sql") {
    const name = `upgrade-${range.replaceAll(/[^\w-]+/g, "-")}.sql`;
    await saveAs(vscode.Uri.joinPath(project.directory, name), { SQL: ["sql"] }, result.text);
  }
}

async function rangeFor(
  services: Services,
  project: Project,
  ids: readonly string[],
): Promise<string | undefined> {
  if (ids.length === 0) {
    return (await pickRun(services, project, vscode.l10n.t("Alembic: Export SQL")))?.range;
  }
  const range = rangeOfSelected(project.graph, ids);
  if (range === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Select revisions of one branch: {0} do not follow one another.", ids.join(", ")),
    );
  }
  return range;
}

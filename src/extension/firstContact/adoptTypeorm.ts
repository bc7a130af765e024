import * as vscode from "vscode";
import type { AdoptResult } from "../../context/adoptCommand";
import { setUpForAdoption } from "./setUp";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { openRevisionFile } from "../actions/openFile";
import { projectForCommand } from "../actions/pickProject";
import { requireTrust } from "../actions/trust";

/** Makes revisions of the project's TypeORM migrations, after showing what would be written and stamped. */
export async function adoptTypeorm(services: Services): Promise<void> {
  const project = requireTrust() ? await projectToAdoptInto(services) : undefined;
  if (project === undefined) {
    return;
  }
  const title = vscode.l10n.t("Reading the TypeORM migrations");
  const preview = await services.runner.run(
    project,
    "adopt",
    { dryRun: true },
    { title, progress: "notification" },
  );
  if (preview === undefined || !(await confirmAdoption(preview))) {
    return;
  }
  const result = await services.runner.run(
    project,
    "adopt",
    { confirmed: { database: preview.database, stamped: stampedBy(preview) } },
    { title: vscode.l10n.t("Adopting the TypeORM migrations"), progress: "notification", writesFiles: true },
  );
  const last = result?.migrations.findLast(({ isNew }) => isNew);
  if (last !== undefined) {
    await openRevisionFile(project, last.revision);
  }
}

/** The project; where the workspace has none, a new one whose configuration names the DataSource that was found. */
async function projectToAdoptInto(services: Services): Promise<Project | undefined> {
  await services.projects.discoverNow();
  return services.projects.projects.length === 0 ? setUpForAdoption(services) : projectForCommand(services);
}

function stampedBy({ stamp }: AdoptResult): readonly string[] {
  return stamp.kind === "stamped" ? stamp.revisions : [];
}

async function confirmAdoption(preview: AdoptResult): Promise<boolean> {
  const { migrations, database } = preview;
  const fresh = migrations.filter(({ isNew }) => isNew).length;
  const stamped = stampedBy(preview).join(", ") || undefined;
  if (fresh === 0 && stamped === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Every TypeORM migration has a revision, and there is nothing to stamp."),
    );
    return false;
  }
  const adopt = vscode.l10n.t("Adopt");
  const message = vscode.l10n.t("Write {0} revisions for TypeORM migrations?", fresh);
  const detail = [
    vscode.l10n.t("The migrations' classes stay as they are; each revision runs one of them."),
    stamped === undefined
      ? vscode.l10n.t("No database is changed.")
      : vscode.l10n.t(
          "{0} will be stamped at {1}, the last migration that has run there.",
          database?.name ?? "",
          stamped,
        ),
  ].join("\n");
  return (await vscode.window.showInformationMessage(message, { modal: true, detail }, adopt)) === adopt;
}

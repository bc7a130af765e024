import * as vscode from "vscode";
import { shortName } from "../statusBar/statusText";
import { requireTrust } from "../actions/trust";
import { driftScheme } from "../contributions";
import type { Services } from "../services";
import { compareEntities } from "./compareEntities";
import { driftText } from "./driftText";
import { nameOf, summaryOf } from "./previewMarks";
import { projectOf, tellUnreachable } from "./proposeRevision";
import { settleDataSource } from "./settleDataSource";
import { tabsOf } from "./showPreview";

/** Alembic's `check`: lists what the entities ask for and the database does not have. */
export async function checkDrift(services: Services, argument: unknown): Promise<void> {
  const project = requireTrust() ? await projectOf(services, argument) : undefined;
  if (project === undefined || !(await settleDataSource(project))) {
    return;
  }
  const title = vscode.l10n.t("Comparing the entities with the database");
  const options = { offline: "where-needed" } as const;
  const report = await compareEntities(services, project, "check", options, { title });
  if (report === undefined) {
    return;
  }
  tellUnreachable(services, report);
  const { comparedWith, operations, undecided, drift } = report;
  if (operations.length === 0 && undecided.length === 0 && drift.length === 0) {
    const old = vscode.workspace.textDocuments.filter(
      ({ uri }) => uri.scheme === driftScheme && uri.query === project.id,
    );
    await vscode.window.tabGroups.close(old.flatMap(({ uri }) => tabsOf(uri)));
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No drift: the entities and {0} agree.", nameOf(comparedWith)),
    );
    return;
  }
  const place = comparedWith.kind === "database" ? shortName(comparedWith.database.name) : project.name;
  const text = driftText(report, {
    title: summaryOf(report),
    warnings: vscode.l10n.t("May lose data, fail or take long"),
    questions: vscode.l10n.t("Possibly renamed (autogenerate will ask)"),
    undecided: vscode.l10n.t("No longer described by an entity; autogenerate asks whether to drop it"),
    drift: vscode.l10n.t("Only in the database, and left alone"),
  });
  const uri = services.generatedDocuments.addDrift(project, vscode.l10n.t("Drift of {0}", place), text);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

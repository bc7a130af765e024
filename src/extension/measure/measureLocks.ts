import * as vscode from "vscode";
import { resolveTarget } from "../actions/target";
import { requireTrust } from "../actions/trust";
import type { Services } from "../services";
import { textsOf } from "./measuredRevisions";

/**
 * Runs a revision and those before it on a scratch database, because the user asked for it, and keeps what its statements
 * lock, rewrite and read. A database that has answered before is asked for the sizes of its tables.
 */
export async function measureLocks(services: Services, argument: unknown): Promise<void> {
  const target = requireTrust() ? resolveTarget(services, argument) : undefined;
  if (target === undefined) {
    return;
  }
  const { project, revision } = target;
  const texts = textsOf(project);
  const sizes = services.databases.get(project).kind === "known";
  const result = await services.runner.run(
    project,
    "lint",
    { range: revision.revision, measure: true, ...(sizes ? { sizes } : {}) },
    {
      title: vscode.l10n.t("Measuring locks"),
      progress: "notification",
      unsaved: project.unsavedFiles,
    },
  );
  if (result === undefined) {
    return;
  }
  const { measurement } = result;
  if (measurement === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Locks are measured on PostgreSQL only."));
    return;
  }
  services.measured.set(project, revision.path, texts, measurement);
  if (measurement.failure !== undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        "Measuring stopped, and later statements are not measured: {0}",
        measurement.failure.message,
      ),
    );
  }
}

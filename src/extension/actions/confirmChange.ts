import * as vscode from "vscode";
import type { StepSummary } from "../../commands/events";
import type { Project } from "../project/project";
import type { Services } from "../services";

const mostListed = 15;

/** Asks before revisions are reverted; names the database and each revision. */
export async function confirmDowngrade(
  services: Services,
  project: Project,
  steps: readonly StepSummary[],
): Promise<boolean> {
  const database = databaseName(services, project);
  const message =
    steps.length === 1
      ? vscode.l10n.t("Downgrade {0} by one revision?", database)
      : vscode.l10n.t("Downgrade {0} by {1} revisions?", database, steps.length);
  const lines = steps.slice(0, mostListed).map(stepLine);
  const more = steps.length - lines.length;
  const detail = [
    vscode.l10n.t("These are reverted, in this order. Data that they added is lost:"),
    ...lines,
    ...(more > 0 ? [vscode.l10n.t("… and {0} more", more)] : []),
  ].join("\n");
  const downgrade = vscode.l10n.t("Downgrade");
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, downgrade)) === downgrade;
}

/** Asks before the version table is set without running anything. */
export async function confirmStamp(services: Services, project: Project, target: string): Promise<boolean> {
  const revision = project.graph.get(target);
  const name = revision === undefined ? target : `${target}, ${revision.message}`;
  const message = vscode.l10n.t("Stamp {0} with {1}?", databaseName(services, project), name);
  const state = services.databases.get(project);
  const now =
    state.kind === "known"
      ? vscode.l10n.t("The version table says now: {0}.", state.rows.join(", ") || vscode.l10n.t("nothing"))
      : "";
  const detail = vscode.l10n.t("Only the version table is changed; no upgrade or downgrade runs.");
  const stamp = vscode.l10n.t("Stamp");
  const options = { modal: true, detail: now === "" ? detail : `${now}\n${detail}` };
  return (await vscode.window.showWarningMessage(message, options, stamp)) === stamp;
}

/** The database as people call it. */
export function databaseName(services: Services, project: Project): string {
  const state = services.databases.get(project);
  if (state.kind === "known") {
    return state.database.name;
  }
  const choice = services.environments.choiceOf(project);
  switch (choice.kind) {
    case "environment":
      return choice.name;
    case "url":
      return choice.label;
    case "default":
      return vscode.l10n.t("the database");
  }
}

function stepLine(step: StepSummary): string {
  const id = step.revision ?? vscode.l10n.t("base");
  return step.message === "" ? `• ${id}` : `• ${id}  ${step.message}`;
}

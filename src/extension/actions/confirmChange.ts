import * as vscode from "vscode";
import type { ConfirmedPlan, MigrationRunResult } from "../../context/commandTable";
import type { StepSummary } from "../../context/events";
import type { Project } from "../project/project";
import type { Services } from "../services";

/** What a run would do to a database, as the engine planned it there. */
export type PlannedRun = Extract<MigrationRunResult, { readonly kind: "plan" }>;

const mostListed = 15;

/** Asks before revisions are run; names the database that was planned for, and each revision. */
export async function confirmUpgrade({ database, steps }: PlannedRun): Promise<boolean> {
  const message =
    steps.length === 1
      ? vscode.l10n.t("Upgrade {0} by one revision?", database.name)
      : vscode.l10n.t("Upgrade {0} by {1} revisions?", database.name, steps.length);
  const detail = [vscode.l10n.t("These run, in this order:"), ...stepLines(steps)].join("\n");
  const upgrade = vscode.l10n.t("Upgrade");
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, upgrade)) === upgrade;
}

/** Asks before revisions are reverted; names the database that was planned for, and each revision. */
export async function confirmDowngrade({ database, steps }: PlannedRun): Promise<boolean> {
  const message =
    steps.length === 1
      ? vscode.l10n.t("Downgrade {0} by one revision?", database.name)
      : vscode.l10n.t("Downgrade {0} by {1} revisions?", database.name, steps.length);
  const detail = [
    vscode.l10n.t("These are reverted, in this order. Data that they added is lost:"),
    ...stepLines(steps),
  ].join("\n");
  const downgrade = vscode.l10n.t("Downgrade");
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, downgrade)) === downgrade;
}

/** Asks before the version table is set without running anything. */
export async function confirmStamp(
  { database, rows }: ConfirmedPlan,
  project: Project,
  targets: readonly string[],
): Promise<boolean> {
  const messageOf = (target: string): string => project.graph.get(target)?.message ?? "";
  const [only = ""] = targets;
  const named = targets.length > 1 ? targets : [only, messageOf(only)].filter((word) => word !== "");
  const message = vscode.l10n.t("Stamp {0} with {1}?", database.name, named.join(", "));
  const detail = [
    ...(targets.length > 1 ? targets.map((target) => `• ${target}  ${messageOf(target)}`.trimEnd()) : []),
    vscode.l10n.t("The version table now contains: {0}.", rows.join(", ") || vscode.l10n.t("nothing")),
    vscode.l10n.t("Only the version table is changed; no upgrade or downgrade runs."),
  ].join("\n");
  const stamp = vscode.l10n.t("Stamp");
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, stamp)) === stamp;
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

function stepLines(steps: readonly StepSummary[]): readonly string[] {
  const more = steps.length - mostListed;
  return [
    ...steps.slice(0, mostListed).map(stepLine),
    ...(more > 0 ? [vscode.l10n.t("… and {0} more", more)] : []),
  ];
}

function stepLine(step: StepSummary): string {
  const id = step.revision ?? vscode.l10n.t("base");
  return step.message === "" ? `• ${id}` : `• ${id}  ${step.message}`;
}

import * as vscode from "vscode";
import { commandIds } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { pickProject, projectForCommand } from "./pickProject";
import { openRevisionFile } from "./openFile";
import { resolveTarget, resolveTargets } from "./target";
import { requireTrust } from "./trust";

/** Asks the database where it stands, for the marks in the tree, the lenses and the status bar. */
export async function checkStatus(services: Services, argument: unknown): Promise<void> {
  const project = requireTrust() ? await projectOfRow(services, argument) : undefined;
  if (project !== undefined) {
    await askForStatus(services, project);
  }
}

/** Reads the files again and, where that may be, asks the databases. */
export async function refresh(services: Services): Promise<void> {
  await services.projects.refreshNow();
  if (vscode.workspace.isTrusted) {
    for (const project of services.projects.projects) {
      await askForStatus(services, project);
    }
  }
}

async function askForStatus(services: Services, project: Project): Promise<void> {
  const title = vscode.l10n.t("Checking the database");
  await services.runner.run(project, "status", {}, { title, progress: "view" });
}

/** A row of the view says for which project; elsewhere the usual rules do. */
function projectOfRow(services: Services, argument: unknown): Promise<Project | undefined> {
  const given = typeof argument === "string" ? services.projects.get(argument) : undefined;
  return given === undefined ? projectForCommand(services) : Promise.resolve(given);
}

/** Opens the configuration. */
export async function openConfig(services: Services, argument: unknown): Promise<void> {
  const project = await projectOfRow(services, argument);
  if (project !== undefined) {
    await vscode.window.showTextDocument(project.configUri);
  }
}

/** Opens the files of the given revisions. */
export async function openTarget(services: Services, argument: unknown, selection: unknown): Promise<void> {
  const targets = resolveTargets(services, argument, selection);
  for (const { project, revision } of targets) {
    await openRevisionFile(project, revision.revision, { isPreview: targets.length === 1 });
  }
}

/** Copies the ids of the given revisions, a line each. */
export async function copyRevisionId(
  services: Services,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const targets = resolveTargets(services, argument, selection);
  if (targets.length > 0) {
    await vscode.env.clipboard.writeText(targets.map(({ revision }) => revision.revision).join("\n"));
  }
}

/** Copies the command line of an action: of one of the latest, or of one that could be next. */
export async function copyCommandLine(services: Services, argument: unknown): Promise<void> {
  const target = argument === undefined ? undefined : resolveTarget(services, argument);
  const project = target?.project ?? (await projectForCommand(services));
  if (project === undefined) {
    return;
  }
  const line = await vscode.window.showQuickPick(lineItems(services, project, target?.revision.revision), {
    title: vscode.l10n.t("Alembic: Copy Command Line"),
    placeHolder: vscode.l10n.t("Copies the line for a terminal in {0}", project.name),
  });
  if (line !== undefined) {
    await vscode.env.clipboard.writeText(line.label);
  }
}

function lineItems(
  services: Services,
  project: Project,
  revision: string | undefined,
): readonly vscode.QuickPickItem[] {
  const { runner } = services;
  const target = revision ?? "head";
  const possible = [
    runner.lineOf(project, "upgrade", { target }),
    runner.lineOf(project, "upgrade", { target, sql: true }),
    runner.lineOf(project, "downgrade", { target: revision ?? "-1" }),
    ...(revision === undefined
      ? [
          runner.lineOf(project, "current", {}),
          runner.lineOf(project, "history", { indicateCurrent: true }),
          runner.lineOf(project, "heads", {}),
        ]
      : [
          runner.lineOf(project, "stamp", { targets: [revision] }),
          runner.lineOf(project, "show", { revision }),
        ]),
  ].map((label) => ({ label }));
  const recent = runner.recentCommandLines.map((label) => ({ label }));
  if (revision !== undefined || recent.length === 0) {
    return possible;
  }
  const heading = (label: string): vscode.QuickPickItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  return [
    heading(vscode.l10n.t("Run in this session")),
    ...recent,
    heading(vscode.l10n.t("Other")),
    ...possible,
  ];
}

/** The menu behind the status bar item. */
export async function showMenu(services: Services): Promise<void> {
  const entries: readonly (vscode.QuickPickItem & { readonly command: string })[] = [
    { label: `$(refresh) ${vscode.l10n.t("Check Status")}`, command: commandIds.checkStatus },
    { label: `$(arrow-up) ${vscode.l10n.t("Upgrade to Head")}`, command: commandIds.upgradeToHead },
    { label: `$(arrow-down) ${vscode.l10n.t("Downgrade by One")}`, command: commandIds.downgradeByOne },
    { label: `$(add) ${vscode.l10n.t("New Revision…")}`, command: commandIds.newRevision },
    {
      label: `$(sparkle) ${vscode.l10n.t("Autogenerate Revision…")}`,
      command: commandIds.autogenerateRevision,
    },
    { label: `$(git-merge) ${vscode.l10n.t("Show Graph")}`, command: commandIds.showGraph },
    { label: `$(preview) ${vscode.l10n.t("Preview SQL…")}`, command: commandIds.previewSql },
    { label: `$(history) ${vscode.l10n.t("History")}`, command: commandIds.history },
    { label: `$(diff) ${vscode.l10n.t("Check for Drift")}`, command: commandIds.checkDrift },
    { label: `$(diff) ${vscode.l10n.t("Show Drift of Database")}`, command: commandIds.showDrift },
    { label: `$(database) ${vscode.l10n.t("Select Environment…")}`, command: commandIds.selectEnvironment },
    ...(services.projects.projects.length > 1
      ? [{ label: `$(folder) ${vscode.l10n.t("Select Project…")}`, command: commandIds.selectProject }]
      : []),
    { label: `$(output) ${vscode.l10n.t("Show Log")}`, command: commandIds.showLog },
  ];
  const picked = await vscode.window.showQuickPick(entries, {
    title: "Alembic",
    placeHolder: vscode.l10n.t("Choose an action"),
  });
  if (picked !== undefined) {
    await vscode.commands.executeCommand(picked.command);
  }
}

/** Chooses the project that the palette's commands work on. */
export async function selectProject(services: Services): Promise<void> {
  await pickProject(services);
}

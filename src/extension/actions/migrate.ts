import * as vscode from "vscode";
import type { MigrationRunResult } from "../../context/commandTable";
import { targetBefore } from "../../revision/targetBefore";
import type { UpgradeConfirmation } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { upgradeConfirmation } from "../shared/settings";
import { mergeHeads } from "./author";
import { confirmDowngrade, confirmStamp, confirmUpgrade } from "./confirmChange";
import { runConfirmed } from "./confirmedRun";
import { projectForCommand } from "./pickProject";
import { pickRevision } from "./pickRevision";
import { isFromPage, resolveTarget, resolveTargets, type ResolvedTarget } from "./target";
import { requireTrust } from "./trust";

/** Upgrades to a target that the user picks. */
export async function upgrade(services: Services): Promise<void> {
  const project = await trustedProject(services);
  if (project === undefined) {
    return;
  }
  const manyHeads = project.graph.heads.length > 1;
  const target = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Upgrade"),
    placeholder: vscode.l10n.t("Where to upgrade to: a revision, or +2, label@head, …"),
    acceptsTyped: true,
    symbols: [
      manyHeads
        ? { symbol: "heads", label: "heads", description: vscode.l10n.t("everything, on all branches") }
        : { symbol: "head", label: "head", description: vscode.l10n.t("the newest revision") },
      { symbol: "+1", label: "+1", description: vscode.l10n.t("the next revision only") },
    ],
  });
  if (target !== undefined) {
    await runUpgrade(services, project, target);
  }
}

/** Upgrades to the newest revision; on all branches where there are several. */
export async function upgradeToHead(services: Services): Promise<void> {
  const project = await trustedProject(services);
  const target = project && (await headToUpgradeTo(services, project));
  if (project !== undefined && target !== undefined) {
    await runUpgrade(services, project, target);
  }
}

/** The head, or of several those that the user picks; undefined where they are merged first, or the user leaves. */
async function headToUpgradeTo(services: Services, project: Project): Promise<string | undefined> {
  const { heads } = project.graph;
  if (heads.length < 2) {
    return "head";
  }
  const merge = {
    label: vscode.l10n.t("Merge the heads first…"),
    iconPath: new vscode.ThemeIcon("git-merge"),
  };
  const all = { label: vscode.l10n.t("All heads"), description: heads.join(", "), target: "heads" };
  const each = heads.map((head) => {
    const { message = "", labels = [] } = project.graph.get(head) ?? {};
    return { label: message || head, description: [head, ...labels].join(" · "), target: head };
  });
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly target?: string }>(
    [all, ...each, { label: "", kind: vscode.QuickPickItemKind.Separator }, merge],
    {
      title: vscode.l10n.t("Alembic: Upgrade to Head"),
      placeHolder: vscode.l10n.t("There are {0} heads. Select the one to upgrade to, or all.", heads.length),
    },
  );
  if (picked === merge) {
    await mergeHeads(services, undefined);
  }
  return picked?.target;
}

/** Upgrades a project to its newest revisions, and tells whether it got there. */
export function upgradeToHeads(services: Services, project: Project): Promise<boolean> {
  return runUpgrade(services, project, project.graph.heads.length > 1 ? "heads" : "head");
}

/** Upgrades to the given revision. */
export async function upgradeToRevision(services: Services, argument: unknown): Promise<void> {
  const target = requireTrust() ? resolveTarget(services, argument) : undefined;
  if (target === undefined) {
    return;
  }
  if (isFromPage(argument)) {
    await upgradeAfterAsking(services, target);
  } else {
    await runUpgrade(services, target.project, target.revision.revision);
  }
}

/** Downgrades to a target that the user picks. */
export async function downgrade(services: Services): Promise<void> {
  const project = await trustedProject(services);
  if (project === undefined) {
    return;
  }
  const target = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Downgrade"),
    placeholder: vscode.l10n.t(
      "Downgrade to which revision? It stays applied. Relative targets such as -2 work too.",
    ),
    acceptsTyped: true,
    symbols: [
      { symbol: "-1", label: "-1", description: vscode.l10n.t("revert the last revision") },
      { symbol: "base", label: "base", description: vscode.l10n.t("revert everything") },
    ],
  });
  if (target !== undefined) {
    await runDowngrade(services, project, target);
  }
}

/** Reverts the last revision. */
export async function downgradeByOne(services: Services): Promise<void> {
  const project = await trustedProject(services);
  if (project !== undefined) {
    await runDowngrade(services, project, "-1");
  }
}

/** Reverts the given revision and those that stand on it. */
export async function downgradeBeforeRevision(services: Services, argument: unknown): Promise<void> {
  const target = requireTrust() ? resolveTarget(services, argument) : undefined;
  if (target !== undefined) {
    const { project, revision } = target;
    await runDowngrade(services, project, targetBefore(project.graph, revision));
  }
}

/** Sets the version table to a target that the user picks. */
export async function stamp(services: Services): Promise<void> {
  const project = await trustedProject(services);
  if (project === undefined) {
    return;
  }
  const target = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Stamp"),
    placeholder: vscode.l10n.t("Revision to record in the version table (no migrations are run)"),
    acceptsTyped: true,
    symbols: [
      { symbol: "heads", label: "heads", description: vscode.l10n.t("as if everything were applied") },
      { symbol: "base", label: "base", description: vscode.l10n.t("as if nothing were applied") },
    ],
  });
  if (target !== undefined) {
    await runStamp(services, project, [target]);
  }
}

/** Sets the version table to the given revisions. */
export async function stampRevision(
  services: Services,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const targets = requireTrust() ? resolveTargets(services, argument, selection) : [];
  const [first] = targets;
  if (first !== undefined) {
    const ids = targets.map(({ revision }) => revision.revision);
    await runStamp(services, first.project, ids);
  }
}

/** Makes the version table where it is missing. */
export async function ensureVersion(services: Services): Promise<void> {
  const project = await trustedProject(services);
  if (project !== undefined) {
    const title = vscode.l10n.t("Creating the version table");
    await services.runner.run(project, "ensureVersion", {}, { title, progress: "notification" });
  }
}

async function trustedProject(services: Services): Promise<Project | undefined> {
  return requireTrust() ? projectForCommand(services) : undefined;
}

async function runUpgrade(services: Services, project: Project, target: string): Promise<boolean> {
  if (!(await saveRevisionFiles(project))) {
    return false;
  }
  const confirmation = upgradeConfirmation(project.configUri);
  const result =
    confirmation === "never"
      ? await services.runner.run(
          project,
          "upgrade",
          { target },
          { title: vscode.l10n.t("Upgrading to {0}", target), progress: "notification" },
        )
      : await runConfirmedUpgrade(services, project, target, confirmation);
  tellOfUpgrade(services, result, target);
  return result?.kind === "ran";
}

function runConfirmedUpgrade(
  services: Services,
  project: Project,
  target: string,
  confirmation: UpgradeConfirmation,
): Promise<MigrationRunResult | undefined> {
  return runConfirmed(services, project, {
    command: "upgrade",
    options: { target },
    planning: vscode.l10n.t("Planning the upgrade to {0}", target),
    running: vscode.l10n.t("Upgrading to {0}", target),
    ask: confirmUpgrade,
    isAskedAbout: ({ steps }) => confirmation === "always" || steps.length > 1,
  });
}

/** Upgrades to the given revision after asking: what a page or a single key starts must not change a database. */
async function upgradeAfterAsking(services: Services, target: ResolvedTarget): Promise<void> {
  const { project, revision } = target;
  if (!(await saveRevisionFiles(project))) {
    return;
  }
  const result = await runConfirmedUpgrade(services, project, revision.revision, "always");
  tellOfUpgrade(services, result, revision.revision);
}

function tellOfUpgrade(services: Services, result: MigrationRunResult | undefined, target: string): void {
  if (result?.kind === "ran") {
    services.runner.notices.tell(
      result.steps.length === 0
        ? vscode.l10n.t("Nothing to upgrade: {0} is up to date", target)
        : vscode.l10n.t("Applied revisions: {0}", result.steps.length),
    );
  }
}

async function runDowngrade(services: Services, project: Project, target: string): Promise<void> {
  if (!(await saveRevisionFiles(project))) {
    return;
  }
  const result = await runConfirmed(services, project, {
    command: "downgrade",
    options: { target },
    planning: vscode.l10n.t("Planning the downgrade to {0}", target),
    running: vscode.l10n.t("Downgrading to {0}", target),
    ask: confirmDowngrade,
  });
  if (result?.kind === "ran") {
    services.runner.notices.tell(
      result.steps.length === 0
        ? vscode.l10n.t("Nothing to downgrade")
        : vscode.l10n.t("Reverted revisions: {0}", result.steps.length),
    );
  }
}

async function runStamp(services: Services, project: Project, targets: readonly string[]): Promise<void> {
  const named = targets.join(", ");
  await runConfirmed(services, project, {
    command: "stamp",
    options: { targets, purge: hasUnknownRows(services, project) },
    planning: vscode.l10n.t("Planning to stamp {0}", named),
    running: vscode.l10n.t("Stamping {0}", named),
    ask: (plan) => confirmStamp(plan, project, targets),
  });
}

/** Alembic's `stamp` starts from the rows; those that no file has are only taken away. */
function hasUnknownRows({ databases }: Services, project: Project): boolean {
  const applied = databases.appliedOf(project);
  return applied.kind === "known" && applied.unknownRows.length > 0;
}

/** What runs is what is on disk: unsaved revision files are saved first. False where one could not be. */
async function saveRevisionFiles(project: Project): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) => document.isDirty && project.owns(document.uri),
  );
  const results = await Promise.all(unsaved.map((document) => document.save()));
  return results.every((isSaved) => isSaved);
}

import * as vscode from "vscode";
import { projectForCommand } from "../actions/pickProject";
import { pickRevision } from "../actions/pickRevision";
import { downgradeRange, newestSymbol, pendingRange, upgradeRange } from "../actions/revisionSymbols";
import { resolveTarget, resolveTargets } from "../actions/target";
import { requireTrust } from "../actions/trust";
import type { GraphRevision } from "../../revision/graph";
import type { Project } from "../project/project";
import type { Services } from "../services";
import type { PreviewAddress } from "./previewAddress";
import { previewUri } from "./previewUri";

/** Shows the SQL of one revision beside its file. */
export async function previewRevision(
  services: Services,
  argument: unknown,
  direction: PreviewAddress["direction"],
): Promise<void> {
  const target = requireTrust() ? resolveTarget(services, argument) : undefined;
  if (target === undefined) {
    return;
  }
  const { project, revision } = target;
  const range = direction === "upgrade" ? upgradeRange(revision) : downgradeRange(project.graph, revision);
  await show({ projectId: project.id, direction, range, revision: revision.revision });
}

/** Shows the SQL of a run that the user picks. */
export async function previewRun(services: Services): Promise<void> {
  const project = requireTrust() ? await projectForCommand(services) : undefined;
  const run = project && (await pickRun(services, project, vscode.l10n.t("Alembic: Preview SQL")));
  if (project !== undefined && run !== undefined) {
    await show({ projectId: project.id, direction: "upgrade", ...run });
  }
}

/** A range of revisions to upgrade, and the revision where it is that of one alone. */
export type PickedRun = Pick<PreviewAddress, "range" | "revision">;

/** Asks for what is pending, for everything, or for one revision. */
export async function pickRun(
  services: Services,
  project: Project,
  title: string,
): Promise<PickedRun | undefined> {
  const state = services.databases.get(project);
  const pending = state.kind === "known" ? pendingRange(project.graph, state.rows) : undefined;
  const everything = `base:${newestSymbol(project.graph)}`;
  const picked = await pickRevision(services, project, {
    title,
    placeholder: vscode.l10n.t("Select the revisions to show the SQL of; nothing is run"),
    symbols: [
      ...(pending === undefined || pending === everything
        ? []
        : [{ ...rangeItem(pending), description: vscode.l10n.t("what is pending") }]),
      { ...rangeItem(everything), description: vscode.l10n.t("everything") },
    ],
  });
  if (picked === undefined) {
    return undefined;
  }
  const revision = project.graph.get(picked);
  const range = revision === undefined ? picked : upgradeRange(revision);
  return { range, revision: revision?.revision };
}

function rangeItem(range: string): { readonly symbol: string; readonly label: string } {
  return { symbol: range, label: range.replaceAll(",", ", ").replace(":", " → ") };
}

/** Shows the SQL of two revisions side by side: of those that are passed or selected, and of those that the user picks. */
export async function compareSql(services: Services, argument: unknown, selection: unknown): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const [given, other] = argument === undefined ? [] : resolveTargets(services, argument, selection);
  const project = given?.project ?? (await projectForCommand(services));
  if (project === undefined) {
    return;
  }
  const pick = (title: string, other: string | undefined): Promise<string | undefined> =>
    pickRevision(services, project, {
      title,
      placeholder: vscode.l10n.t("The revision whose SQL to compare"),
      filter: ({ revision }) => revision !== other,
    });
  const left =
    given?.revision.revision ?? (await pick(vscode.l10n.t("Alembic: Compare SQL (1/2)"), undefined));
  const right =
    other?.revision.revision ?? (left && (await pick(vscode.l10n.t("Alembic: Compare SQL (2/2)"), left)));
  const [before, after] = [left, right].map((id) => (id === undefined ? undefined : project.graph.get(id)));
  if (before === undefined || after === undefined) {
    return;
  }
  const uris = [before, after].map((revision) => previewUri(upgradeAddress(project, revision)));
  await vscode.commands.executeCommand(
    "vscode.diff",
    ...uris,
    `${before.revision} ↔ ${after.revision} (SQL)`,
  );
}

function upgradeAddress(project: Project, revision: GraphRevision): PreviewAddress {
  return {
    projectId: project.id,
    direction: "upgrade",
    range: upgradeRange(revision),
    revision: revision.revision,
  };
}

async function show(address: PreviewAddress): Promise<void> {
  const document = await vscode.workspace.openTextDocument(previewUri(address));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    preserveFocus: true,
  });
}

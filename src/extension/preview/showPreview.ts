import * as vscode from "vscode";
import { projectForCommand } from "../actions/pickProject";
import { pickRevision } from "../actions/pickRevision";
import { downgradeRange, newestSymbol, pendingRange, upgradeRange } from "../actions/revisionSymbols";
import { resolveTarget } from "../actions/target";
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
  if (project === undefined) {
    return;
  }
  const state = services.databases.get(project);
  const pending = state.kind === "known" ? pendingRange(project.graph, state.rows) : undefined;
  const everything = `base:${newestSymbol(project.graph)}`;
  const picked = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Preview SQL"),
    placeholder: vscode.l10n.t("What to show the SQL of; nothing is run"),
    symbols: [
      ...(pending === undefined || pending === everything
        ? []
        : [{ ...rangeItem(pending), description: vscode.l10n.t("what is pending") }]),
      { ...rangeItem(everything), description: vscode.l10n.t("everything") },
    ],
  });
  if (picked === undefined) {
    return;
  }
  const revision = project.graph.get(picked);
  const range = revision === undefined ? picked : upgradeRange(revision);
  await show({ projectId: project.id, direction: "upgrade", range, revision: revision?.revision });
}

function rangeItem(range: string): { readonly symbol: string; readonly label: string } {
  return { symbol: range, label: range.replaceAll(",", ", ").replace(":", " → ") };
}

/** Shows the SQL of two revisions side by side: of the one that is passed, if any, and of those that the user picks. */
export async function compareSql(services: Services, argument: unknown): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const given = argument === undefined ? undefined : resolveTarget(services, argument);
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
  const right = left && (await pick(vscode.l10n.t("Alembic: Compare SQL (2/2)"), left));
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

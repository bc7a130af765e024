import * as vscode from "vscode";
import { projectForCommand } from "../actions/pickProject";
import { pickRevision } from "../actions/pickRevision";
import { downgradeRange, upgradeRange } from "../actions/revisionSymbols";
import { resolveTarget } from "../actions/target";
import { requireTrust } from "../actions/trust";
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
  const range = direction === "upgrade" ? upgradeRange(revision) : downgradeRange(revision);
  await show({ projectId: project.id, direction, range, revision: revision.revision });
}

/** Shows the SQL of a run that the user picks. */
export async function previewRun(services: Services): Promise<void> {
  const project = requireTrust() ? await projectForCommand(services) : undefined;
  if (project === undefined) {
    return;
  }
  const state = services.databases.get(project);
  const [row] = state.kind === "known" ? state.rows : [];
  const head = project.graph.heads.length > 1 ? "heads" : "head";
  const picked = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Preview SQL"),
    placeholder: vscode.l10n.t("What to show the SQL of; nothing is run"),
    symbols: [
      ...(row === undefined
        ? []
        : [
            {
              symbol: `${row}:${head}`,
              label: `${row} → ${head}`,
              description: vscode.l10n.t("what is pending"),
            },
          ]),
      { symbol: `base:${head}`, label: `base → ${head}`, description: vscode.l10n.t("everything") },
    ],
  });
  if (picked === undefined) {
    return;
  }
  const revision = project.graph.get(picked);
  const range = revision === undefined ? picked : upgradeRange(revision);
  await show({ projectId: project.id, direction: "upgrade", range, revision: revision?.revision });
}

async function show(address: PreviewAddress): Promise<void> {
  const document = await vscode.workspace.openTextDocument(previewUri(address));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    preserveFocus: true,
  });
}

import * as vscode from "vscode";
import { projectForCommand } from "../actions/pickProject";
import { pickRevision } from "../actions/pickRevision";
import { downgradeRange, upgradeRange } from "../actions/revisionSymbols";
import { resolveTarget, targetOfFile } from "../actions/target";
import { requireTrust } from "../actions/trust";
import { commandIds, sqlScheme } from "../contributions";
import type { Services } from "../services";
import { previewUri, SqlPreview } from "./sqlPreview";
import type { PreviewAddress } from "./previewAddress";

/** *Preview SQL*, for one revision in either direction, or for a whole run. */
export function registerPreview(context: vscode.ExtensionContext, services: Services): void {
  const preview = new SqlPreview(services);
  const showFor = async (argument: unknown, direction: PreviewAddress["direction"]): Promise<void> => {
    const target = requireTrust() ? resolveTarget(services, argument) : undefined;
    if (target === undefined) {
      return;
    }
    const { project, revision } = target;
    const range = direction === "upgrade" ? upgradeRange(revision) : downgradeRange(revision);
    await show({ projectId: project.id, direction, range, revision: revision.revision });
  };
  context.subscriptions.push(
    preview,
    vscode.workspace.registerTextDocumentContentProvider(sqlScheme, preview),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const target = targetOfFile(services, document.uri);
      if (target !== undefined) {
        preview.refresh(target.project, target.revision.revision);
      }
    }),
    vscode.commands.registerCommand(commandIds.previewUpgradeSql, (argument) => showFor(argument, "upgrade")),
    vscode.commands.registerCommand(commandIds.previewDowngradeSql, (argument) =>
      showFor(argument, "downgrade"),
    ),
    vscode.commands.registerCommand(commandIds.previewSql, () => previewRun(services)),
  );
}

async function previewRun(services: Services): Promise<void> {
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

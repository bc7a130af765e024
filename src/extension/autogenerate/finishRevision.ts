import * as vscode from "vscode";
import { askForMessage } from "../actions/author";
import { showFailure } from "../actions/showFailure";
import { requireTrust } from "../actions/trust";
import { revisionPreviewScheme } from "../contributions";
import type { Services } from "../services";
import { goneText, type RevisionPreview } from "./generatedDocuments";
import { proposeRevision } from "./proposeRevision";
import { closePreview, showPreview, tabsOf } from "./showPreview";

interface OpenPreview {
  readonly uri: vscode.Uri;
  readonly preview: RevisionPreview;
}

/** Writes the file that a preview shows, to the letter, and opens it. */
export async function writeRevision(services: Services, argument: unknown): Promise<void> {
  const open = requireTrust() ? openPreview(services, argument) : undefined;
  if (open !== undefined) {
    await write(services, open, false);
  }
}

/** Makes the file of a preview anew for another message; nothing is compared again. */
export async function editRevisionMessage(services: Services, argument: unknown): Promise<void> {
  const open = requireTrust() ? openPreview(services, argument) : undefined;
  const title = vscode.l10n.t("Alembic: Edit Message");
  const message = open && (await askForMessage(title, open.preview.prepared.message));
  if (open === undefined || message === undefined || message === open.preview.prepared.message) {
    return;
  }
  const { preview, uri } = open;
  const { project, prepared } = preview;
  const request = { ...preview.request, message };
  const options = {
    ...request,
    revisionId: preview.result.revision,
    bodies: prepared.bodies,
    dryRun: true,
  };
  const how = {
    title: vscode.l10n.t("Printing the revision"),
    progress: "window",
    isRepetition: true,
  } as const;
  const result = await services.runner.run(project, "revision", options, how);
  if (result !== undefined) {
    await showPreview(services, { ...preview, request, result, prepared: { ...prepared, message } }, uri);
  }
}

/** Closes a preview; nothing was written, and nothing stays. */
export async function discardRevision(services: Services, argument: unknown): Promise<void> {
  const uri = previewUri(argument);
  if (uri !== undefined) {
    await closePreview(services, uri);
  }
}

async function write(services: Services, open: OpenPreview, force: boolean): Promise<void> {
  const { preview, uri } = open;
  const { project, result, prepared, report } = preview;
  const { comparedWith } = report;
  const response = await services.runner.execute(
    project,
    "writeRevision",
    {
      revision: result.revision,
      path: result.path,
      text: result.text,
      madeFor: {
        heads: prepared.heads,
        rows: comparedWith.kind === "database" ? comparedWith.rows : undefined,
      },
      force,
    },
    {
      title: vscode.l10n.t("Writing a new revision"),
      progress: "notification",
      writesFiles: true,
      isRepetition: true,
    },
  );
  if (response.kind === "ok") {
    const viewColumn = tabsOf(uri)[0]?.group.viewColumn ?? vscode.ViewColumn.Active;
    await vscode.window.showTextDocument(project.uriOf(result.path), { preview: false, viewColumn });
    await closePreview(services, uri);
  } else if (response.kind === "failed" && response.failure.code === "moved-on") {
    await offerAgain(services, open, response.failure.message);
  } else if (response.kind === "failed") {
    void showFailure(response.failure, project, services.log);
  }
}

async function offerAgain(services: Services, open: OpenPreview, message: string): Promise<void> {
  const again = vscode.l10n.t("Autogenerate Again");
  const anyway = vscode.l10n.t("Write Anyway");
  const answer = await vscode.window.showWarningMessage(message, again, anyway);
  if (answer === anyway) {
    await write(services, open, true);
  } else if (answer === again) {
    await closePreview(services, open.uri);
    await proposeRevision(services, open.preview.project, open.preview.request);
  }
}

function openPreview(services: Services, argument: unknown): OpenPreview | undefined {
  const uri = previewUri(argument);
  const preview = uri && services.generatedDocuments.previewOf(uri);
  if (uri === undefined || preview === undefined) {
    if (uri !== undefined) {
      // A tab that the editor brought back.
      void vscode.window.showInformationMessage(goneText());
    }
    return undefined;
  }
  return { uri, preview };
}

/** The preview that is passed, or the one in the active editor. */
function previewUri(argument: unknown): vscode.Uri | undefined {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === revisionPreviewScheme ? uri : undefined;
}

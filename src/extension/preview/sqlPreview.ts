import * as vscode from "vscode";
import { sqlScheme } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { readPreviewQuery } from "./previewAddress";
import type { PreviewAddress } from "./previewAddress";

/** Read-only documents with the SQL of a migration, as `--sql` prints it. */
export class SqlPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changeEmitter.event;
  /** The last SQL of each open preview, kept while its file can't be run because it is half typed. */
  private readonly lastGood = new Map<string, string>();

  constructor(private readonly services: Services) {}

  /** Whether any preview is open. */
  get isShown(): boolean {
    return vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === sqlScheme);
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const address = readPreviewQuery(uri.query);
    const project = address && this.services.projects.get(address.projectId);
    if (address === undefined || project === undefined) {
      return comment(vscode.l10n.t("The project of this preview is gone."));
    }
    if (!vscode.workspace.isTrusted) {
      return comment(vscode.l10n.t("A preview runs the revision's code, which needs a trusted workspace."));
    }
    return this.sqlOf(uri.toString(), project, address, token);
  }

  /** The open previews that show this revision, or a run of the project's revisions, are made anew. */
  refresh(project: Project, revision: string | undefined): void {
    for (const document of vscode.workspace.textDocuments) {
      const address = document.uri.scheme === sqlScheme ? readPreviewQuery(document.uri.query) : undefined;
      const isConcerned = address?.revision === undefined || address.revision === revision;
      if (address !== undefined && address.projectId === project.id && isConcerned) {
        this.changeEmitter.fire(document.uri);
      }
    }
  }

  /** The preview was closed. */
  forget(uri: vscode.Uri): void {
    this.lastGood.delete(uri.toString());
  }

  dispose(): void {
    this.changeEmitter.dispose();
  }

  private async sqlOf(
    key: string,
    project: Project,
    address: PreviewAddress,
    token: vscode.CancellationToken,
  ): Promise<string> {
    const { direction, range } = address;
    const options = { target: range, sql: true };
    const before = this.lastGood.get(key);
    const response = await this.services.runner.execute(project, direction, options, {
      title: vscode.l10n.t("Previewing SQL"),
      progress: "window",
      token,
      unsaved: project.unsavedFiles,
      isRepetition: before !== undefined,
    });
    const line = comment(this.services.runner.lineOf(project, direction, options));
    switch (response.kind) {
      case "ok": {
        const sql = response.result.kind === "sql" ? response.result.text : "";
        this.lastGood.set(key, sql);
        return `${line}\n${sql}`;
      }
      case "cancelled":
        return `${line}${comment(vscode.l10n.t("Cancelled."))}`;
      case "failed": {
        const { message, hint } = response.failure;
        const reason = `${line}\n${comment(message)}${hint === undefined ? "" : comment(hint)}`;
        return before === undefined
          ? reason
          : `${reason}${comment(vscode.l10n.t("What follows is of the text before."))}\n${before}`;
      }
    }
  }
}

function comment(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `-- ${line}\n`)
    .join("");
}

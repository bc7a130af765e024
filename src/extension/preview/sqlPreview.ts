import * as vscode from "vscode";
import { downgradeRange, upgradeRange } from "../actions/revisionSymbols";
import type { LintMeasurement } from "../../context/lintCommand";
import { sqlScheme } from "../contributions";
import { withMeasured } from "../measure/measuredStatements";
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
  /** What each open preview was made from. */
  private readonly sources = new Map<string, string>();

  constructor(private readonly services: Services) {}

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const address = readPreviewQuery(uri.query);
    const project = address && this.services.projects.get(address.projectId);
    if (address === undefined || project === undefined) {
      return comment(vscode.l10n.t("The project of this preview no longer exists."));
    }
    if (!vscode.workspace.isTrusted) {
      return comment(vscode.l10n.t("A preview runs the revision's code, which needs a trusted workspace."));
    }
    return this.sqlOf(uri.toString(), project, address, token);
  }

  /** The open previews of a project are made anew where what they were made from has changed, in an editor or on disk. */
  refresh(project: Project): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      const address = uri.scheme === sqlScheme ? readPreviewQuery(uri.query) : undefined;
      if (
        address?.projectId === project.id &&
        this.sources.get(uri.toString()) !== this.sourceOf(project, address)
      ) {
        this.changeEmitter.fire(uri);
      }
    }
  }

  /** The preview was closed. */
  forget(uri: vscode.Uri): void {
    this.lastGood.delete(uri.toString());
    this.sources.delete(uri.toString());
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
    const { direction } = address;
    const options = { target: rangeOf(project, address), sql: true };
    const before = this.lastGood.get(key);
    this.sources.set(key, this.sourceOf(project, address));
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
        const text = response.result.kind === "sql" ? response.result.text : "";
        const measurement = this.measurementOf(project, address);
        const sql = measurement === undefined ? text : withMeasured(text, measurement, measuredComment);
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
          : `${reason}${comment(vscode.l10n.t("The SQL below is from the last version that could be read."))}\n${before}`;
      }
    }
  }

  /** What a preview is made from: the text of its revision and the range, or for a run the state of all revisions. */
  private sourceOf(project: Project, address: PreviewAddress): string {
    const { revision } = address;
    if (revision === undefined) {
      return String(project.index.version);
    }
    const measured = this.measurementOf(project, address)?.statements.map(({ summary }) => summary) ?? [];
    return [rangeOf(project, address), textOf(project, revision) ?? "", ...measured].join("\n");
  }

  /** What the revision of a preview was measured to do, if the user has asked for it. */
  private measurementOf(
    project: Project,
    { revision, direction }: PreviewAddress,
  ): LintMeasurement | undefined {
    const path = revision === undefined ? undefined : project.pathOfRevision(revision);
    const text = revision === undefined ? undefined : textOf(project, revision);
    return path === undefined || text === undefined || direction === "downgrade"
      ? undefined
      : this.services.measured.get(project, path, text);
  }
}

/** The range as the revision's parents are by now, which may not be those that it had when the preview was opened. */
function rangeOf({ graph }: Project, { direction, range, revision: id }: PreviewAddress): string {
  const revision = id === undefined ? undefined : graph.get(id);
  if (revision === undefined) {
    return range;
  }
  return direction === "upgrade" ? upgradeRange(revision) : downgradeRange(graph, revision);
}

function textOf(project: Project, revision: string): string | undefined {
  const path = project.pathOfRevision(revision);
  return path === undefined ? undefined : project.index.file(path)?.text;
}

function measuredComment(summary: string): string {
  return comment(vscode.l10n.t("Measured: {0}.", summary));
}

function comment(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `-- ${line}\n`)
    .join("");
}

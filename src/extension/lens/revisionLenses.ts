import * as vscode from "vscode";
import { commandIds } from "../contributions";
import { TextPositions } from "../diagnostics/textPositions";
import { pathOf } from "../project/paths";
import type { Services } from "../services";
import { isSettingOn } from "../shared/settings";
import { lensesOf } from "./lensModel";
import type { Lens } from "./lensModel";

/** An icon, and a space that the editor does not drop, as it does the ordinary one behind an icon. */
const playMark = "$(play)\u00a0";

/** When the editor is told again, in milliseconds: where nothing follows, and where a question is open meanwhile. */
const repetitionDelays = [400, 1500];

/** Lenses of revision files, from what the index and the cached state of the database say; nothing is asked. */
export class RevisionLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changeEmitter.event;
  private timers: readonly NodeJS.Timeout[] = [];

  constructor(private readonly services: Services) {}

  refresh(): void {
    this.changeEmitter.fire();
  }

  /**
   * After an action of the user's. The editor drops what it was told where its text loses the focus within the next
   * quarter of a second, as it does when a question follows; so it is told again.
   */
  refreshRepeatedly(): void {
    this.refresh();
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers = repetitionDelays.map((delay) => setTimeout(() => this.refresh(), delay));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const switches = {
      run: isSettingOn("codeLens.run", document.uri),
      previewSql: isSettingOn("codeLens.previewSql", document.uri),
    };
    const project = this.services.projects.projectOfRevisionFile(document.uri);
    const file = project?.index.file(pathOf(document.uri));
    if (project === undefined || file?.header === undefined || file.header.language !== "typescript") {
      return [];
    }
    const applied = this.services.databases.appliedOf(project);
    const positions = new TextPositions(document.getText());
    const target = { projectId: project.id, revision: file.header.revision.value };
    return lensesOf(file.header, project.graph, applied, switches).map(
      ({ range, lens }) =>
        new vscode.CodeLens(positions.range(range), { ...commandOf(lens), arguments: [target] }),
    );
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.changeEmitter.dispose();
  }
}

function commandOf(lens: Lens): vscode.Command {
  switch (lens.kind) {
    case "upgrade":
      return {
        command: commandIds.upgradeToRevision,
        title: `${playMark}${
          lens.count === undefined || lens.count < 2
            ? vscode.l10n.t("Upgrade to here")
            : vscode.l10n.t("Upgrade to here · {0} pending", lens.count)
        }`,
        tooltip: vscode.l10n.t("Runs this revision and those before it that are pending"),
      };
    case "applied":
      return {
        command: commandIds.revealRevision,
        title: lens.isCurrent ? vscode.l10n.t("Current") : vscode.l10n.t("Applied"),
        tooltip: vscode.l10n.t(
          "Applied to the database, when it was last asked. Shows the revision in the tree",
        ),
      };
    case "downgrade":
      return {
        command: commandIds.downgradeBeforeRevision,
        title:
          lens.count === undefined || lens.count < 2
            ? vscode.l10n.t("Downgrade to before this")
            : vscode.l10n.t("Downgrade to before this · {0} reverted", lens.count),
        tooltip: vscode.l10n.t("Reverts this revision and those that stand on it. Asks before it does"),
      };
    case "pending":
      return {
        command: commandIds.revealRevision,
        title: vscode.l10n.t("Not applied"),
        tooltip: vscode.l10n.t("There is nothing to revert. Shows the revision in the tree"),
      };
    case "preview":
      return {
        command: lens.direction === "upgrade" ? commandIds.previewUpgradeSql : commandIds.previewDowngradeSql,
        title: vscode.l10n.t("Preview SQL"),
        tooltip: vscode.l10n.t("Shows the SQL that this would send. Nothing is run"),
      };
  }
}

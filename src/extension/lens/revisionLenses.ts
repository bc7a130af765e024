import * as vscode from "vscode";
import { commandIds } from "../contributions";
import { TextPositions } from "../project/textPositions";
import { pathOf } from "../project/paths";
import { mostDangerous } from "../measure/measuredStatements";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { isSettingOn } from "../shared/settings";
import { lensesOf } from "./lensModel";
import type { Lens } from "./lensModel";
import { LensNotices, type Schedule } from "./lensNotices";

/** The languages of revision files. */
export const lensLanguages: readonly string[] = ["typescript", "javascript", "python"];

/** An icon, and a space that the editor does not drop, as it does the ordinary one behind an icon. */
const playMark = "$(play)\u00a0";

/** How long the words may wait for the end of a run, in milliseconds. The editor asks later if it is kept waiting for longer. */
const longestWait = 240;

/** A lens whose words are asked for when the editor is about to show them. */
class LaterLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    /** The lenses of the whole document, asked for once. */
    readonly lenses: () => Promise<readonly vscode.CodeLens[]>,
    /** Its place among them, of which there are as many in every state. */
    readonly place: number,
  ) {
    super(range);
  }
}

const schedule: Schedule = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds);
  return { stop: () => clearTimeout(timer) };
};

/** Lenses of revision files, from what the index and the cached state of the database say; nothing is asked. */
export class RevisionLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changeEmitter.event;
  private readonly concludeEmitter = new vscode.EventEmitter<Project>();
  private readonly onDidConclude = this.concludeEmitter.event;
  private readonly notices = new LensNotices({
    tell: () => this.changeEmitter.fire(),
    present: () => this.lensesOnScreen(),
    isUnderWay: () => this.services.runner.underWay.isAny,
    schedule,
    now: () => performance.now(),
  });

  constructor(private readonly services: Services) {}

  refresh(): void {
    this.notices.refresh();
  }

  /** What will tell the state of a database begins. */
  announce(): void {
    this.notices.announce();
  }

  /** That has ended, or a part of it, and what it told is known. */
  conclude(project: Project): void {
    this.concludeEmitter.fire(project);
    this.notices.refresh();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const lenses = this.lensesOf(document);
    const project = this.services.projects.projectOfRevisionFile(document.uri);
    if (project !== undefined && this.isUnderWay(project)) {
      // The editor shows what it has, and asks once more a quarter of a second later.
      this.notices.noteAsked(document.uri.toString());
      let asked: Promise<readonly vscode.CodeLens[]> | undefined;
      const later = () => (asked ??= this.lensesAfter(project, document));
      return lenses.map(({ range }, place) => new LaterLens(range, later, place));
    }
    this.notices.noteGiven(document.uri.toString(), textOf(lenses));
    return lenses;
  }

  async resolveCodeLens(lens: vscode.CodeLens): Promise<vscode.CodeLens> {
    if (!(lens instanceof LaterLens)) {
      return lens;
    }
    const lenses = await lens.lenses();
    return new vscode.CodeLens(lens.range, lenses[lens.place]?.command);
  }

  dispose(): void {
    this.notices.dispose();
    this.concludeEmitter.dispose();
    this.changeEmitter.dispose();
  }

  /** The lenses of a document at the end of its project's run, or as they are if it does not end soon. */
  private async lensesAfter(
    project: Project,
    document: vscode.TextDocument,
  ): Promise<readonly vscode.CodeLens[]> {
    const name = document.uri.toString();
    const lenses = this.lensesOf(document);
    this.notices.noteGiven(name, textOf(lenses));
    if (!this.isUnderWay(project)) {
      return lenses;
    }
    this.notices.announce();
    await this.conclusion(project);
    const then = this.lensesOf(document);
    this.notices.noteShown(name, textOf(then));
    return then;
  }

  private isUnderWay(project: Project): boolean {
    return this.services.runner.underWay.isUnderWay(project);
  }

  private conclusion(project: Project): Promise<void> {
    return new Promise((resolve) => {
      const listener = this.onDidConclude((concluded) => {
        if (concluded === project) {
          end();
        }
      });
      const timer = schedule(end, longestWait);
      function end(): void {
        timer.stop();
        listener.dispose();
        resolve();
      }
    });
  }

  private lensesOnScreen(): ReadonlyMap<string, string> {
    const documents = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    return new Map(
      [...documents].flatMap((document) => {
        const lenses = isForLenses(document) ? this.lensesOf(document) : [];
        return lenses.length === 0 ? [] : [[document.uri.toString(), textOf(lenses)] as const];
      }),
    );
  }

  private lensesOf(document: vscode.TextDocument): vscode.CodeLens[] {
    const switches = {
      run: isSettingOn("codeLens.run", document.uri),
      previewSql: isSettingOn("codeLens.previewSql", document.uri),
    };
    const project = this.services.projects.projectOfRevisionFile(document.uri);
    const file = project?.index.file(pathOf(document.uri));
    if (project === undefined || file?.header === undefined) {
      return [];
    }
    // Beside revisions in TypeScript nobody here runs one of Python.
    if (file.header.language === "python" && !project.isPython) {
      return [];
    }
    const applied = this.services.databases.appliedOf(project);
    const text = document.getText();
    const positions = new TextPositions(text);
    const measurement = this.services.measured.get(project, pathOf(document.uri), text);
    const measured = measurement === undefined ? [] : mostDangerous(measurement);
    const target = { projectId: project.id, revision: file.header.revision.value };
    return lensesOf(
      file.header,
      project.graph,
      applied,
      switches,
      measured.map(({ summary }) => summary),
    ).map(
      ({ range, lens }) =>
        new vscode.CodeLens(positions.range(range), { ...commandOf(lens), arguments: [target] }),
    );
  }
}

function isForLenses({ uri, languageId }: vscode.TextDocument): boolean {
  return uri.scheme === "file" && lensLanguages.includes(languageId);
}

function textOf(lenses: readonly vscode.CodeLens[]): string {
  return JSON.stringify(lenses.map(({ range, command }) => [range, command]));
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
          "Applied to the database when it was last checked. Shows the revision in the tree",
        ),
      };
    case "downgrade":
      return {
        command: commandIds.downgradeBeforeRevision,
        title:
          lens.count === undefined || lens.count < 2
            ? vscode.l10n.t("Downgrade to before this")
            : vscode.l10n.t("Downgrade to before this · {0} reverted", lens.count),
        tooltip: vscode.l10n.t("Reverts this revision and those that follow it. Asks first"),
      };
    case "pending":
      return {
        command: commandIds.revealRevision,
        title: vscode.l10n.t("Not applied"),
        tooltip: vscode.l10n.t("There is nothing to revert. Shows the revision in the tree"),
      };
    case "measured":
      return {
        command: commandIds.previewUpgradeSql,
        title:
          lens.all.length === 1
            ? lens.summary
            : vscode.l10n.t("{0} · {1} more", lens.summary, lens.all.length - 1),
        tooltip: [vscode.l10n.t("Measured on a scratch database:"), ...lens.all].join("\n"),
      };
    case "preview":
      return {
        command: lens.direction === "upgrade" ? commandIds.previewUpgradeSql : commandIds.previewDowngradeSql,
        title: vscode.l10n.t("Preview SQL"),
        tooltip: vscode.l10n.t("Shows the SQL that this would send. Nothing is run"),
      };
  }
}

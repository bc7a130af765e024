import * as vscode from "vscode";
import type { TextRange } from "../../source/header";
import { DisposableStore } from "../shared/disposableStore";
import { pathOf } from "./paths";
import type { Project } from "./project";
import type { ProjectService } from "./projectService";

/** An id, or a list of them, that somebody types. */
interface IdEdit {
  readonly project: Project;
  readonly document: vscode.TextDocument;
  readonly line: number;
}

/**
 * Whether somebody is typing an id: what is half typed names another revision with every letter, and views that followed
 * it would be shuffled. An edit ends when the caret leaves its line, or the file is saved by hand.
 */
export class IdEdits implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly endEmitter = this.disposables.add(new vscode.EventEmitter<Project>());
  /** The id is as it is to be. */
  readonly onDidEnd = this.endEmitter.event;
  private edit: IdEdit | undefined;

  constructor(private readonly projects: ProjectService) {
    this.disposables.add(vscode.workspace.onDidChangeTextDocument((change) => this.noteChange(change)));
    this.disposables.add(vscode.window.onDidChangeTextEditorSelection(() => this.endWhereLeft()));
    this.disposables.add(vscode.window.onDidChangeActiveTextEditor(() => this.endWhereLeft()));
    this.disposables.add(
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (document === this.edit?.document && reason !== vscode.TextDocumentSaveReason.AfterDelay) {
          this.end();
        }
      }),
    );
  }

  /** An id of one of the project's files is being typed. */
  isIn(project: Project): boolean {
    return this.edit?.project === project;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Typing is one change on the caret's line; quick fixes and renames, which are complete, are found elsewhere or several. */
  private noteChange({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const [change, ...others] = contentChanges;
    const editor = vscode.window.activeTextEditor;
    if (change === undefined || document !== editor?.document) {
      return;
    }
    const { line } = change.range.start;
    const project = this.projects.projectOfRevisionFile(document.uri);
    const isTyping =
      others.length === 0 && reason === undefined && change.range.isSingleLine && !change.text.includes("\n");
    if (project === undefined || !isTyping || editor.selection.active.line !== line) {
      this.end();
    } else if (idLines(project, document).has(line)) {
      this.edit = { project, document, line };
    }
  }

  private endWhereLeft(): void {
    const editor = vscode.window.activeTextEditor;
    const { edit } = this;
    const isThere = editor?.document === edit?.document && editor?.selection.active.line === edit?.line;
    if (edit !== undefined && !isThere) {
      this.end();
    }
  }

  private end(): void {
    const { edit } = this;
    this.edit = undefined;
    if (edit !== undefined) {
      this.endEmitter.fire(edit.project);
    }
  }
}

/** The lines of a file's ids and labels, as it was last understood: a letter more or less leaves them where they are. */
function idLines(project: Project, document: vscode.TextDocument): ReadonlySet<number> {
  const file = project.index.file(pathOf(document.uri));
  if (file?.header === undefined) {
    return new Set();
  }
  const { text, header } = file;
  const { revision, downRevision, dependsOn, branchLabels } = header;
  const ranges = [revision.range, downRevision.range, dependsOn?.range, branchLabels?.range];
  const lineOf = (offset: number): number => text.slice(0, offset).split(/\r\n|\r|\n/).length - 1;
  return new Set(
    ranges
      .filter((range): range is TextRange => range !== undefined)
      .flatMap(({ start, end }) => {
        const first = lineOf(start);
        return Array.from({ length: lineOf(end) - first + 1 }, (_, index) => first + index);
      }),
  );
}

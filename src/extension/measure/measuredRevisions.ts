import * as vscode from "vscode";
import type { LintMeasurement } from "../../context/lintCommand";
import type { Project } from "../project/project";
import type { ProjectService } from "../project/projectService";

interface MeasuredRevision {
  readonly measurement: LintMeasurement;
  /** Of all revision files of the project when it was measured, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What the user has had measured in this session, for as long as neither the revision nor one that is run with it changes. */
export class MeasuredRevisions implements vscode.Disposable {
  private readonly measured = new Map<Project, Map<string, MeasuredRevision>>();
  private readonly changeEmitter = new vscode.EventEmitter<Project>();
  readonly onDidChange = this.changeEmitter.event;
  private readonly subscriptions: vscode.Disposable;

  constructor(projects: Pick<ProjectService, "onDidChangeRevisions" | "onDidRemoveProject">) {
    this.subscriptions = vscode.Disposable.from(
      this.changeEmitter,
      projects.onDidChangeRevisions((project) => this.dropOutdated(project)),
      projects.onDidRemoveProject((project) => this.measured.delete(project)),
    );
  }

  /** What the revision in this file does; undefined where it was not measured with this text. */
  get(project: Project, path: string, text: string): LintMeasurement | undefined {
    const found = this.measured.get(project)?.get(path);
    return found?.texts.get(path) === text ? found.measurement : undefined;
  }

  /** @param texts what `textsOf` gave before it was measured */
  set(
    project: Project,
    path: string,
    texts: ReadonlyMap<string, string>,
    measurement: LintMeasurement,
  ): void {
    const ofProject = this.measured.get(project) ?? new Map<string, MeasuredRevision>();
    this.measured.set(project, ofProject.set(path, { measurement, texts }));
    this.dropOutdated(project);
    this.changeEmitter.fire(project);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  /** A revision's own text may be undone to what was measured; that of another decides what there was before it. */
  private dropOutdated(project: Project): void {
    const ofProject = this.measured.get(project);
    const texts = ofProject === undefined ? new Map<string, string>() : textsOf(project);
    for (const [path, { texts: before }] of ofProject ?? []) {
      const isSame =
        before.size === texts.size &&
        [...texts].every(([other, text]) => other === path || before.get(other) === text);
      if (!isSame) {
        ofProject?.delete(path);
      }
    }
  }
}

/** The texts of a project's revision files, unsaved changes included. */
export function textsOf({ index }: Project): ReadonlyMap<string, string> {
  return new Map(index.files.map(({ path, text }) => [path, text]));
}

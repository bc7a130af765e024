import * as vscode from "vscode";
import { codeDigest } from "../../source/codeDigest";
import type { IndexedFile } from "../../source/revisionIndex";
import type { DatabaseStates } from "../database/databaseStates";
import type { EnvironmentService } from "../environments/environmentService";
import type { Project } from "../project/project";
import type { ProjectService } from "../project/projectService";
import { editedSince, nextDigests, readStored, toStored } from "./appliedDigests";
import type { AppliedDigests } from "./appliedDigests";

/**
 * Remembers what revisions said when the editor saw them applied, for each database, and tells which of them say
 * something else by now.
 */
export class AppliedTexts implements vscode.Disposable {
  private readonly known = new Map<string, AppliedDigests | undefined>();
  private readonly edited = new Map<string, ReadonlySet<string>>();
  private readonly digests = new WeakMap<IndexedFile, string>();
  private readonly changeEmitter = new vscode.EventEmitter<Project>();
  private readonly subscriptions: vscode.Disposable;
  /** Other revisions than before count as edited. */
  readonly onDidChange = this.changeEmitter.event;

  constructor(
    private readonly state: vscode.Memento,
    projects: ProjectService,
    private readonly databases: DatabaseStates,
    private readonly environments: EnvironmentService,
  ) {
    this.subscriptions = vscode.Disposable.from(
      projects.onDidChangeRevisions((project) => this.compare(project)),
      databases.onDidChange((project) => {
        this.note(project);
        this.compare(project);
      }),
      environments.onDidChange((project) => this.compare(project)),
    );
  }

  /** Revisions that were edited after they had been applied to the database that is chosen now. */
  editedRevisions(project: Project): ReadonlySet<string> {
    return this.edited.get(project.id) ?? new Set();
  }

  /** Takes the present text for the one that was applied. */
  accept(project: Project, revision: string): void {
    const known = this.read(project);
    const digest = this.digestOf(project, revision);
    if (known !== undefined && digest !== undefined) {
      this.write(project, { ...known, byRevision: new Map([...known.byRevision, [revision, digest]]) });
      this.compare(project);
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changeEmitter.dispose();
  }

  /** A run uses what is on disk, so a text that is being edited is not what was applied. */
  private note(project: Project): void {
    const state = this.databases.get(project);
    const applied = this.databases.appliedOf(project);
    if (state.kind !== "known" || applied.kind !== "known") {
      return;
    }
    const unsaved = new Set(project.unsavedFiles.map(({ path }) => path));
    const next = nextDigests(this.read(project), state.database.name, applied.applied, (revision) =>
      unsaved.has(project.pathOfRevision(revision) ?? "") ? undefined : this.digestOf(project, revision),
    );
    this.write(project, next);
  }

  private compare(project: Project): void {
    const before = this.editedRevisions(project);
    const now = editedSince(this.read(project), (revision) => this.digestOf(project, revision));
    if (now.size !== before.size || [...now].some((revision) => !before.has(revision))) {
      this.edited.set(project.id, now);
      this.changeEmitter.fire(project);
    }
  }

  /** Undefined where there is no file, or none that this tool runs. */
  private digestOf(project: Project, revision: string): string | undefined {
    const path = project.pathOfRevision(revision);
    const file = path === undefined ? undefined : project.index.file(path);
    if (file?.header?.language !== "typescript" || file.isStale) {
      return undefined;
    }
    const digest = this.digests.get(file) ?? codeDigest(file.text);
    this.digests.set(file, digest);
    return digest;
  }

  private read(project: Project): AppliedDigests | undefined {
    const key = this.keyOf(project);
    if (!this.known.has(key)) {
      this.known.set(key, readStored(this.state.get(key)));
    }
    return this.known.get(key);
  }

  private write(project: Project, digests: AppliedDigests): void {
    const key = this.keyOf(project);
    this.known.set(key, digests);
    void this.state.update(key, toStored(digests));
  }

  private keyOf(project: Project): string {
    const choice = this.environments.choiceOf(project);
    const name = choice.kind === "environment" ? choice.name : choice.kind === "url" ? choice.label : "";
    return `applied:${choice.kind}:${name}:${project.id}`;
  }
}

import * as vscode from "vscode";
import type { Project } from "../project/project";
import { appliedRevisions } from "./databaseState";
import type { AppliedRevisions, DatabaseState } from "./databaseState";

interface CachedApplied {
  readonly graph: Project["graph"];
  readonly state: DatabaseState;
  readonly applied: AppliedRevisions;
}

/** One for all, so that an unchanged state is the same object. */
const unknownState: DatabaseState = { kind: "unknown" };

/** The last answer of each project's database. Nothing here asks one. */
export class DatabaseStates implements vscode.Disposable {
  private readonly states = new Map<string, DatabaseState>();
  private readonly times = new Map<string, Date>();
  private readonly cache = new WeakMap<Project, CachedApplied>();
  private readonly changeEmitter = new vscode.EventEmitter<Project>();
  readonly onDidChange = this.changeEmitter.event;

  get(project: Project): DatabaseState {
    return this.states.get(project.id) ?? unknownState;
  }

  /** When the database last answered; undefined if it has not. */
  timeOf(project: Project): Date | undefined {
    return this.get(project).kind === "known" ? this.times.get(project.id) : undefined;
  }

  /** The state on the project's present revisions. */
  appliedOf(project: Project): AppliedRevisions {
    const graph = project.graph;
    const state = this.get(project);
    const cached = this.cache.get(project);
    if (cached?.graph === graph && cached.state === state) {
      return cached.applied;
    }
    const applied = appliedRevisions(graph, state);
    this.cache.set(project, { graph, state, applied });
    return applied;
  }

  set(project: Project, state: DatabaseState): void {
    if (state.kind === "unknown") {
      this.states.delete(project.id);
    } else {
      this.states.set(project.id, state);
      this.times.set(project.id, new Date());
    }
    this.changeEmitter.fire(project);
  }

  dispose(): void {
    this.changeEmitter.dispose();
  }
}

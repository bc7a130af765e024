import * as vscode from "vscode";
import type { Project } from "../project/project";

/** Which projects' databases are about to be changed or asked, and when that has ended. */
export class RunsUnderWay implements vscode.Disposable {
  private readonly counts = new Map<Project, number>();
  private readonly beginEmitter = new vscode.EventEmitter<Project>();
  /** What will tell the state of a project's database begins. */
  readonly onDidBegin = this.beginEmitter.event;
  private readonly endEmitter = new vscode.EventEmitter<Project>();
  /** That has ended, and what it told is noted; it may be a part of what is still under way. */
  readonly onDidEnd = this.endEmitter.event;

  get isAny(): boolean {
    return this.counts.size > 0;
  }

  isUnderWay(project: Project): boolean {
    return this.counts.has(project);
  }

  /** Runs a task that will tell the state of the project's database, or a part of such a task. */
  async during<Result>(project: Project, task: () => Promise<Result>): Promise<Result> {
    const count = this.counts.get(project) ?? 0;
    this.counts.set(project, count + 1);
    if (count === 0) {
      this.beginEmitter.fire(project);
    }
    try {
      return await task();
    } finally {
      const left = (this.counts.get(project) ?? 1) - 1;
      if (left === 0) {
        this.counts.delete(project);
      } else {
        this.counts.set(project, left);
      }
      this.endEmitter.fire(project);
    }
  }

  dispose(): void {
    this.beginEmitter.dispose();
    this.endEmitter.dispose();
  }
}

import * as vscode from "vscode";
import { testedStem } from "../../source/revisionFileNames";
import { requireTrust } from "../actions/trust";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { ProjectRun } from "./projectRun";
import { TestItems } from "./testItems";

/** Entry of the bundle `dist/testExplorer.js`. It is loaded when the Test Explorer first asks for the tests. */

/** What the Test Explorer shows of the projects, and how it is run. */
export class TestExplorer implements vscode.Disposable {
  private readonly items: TestItems;
  private readonly subscriptions: vscode.Disposable;

  constructor(
    private readonly controller: vscode.TestController,
    private readonly services: Services,
  ) {
    const { projects } = services;
    this.items = new TestItems(controller);
    this.items.showProjects(projects.projects);
    this.subscriptions = vscode.Disposable.from(
      projects.onDidChangeProjects(() => this.items.showProjects(projects.projects)),
      projects.onDidChangeRevisions((project) => {
        this.items.refresh(project);
        // The file that is being looked at may have been written only now.
        this.listActive();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.listActive()),
    );
    this.listActive();
  }

  /** The tests of the project whose file is being looked at, so that the editor can run them from there. */
  private listActive(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const project = uri && this.services.projects.projectOfRevisionFile(uri);
    if (uri === undefined || project === undefined) {
      return;
    }
    const stem = testedStem(pathOf(uri));
    for (const item of this.items.testsOf(project)) {
      if (item.canResolveChildren && item.uri !== undefined && testedStem(pathOf(item.uri)) === stem) {
        this.items.dataTestsOf(item);
      }
    }
  }

  /** Lists the tests of a project or a revision that is opened. */
  resolve(item: vscode.TestItem | undefined): void {
    const subject = item === undefined ? undefined : this.items.subjectOf(item);
    if (subject?.kind === "project") {
      this.items.testsOf(subject.project);
    } else if (item !== undefined) {
      this.items.dataTestsOf(item);
    }
  }

  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (!requireTrust()) {
      return;
    }
    const run = this.controller.createTestRun(request);
    try {
      for (const [project, items] of this.wantedTests(request)) {
        await new ProjectRun(this.services, this.items, run, project, token).run(items);
      }
    } finally {
      run.end();
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private wantedTests(request: vscode.TestRunRequest): ReadonlyMap<Project, readonly vscode.TestItem[]> {
    const wanted = new Map<Project, Set<vscode.TestItem>>();
    const roots = request.include ?? [...this.controller.items].map(([, item]) => item);
    for (const root of roots) {
      const subject = this.items.subjectOf(root);
      if (subject !== undefined) {
        const tests = subject.kind === "project" ? this.items.testsOf(subject.project) : [root];
        const known = wanted.get(subject.project) ?? new Set();
        const all = tests.flatMap((test) => [test, ...this.items.dataTestsOf(test)]);
        wanted.set(subject.project, new Set([...known, ...all]));
      }
    }
    const excluded = new Set(request.exclude);
    const isExcluded = (item: vscode.TestItem): boolean =>
      excluded.has(item) || (item.parent !== undefined && isExcluded(item.parent));
    return new Map(
      [...wanted].map(([project, items]) => [project, [...items].filter((item) => !isExcluded(item))]),
    );
  }
}

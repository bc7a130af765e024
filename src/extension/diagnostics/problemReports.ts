import * as vscode from "vscode";
import { chainDiagnostics } from "../../source/chainDiagnostics";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import type { AppliedTexts } from "../applied/appliedTexts";
import type { Project } from "../project/project";
import type { ProjectService } from "../project/projectService";

/** The problems of all projects, worked out anew when their files change. */
export class ProblemReports implements vscode.Disposable {
  private readonly byProject = new Map<string, ReadonlyMap<string, readonly LocatedProblem[]>>();
  private readonly changeEmitter = new vscode.EventEmitter<Project>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidChange = this.changeEmitter.event;

  constructor(
    projects: ProjectService,
    private readonly appliedTexts: AppliedTexts,
  ) {
    this.subscriptions = [
      projects.onDidChangeRevisions((project) => this.work(project)),
      appliedTexts.onDidChange((project) => this.work(project)),
      projects.onDidRemoveProject((project) => {
        this.byProject.delete(project.id);
        this.changeEmitter.fire(project);
      }),
    ];
  }

  /** Errors and warnings, all projects together. */
  get problemCount(): number {
    let count = 0;
    for (const files of this.byProject.values()) {
      for (const problems of files.values()) {
        count += problems.filter((problem) => problem.severity !== "information").length;
      }
    }
    return count;
  }

  byFile(project: Project): ReadonlyMap<string, readonly LocatedProblem[]> {
    return this.byProject.get(project.id) ?? new Map<string, readonly LocatedProblem[]>();
  }

  /** Errors first. */
  problemsOf(project: Project): readonly LocatedProblem[] {
    const all = [...this.byFile(project).values()].flat();
    return severities.flatMap((severity) => all.filter((problem) => problem.severity === severity));
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.changeEmitter.dispose();
  }

  private work(project: Project): void {
    const problems = new Map(
      [...chainDiagnostics(project.index, project.parserFindings)].map(([path, located]) => [
        path,
        located.map(forEditor),
      ]),
    );
    for (const problem of editedProblems(project, this.appliedTexts.editedRevisions(project))) {
      problems.set(problem.path, [...(problems.get(problem.path) ?? []), problem]);
    }
    this.byProject.set(project.id, firstFiles(problems, project.parserFindings));
    this.changeEmitter.fire(project);
  }
}

/** The problems of so many files are shown: the editor takes long to list more, and nobody reads them. */
const mostFiles = 1000;

/** Open files are always among them. */
function firstFiles(
  problems: ReadonlyMap<string, readonly LocatedProblem[]>,
  open: Project["parserFindings"],
): ReadonlyMap<string, readonly LocatedProblem[]> {
  if (problems.size <= mostFiles) {
    return problems;
  }
  const files = [...problems];
  return new Map([...files.slice(0, mostFiles), ...files.filter(([path]) => open.has(path))]);
}

const severities = ["error", "warning", "information"] as const;

function editedProblems(project: Project, edited: ReadonlySet<string>): readonly LocatedProblem[] {
  return [...edited].flatMap((revision) => {
    const path = project.pathOfRevision(revision);
    const header = path === undefined ? undefined : project.index.header(path);
    if (path === undefined || header === undefined) {
      return [];
    }
    const problem = { kind: "edited-after-applied", revision } as const;
    const { range } = header.revision;
    return [{ path, range, code: problem.kind, severity: "warning", problem, related: [] }];
  });
}

/** Several heads are how a team works between merges: worth knowing, not wrong. */
function forEditor(problem: LocatedProblem): LocatedProblem {
  return problem.code === "multiple-heads" ? { ...problem, severity: "information" } : problem;
}

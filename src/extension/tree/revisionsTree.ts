import * as vscode from "vscode";
import type { AppliedRevisions, DatabaseState } from "../database/databaseState";
import type { Project } from "../project/project";
import type { Services } from "../services";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import { revisionTooltip } from "./revisionText";
import { treeItem } from "./treeItems";
import { passesFilter, revisionRows } from "./treeModel";
import type { RevisionFilter, RevisionRow } from "./treeModel";
import type { RevisionNode, TreeNode } from "./treeNode";

/** What the tree was made from, and the rows. */
interface ShownProject {
  readonly graph: Project["graph"];
  readonly state: DatabaseState;
  readonly applied: AppliedRevisions;
  readonly problems: string;
  readonly located: readonly LocatedProblem[];
  /** The rows, made when they are first shown: what else waits for the change goes first. */
  readonly nodes: () => ReadonlyMap<string, RevisionNode>;
}

/** All rows of a page are drawn before the first is seen. */
const pageSize = 500;

/** The tree of the view *Revisions*: projects where there are several, and their revisions, newest first. */
export class RevisionsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changeEmitter.event;
  private readonly shown = new Map<string, ShownProject>();
  /** What the editor has, or was told to ask for: others read what is to be shown before it hears of a change. */
  private readonly announced = new Map<string, ShownProject>();
  private readonly limits = new Map<string, number>();
  private filterInUse: RevisionFilter = { kind: "all" };
  /** The editor has asked for the rows and gets them when the first look at the workspace is done. */
  private isAwaited = false;

  constructor(
    private readonly services: Services,
    private readonly problemsOf: (project: Project) => readonly LocatedProblem[],
  ) {}

  /** Shows what changed in a project, or in the list of them; typing within a function changes nothing here. */
  refresh(project?: Project): void {
    if (this.isAwaited) {
      return;
    }
    if (project === undefined) {
      this.shown.clear();
      this.announced.clear();
    } else {
      const next = this.shownOf(project);
      if (this.announced.get(project.id) === next) {
        return;
      }
      this.announced.set(project.id, next);
    }
    this.changeEmitter.fire(undefined);
  }

  /** Shows one more page of a project's older revisions. */
  showMore(project: Project): void {
    this.limits.set(project.id, this.limitOf(project) + pageSize);
    this.changeEmitter.fire(undefined);
  }

  get filter(): RevisionFilter {
    return this.filterInUse;
  }

  /** Shows some of the revisions only. */
  useFilter(filter: RevisionFilter): void {
    this.filterInUse = filter;
    this.changeEmitter.fire(undefined);
  }

  /** The row of a revision, for `reveal`; undefined where it is filtered out. */
  nodeOf(project: Project, revision: string): RevisionNode | undefined {
    const nodes = this.nodesOf(project);
    const node = nodes.get(revision);
    if (node === undefined || !passesFilter(node.row, this.filterInUse)) {
      return undefined;
    }
    const place = [...nodes.keys()].indexOf(revision);
    if (place >= this.limitOf(project)) {
      this.limits.set(project.id, place + pageSize);
      this.changeEmitter.fire(undefined);
    }
    return node;
  }

  getChildren(node?: TreeNode): vscode.ProviderResult<TreeNode[]> {
    const { projects } = this.services;
    if (node !== undefined || projects.hasLooked) {
      return this.giveRows(node);
    }
    // Rows that are the answer are shown at once; of a change the editor hears a fifth of a second later.
    this.isAwaited = true;
    return projects.whenLooked.then(() => {
      this.isAwaited = false;
      // Whoever went to the view before there were rows is taken to them by a change, and by nothing else.
      setImmediate(() => this.changeEmitter.fire(undefined));
      return this.giveRows(undefined);
    });
  }

  private giveRows(node: TreeNode | undefined): TreeNode[] {
    for (const project of node === undefined ? this.services.projects.projects : [node.project]) {
      this.announced.set(project.id, this.shownOf(project));
    }
    return this.rowsOf(node);
  }

  /** The rows below a node, or the outermost, as far as they are known. */
  rowsOf(node: TreeNode | undefined): TreeNode[] {
    const { projects } = this.services.projects;
    if (node === undefined) {
      const [only] = projects;
      if (only !== undefined && projects.length === 1) {
        return this.childrenOf(only);
      }
      return projects.map((project) => ({ kind: "project", project }));
    }
    switch (node.kind) {
      case "project":
        return this.childrenOf(node.project);
      case "missingFolder":
        return [
          { kind: "remedy", project: node.project, remedy: "openConfig" },
          { kind: "remedy", project: node.project, remedy: "createFolder" },
        ];
      case "problems":
        return node.problems.map((problem) => ({ kind: "problem", project: node.project, problem }));
      default:
        return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    if (node.kind === "problem") {
      return { kind: "problems", project: node.project, problems: this.problemsOf(node.project) };
    }
    if (node.kind === "remedy") {
      const folder = node.project.missingFolder;
      return folder === undefined ? undefined : { kind: "missingFolder", project: node.project, folder };
    }
    const isBelowProject = node.kind !== "project" && this.services.projects.projects.length > 1;
    return isBelowProject ? { kind: "project", project: node.project } : undefined;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node, this.services);
  }

  /** Tooltips are made when they are asked for: ten thousand of them would cost more than the rows. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind === "revision") {
      item.tooltip = revisionTooltip(node.project, node.row);
    }
    return item;
  }

  dispose(): void {
    this.changeEmitter.dispose();
  }

  private childrenOf(project: Project): TreeNode[] {
    const { located, applied } = this.shownOf(project);
    const problems = located.filter((problem) => problem.severity !== "information");
    const unknownRows = applied.kind === "known" ? applied.unknownRows : [];
    const nodes = [...this.nodesOf(project).values()].filter(({ row }) =>
      passesFilter(row, this.filterInUse),
    );
    const limit = this.limitOf(project);
    const { missingFolder: folder } = project;
    // Without rows the view shows what to do first.
    const isStateOpen =
      project.graph.revisions.length > 0 && this.services.databases.get(project).kind !== "known";
    return [
      ...(folder === undefined ? [] : [{ kind: "missingFolder", project, folder } as const]),
      ...(isStateOpen ? [{ kind: "state", project } as const] : []),
      ...(problems.length > 0 ? [{ kind: "problems", project, problems } as const] : []),
      ...unknownRows.map((row) => ({ kind: "unknownRow", project, projectId: project.id, row }) as const),
      ...nodes.slice(0, limit),
      ...(nodes.length > limit ? [{ kind: "more", project, hidden: nodes.length - limit } as const] : []),
    ];
  }

  /** While an id is typed the rows stay, unless a run has moved the database meanwhile. */
  private isHeld(project: Project, shown: ShownProject): boolean {
    const { databases, idEdits } = this.services;
    return idEdits.isIn(project) && shown.state === databases.get(project);
  }

  private limitOf(project: Project): number {
    return this.limits.get(project.id) ?? pageSize;
  }

  private nodesOf(project: Project): ReadonlyMap<string, RevisionNode> {
    return this.shownOf(project).nodes();
  }

  /** The same object for as long as nothing that the tree shows of the project changes. */
  private shownOf(project: Project): ShownProject {
    const { graph } = project;
    const applied = this.services.databases.appliedOf(project);
    const located = this.problemsOf(project);
    const problems = [
      project.missingFolder?.path ?? "",
      ...located.map(({ code, path, range }) => `${code} ${path} ${range.start}`),
    ].join("\n");
    const known = this.shown.get(project.id);
    if (known?.graph === graph && known.applied === applied && known.problems === problems) {
      return known;
    }
    if (known !== undefined && this.isHeld(project, known)) {
      return known;
    }
    const isSameRows = known?.graph === graph && known.applied === applied;
    let made: ReadonlyMap<string, RevisionNode> | undefined;
    const nodes = isSameRows ? known.nodes : () => (made ??= nodesFor(project, revisionRows(graph, applied)));
    const state = this.services.databases.get(project);
    const shown = { graph, state, applied, problems, located, nodes };
    this.shown.set(project.id, shown);
    return shown;
  }
}

function nodesFor(project: Project, rows: readonly RevisionRow[]): ReadonlyMap<string, RevisionNode> {
  return new Map(
    rows.map((row): [string, RevisionNode] => {
      const { revision } = row.revision;
      return [revision, { kind: "revision", project, row, projectId: project.id, revision }];
    }),
  );
}

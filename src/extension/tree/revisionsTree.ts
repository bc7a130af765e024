import * as vscode from "vscode";
import { commandIds } from "../contributions";
import { missingFolderText } from "../firstContact/missingFolder";
import type { AppliedRevisions, DatabaseState } from "../database/databaseState";
import type { Project } from "../project/project";
import type { Services } from "../services";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import { problemTexts } from "../diagnostics/problemTexts";
import { contextValueOf, iconOf, passesFilter, revisionRows } from "./treeModel";
import type { RevisionFilter, RevisionRow } from "./treeModel";
import { revisionDescription, revisionSpoken, revisionTooltip } from "./revisionText";

export type TreeNode =
  | { readonly kind: "project"; readonly project: Project }
  | {
      readonly kind: "revision";
      readonly project: Project;
      readonly row: RevisionRow;
      /** The two by which commands know the revision. */
      readonly projectId: string;
      readonly revision: string;
    }
  | {
      readonly kind: "unknownRow";
      readonly project: Project;
      readonly projectId: string;
      readonly row: string;
    }
  | { readonly kind: "state"; readonly project: Project }
  | { readonly kind: "missingFolder"; readonly project: Project; readonly folder: vscode.Uri }
  | { readonly kind: "remedy"; readonly project: Project; readonly remedy: "openConfig" | "createFolder" }
  | { readonly kind: "problems"; readonly project: Project; readonly problems: readonly LocatedProblem[] }
  | { readonly kind: "problem"; readonly project: Project; readonly problem: LocatedProblem }
  | { readonly kind: "more"; readonly project: Project; readonly hidden: number };

export type RevisionNode = Extract<TreeNode, { kind: "revision" }>;

/** What the tree was made from, and the rows. */
interface ShownProject {
  readonly graph: Project["graph"];
  readonly applied: AppliedRevisions;
  readonly problems: string;
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
    } else {
      const last = this.shown.get(project.id);
      const next = this.shownOf(project);
      if (last === next) {
        return;
      }
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
      return this.rowsOf(node);
    }
    // Rows that are the answer are shown at once; of a change the editor hears a fifth of a second later.
    this.isAwaited = true;
    return projects.whenLooked.then(() => {
      this.isAwaited = false;
      // Whoever went to the view before there were rows is taken to them by a change, and by nothing else.
      setImmediate(() => this.changeEmitter.fire(undefined));
      return this.rowsOf(undefined);
    });
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
    switch (node.kind) {
      case "project":
        return this.projectItem(node.project);
      case "revision":
        return this.revisionItem(node);
      case "unknownRow":
        return unknownRowItem(node.project, node.row);
      case "state":
        return stateItem(node.project, this.services.databases.get(node.project));
      case "missingFolder":
        return missingFolderItem(node.project, node.folder);
      case "remedy":
        return remedyItem(node.project, node.remedy);
      case "problems":
        return problemsItem(node.project, node.problems);
      case "problem":
        return problemItem(node.project, node.problem);
      case "more":
        return moreItem(node);
    }
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
    const problems = this.problemsOf(project).filter((problem) => problem.severity !== "information");
    const applied = this.services.databases.appliedOf(project);
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
    const problems = [
      project.missingFolder?.path ?? "",
      ...this.problemsOf(project).map(({ code, path, range }) => `${code} ${path} ${range.start}`),
    ].join("\n");
    const known = this.shown.get(project.id);
    if (known?.graph === graph && known.applied === applied && known.problems === problems) {
      return known;
    }
    const isSameRows = known?.graph === graph && known.applied === applied;
    let made: ReadonlyMap<string, RevisionNode> | undefined;
    const nodes = isSameRows ? known.nodes : () => (made ??= nodesFor(project, revisionRows(graph, applied)));
    const shown = { graph, applied, problems, nodes };
    this.shown.set(project.id, shown);
    return shown;
  }

  private projectItem(project: Project): vscode.TreeItem {
    const item = new vscode.TreeItem(project.name, vscode.TreeItemCollapsibleState.Expanded);
    item.id = project.id;
    item.iconPath = new vscode.ThemeIcon("folder-library");
    item.contextValue = "project";
    item.tooltip = project.configPath;
    const count = project.graph.revisions.length;
    item.description =
      project === this.services.projects.selected
        ? vscode.l10n.t("{0} revisions · selected", count)
        : vscode.l10n.t("{0} revisions", count);
    return item;
  }

  private revisionItem(node: RevisionNode): vscode.TreeItem {
    const { row, project } = node;
    const label = row.revision.message === "" ? row.revision.revision : row.revision.message;
    const item = new vscode.TreeItem(`${row.guide}${label}`, vscode.TreeItemCollapsibleState.None);
    const { icon, color } = iconOf(row);
    item.id = `${project.id} ${node.revision}`;
    item.description = revisionDescription(row);
    item.iconPath = new vscode.ThemeIcon(
      icon,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    item.contextValue = contextValueOf(row);
    item.accessibilityInformation = { label: revisionSpoken(row), role: "treeitem" };
    item.command = {
      command: commandIds.openRevision,
      title: vscode.l10n.t("Open Revision"),
      arguments: [{ projectId: project.id, revision: node.revision }],
    };
    return item;
  }
}

/** Said until the database has answered: what is not known must not look as if nothing were applied. */
function stateItem(project: Project, state: DatabaseState): vscode.TreeItem {
  const label =
    state.kind === "failed"
      ? vscode.l10n.t("The last status check failed · Check again")
      : vscode.l10n.t("State unknown · Check status");
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} state`;
  item.iconPath =
    state.kind === "failed"
      ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
      : new vscode.ThemeIcon("question");
  item.contextValue = "state";
  item.tooltip = vscode.l10n.t("Connects to the database and shows which revisions are applied");
  item.command = {
    command: commandIds.checkStatus,
    title: vscode.l10n.t("Check Status"),
    arguments: [project.id],
  };
  return item;
}

function missingFolderItem(project: Project, folder: vscode.Uri): vscode.TreeItem {
  const name = vscode.workspace.asRelativePath(folder, false);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.description = vscode.l10n.t("missing");
  item.accessibilityInformation = { label: missingFolderText(folder) };
  item.id = `${project.id} missing folder`;
  item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  item.contextValue = "missingFolder";
  const origin = vscode.l10n.t("{0} names this folder for the migrations.", project.configPath);
  item.tooltip = `${missingFolderText(folder)} ${origin}`;
  return item;
}

function remedyItem(project: Project, remedy: "openConfig" | "createFolder"): vscode.TreeItem {
  const { title, icon, command } =
    remedy === "openConfig"
      ? { title: vscode.l10n.t("Open Configuration"), icon: "go-to-file", command: commandIds.openConfig }
      : { title: vscode.l10n.t("Create Folder"), icon: "new-folder", command: commandIds.createScriptFolder };
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} ${remedy}`;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = "remedy";
  item.command = { command, title, arguments: [project.id] };
  return item;
}

function nodesFor(project: Project, rows: readonly RevisionRow[]): ReadonlyMap<string, RevisionNode> {
  return new Map(
    rows.map((row): [string, RevisionNode] => {
      const { revision } = row.revision;
      return [revision, { kind: "revision", project, row, projectId: project.id, revision }];
    }),
  );
}

function unknownRowItem(project: Project, row: string): vscode.TreeItem {
  const item = new vscode.TreeItem(row, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} row ${row}`;
  item.description = vscode.l10n.t("current · no file has it");
  item.iconPath = new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground"));
  item.contextValue = "unknownRow";
  item.command = {
    command: commandIds.findRevisionInGit,
    title: vscode.l10n.t("Find This Revision in Git"),
    arguments: [{ projectId: project.id, row }],
  };
  item.tooltip = vscode.l10n.t(
    "The version table names this revision, and no revision file does. It may come from another branch of the repository.",
  );
  return item;
}

function problemsItem(project: Project, problems: readonly LocatedProblem[]): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Problems"), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${project.id} problems`;
  item.description = String(problems.length);
  item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  item.contextValue = "problems";
  return item;
}

function problemItem(project: Project, located: LocatedProblem): vscode.TreeItem {
  const { message, hint } = problemTexts().problemText(located);
  const item = new vscode.TreeItem(message, vscode.TreeItemCollapsibleState.None);
  item.id = `${project.id} problem ${located.code} ${located.path} ${located.range.start}`;
  const severity = located.severity === "error" ? "error" : "warning";
  item.iconPath = new vscode.ThemeIcon(severity, new vscode.ThemeColor(`list.${severity}Foreground`));
  item.contextValue = "problem";
  item.tooltip = `${message}\n${hint}`;
  const text = project.index.file(located.path)?.text ?? "";
  const before = text.slice(0, located.range.start).split(/\r\n|\r|\n/);
  const position = new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
  item.command = {
    command: "vscode.open",
    title: vscode.l10n.t("Open File"),
    arguments: [
      project.uriOf(located.path),
      { selection: new vscode.Range(position, position) } satisfies vscode.TextDocumentShowOptions,
    ],
  };
  return item;
}

function moreItem(node: Extract<TreeNode, { kind: "more" }>): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t("Show older ({0} more)", node.hidden),
    vscode.TreeItemCollapsibleState.None,
  );
  item.id = `${node.project.id} more`;
  item.iconPath = new vscode.ThemeIcon("fold-down");
  item.command = {
    command: commandIds.showOlder,
    title: vscode.l10n.t("Show Older Revisions"),
    arguments: [node.project.id],
  };
  return item;
}

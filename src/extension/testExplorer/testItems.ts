import * as vscode from "vscode";
import { displayOrder } from "../../revision/displayOrder";
import type { IndexedFile } from "../../source/revisionIndex";
import { TextPositions } from "../project/textPositions";
import type { Project } from "../project/project";

/** What a row of the Test Explorer tests. */
export type Subject =
  | { readonly kind: "project"; readonly project: Project }
  | { readonly kind: "singleHead"; readonly project: Project }
  | { readonly kind: "emptyAutogenerate"; readonly project: Project }
  | { readonly kind: "wholeRun"; readonly project: Project }
  | { readonly kind: "roundTrip"; readonly project: Project; readonly revision: string };

/** The rows of the Test Explorer, and what each stands for. */
export class TestItems {
  private readonly subjects = new WeakMap<vscode.TestItem, Subject>();
  /** The text that a row's place was read from. */
  private readonly places = new WeakMap<vscode.TestItem, IndexedFile>();
  private readonly resolved = new Map<string, Project["graph"]>();

  constructor(private readonly controller: vscode.TestController) {}

  subjectOf(item: vscode.TestItem): Subject | undefined {
    return this.subjects.get(item);
  }

  /** Lists the projects; their tests are listed when they are opened. */
  showProjects(projects: readonly Project[]): void {
    const { items } = this.controller;
    const ids = new Set(projects.map(({ id }) => id));
    for (const id of this.resolved.keys()) {
      if (!ids.has(id)) {
        this.resolved.delete(id);
      }
    }
    items.replace(
      projects.map((project) => {
        const known = items.get(project.id);
        const isSame = known !== undefined && this.subjects.get(known)?.project === project;
        return isSame ? known : this.projectItem(project);
      }),
    );
  }

  /** The tests of a project, in the order in which they are shown. */
  testsOf(project: Project): readonly vscode.TestItem[] {
    const item = this.controller.items.get(project.id);
    if (item === undefined) {
      return [];
    }
    if (!this.resolved.has(project.id)) {
      this.listTests(item, project);
    }
    return [...item.children].map(([, child]) => child);
  }

  /** Follows a change of the revisions, where the tests are listed. */
  refresh(project: Project): void {
    const item = this.controller.items.get(project.id);
    if (item !== undefined && this.resolved.has(project.id)) {
      this.listTests(item, project);
    }
  }

  private projectItem(project: Project): vscode.TestItem {
    // Of no file or folder: a click would show that, and not open the row.
    const item = this.controller.createTestItem(project.id, project.name);
    item.canResolveChildren = true;
    this.subjects.set(item, { kind: "project", project });
    this.resolved.delete(project.id);
    return item;
  }

  private listTests(parent: vscode.TestItem, project: Project): void {
    if (this.resolved.get(project.id) !== project.graph) {
      this.resolved.set(project.id, project.graph);
      // Only Alembic runs Python's; a test of one could only be refused.
      const revisions = displayOrder(project.graph).filter(({ path }) => !path.endsWith(".py"));
      const isPythonAlone = revisions.length === 0 && project.graph.revisions.length > 0;
      parent.children.replace([
        this.item(parent, { kind: "singleHead", project }, vscode.l10n.t("There is a single head"), 0),
        ...(isPythonAlone
          ? []
          : [
              this.item(
                parent,
                { kind: "emptyAutogenerate", project },
                vscode.l10n.t("Autogenerate finds no differences"),
                1,
              ),
              this.item(
                parent,
                { kind: "wholeRun", project },
                vscode.l10n.t("All revisions run in one go"),
                2,
              ),
            ]),
        ...revisions.map(({ revision, message }, index) => {
          // Results name a test by its label alone.
          const label = message === "" ? revision : `${message} (${revision})`;
          return this.item(parent, { kind: "roundTrip", project, revision }, label, index + 3);
        }),
      ]);
    }
    parent.children.forEach((item) => this.place(item));
  }

  private item(parent: vscode.TestItem, subject: Subject, label: string, order: number): vscode.TestItem {
    const { project } = subject;
    const path = subject.kind === "roundTrip" ? project.pathOfRevision(subject.revision) : undefined;
    const uri = path === undefined ? project.configUri : project.uriOf(path);
    const id = subject.kind === "roundTrip" ? `${subject.kind} ${subject.revision}` : subject.kind;
    const known = parent.children.get(id);
    const item =
      known?.uri?.toString() === uri.toString() ? known : this.controller.createTestItem(id, label, uri);
    item.label = label;
    item.sortText = String(order).padStart(6, "0");
    this.subjects.set(item, subject);
    return item;
  }

  /** A revision's test stands at its `upgrade`, where the editor offers to run it. */
  private place(item: vscode.TestItem): void {
    const subject = this.subjects.get(item);
    if (subject?.kind !== "roundTrip") {
      return;
    }
    const path = subject.project.pathOfRevision(subject.revision);
    const file = path === undefined ? undefined : subject.project.index.file(path);
    if (file?.header === undefined || file.isStale || this.places.get(item) === file) {
      return;
    }
    this.places.set(item, file);
    item.range = new TextPositions(file.text).range(file.header.upgrade ?? file.header.revision.range);
  }
}

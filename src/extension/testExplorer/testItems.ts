import * as vscode from "vscode";
import { displayOrder } from "../../revision/displayOrder";
import type { TextRange } from "../../source/header";
import { testedStem } from "../../source/revisionFileNames";
import type { IndexedFile } from "../../source/revisionIndex";
import { TextPositions } from "../project/textPositions";
import type { Project } from "../project/project";
import { dataTestFiles, dataTestFunctions, nameOfFile } from "./dataTestFiles";

/** A test with data. */
export interface DataTest {
  readonly kind: "dataTest";
  readonly project: Project;
  readonly revision: string;
  /** Of the test's file. */
  readonly path: string;
  /** The function that the file exports; undefined: the whole file, of which the text does not tell what it exports. */
  readonly name: string | undefined;
}

/** What a row of the Test Explorer tests. */
export type Subject =
  | { readonly kind: "project"; readonly project: Project }
  | { readonly kind: "singleHead"; readonly project: Project }
  | { readonly kind: "emptyAutogenerate"; readonly project: Project }
  | { readonly kind: "wholeRun"; readonly project: Project }
  | { readonly kind: "roundTrip"; readonly project: Project; readonly revision: string }
  | DataTest;

/** The rows of the Test Explorer, and what each stands for. */
export class TestItems {
  private readonly subjects = new WeakMap<vscode.TestItem, Subject>();
  /** The text that a row's place was read from. */
  private readonly places = new WeakMap<vscode.TestItem, IndexedFile>();
  private readonly resolved = new Map<string, Project["graph"]>();
  /** Rows of revisions whose tests with data are listed. */
  private readonly opened = new WeakSet<vscode.TestItem>();

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

  /** The tests with data of a revision, in the order of their file; of any other row none. */
  dataTestsOf(item: vscode.TestItem): readonly vscode.TestItem[] {
    const subject = this.subjects.get(item);
    if (subject?.kind === "roundTrip" && item.canResolveChildren && !this.opened.has(item)) {
      this.opened.add(item);
      this.listDataTests(item, dataTestFiles(subject.project.index));
    }
    return [...item.children].map(([, child]) => child);
  }

  /** Follows a change of the revisions or of their tests, where the tests are listed. */
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
    const testFiles = dataTestFiles(project.index);
    parent.children.forEach((item) => {
      this.place(item);
      this.listDataTests(item, testFiles);
    });
  }

  /** Reads the tests of a revision only once its row is opened: a project may have thousands. */
  private listDataTests(parent: vscode.TestItem, byStem: ReadonlyMap<string, readonly IndexedFile[]>): void {
    const subject = this.subjects.get(parent);
    if (subject?.kind !== "roundTrip") {
      return;
    }
    const { project, revision } = subject;
    const path = project.pathOfRevision(revision);
    const files = (path === undefined ? undefined : byStem.get(testedStem(path))) ?? [];
    parent.canResolveChildren = files.length > 0;
    if (this.opened.has(parent)) {
      const rows = files.flatMap((file) => this.dataTestItems(parent, { project, revision }, file));
      rows.forEach((row, order) => (row.sortText = sortTextOf(order)));
      parent.children.replace(rows);
    }
  }

  private dataTestItems(
    parent: vscode.TestItem,
    tested: Pick<DataTest, "project" | "revision">,
    file: IndexedFile,
  ): readonly vscode.TestItem[] {
    const { path } = file;
    const functions = dataTestFunctions(file);
    if (functions === undefined) {
      const before = [...parent.children].map(([, item]) => item);
      const same = before.filter((item) => this.isOfFile(item, path));
      if (same.length > 0) {
        return same;
      }
    }
    const positions = new TextPositions(file.text);
    const row = (name: string | undefined, range: TextRange): vscode.TestItem => {
      const item = this.dataTestItem(parent, { ...tested, kind: "dataTest", path, name });
      item.range = positions.range(range);
      return item;
    };
    return functions === undefined || functions.length === 0
      ? [row(undefined, { start: 0, end: 0 })]
      : functions.map(({ name, range }) => row(name, range));
  }

  private isOfFile(item: vscode.TestItem, path: string): boolean {
    const subject = this.subjects.get(item);
    return subject?.kind === "dataTest" && subject.path === path;
  }

  private dataTestItem(parent: vscode.TestItem, subject: DataTest): vscode.TestItem {
    const { project, path, name } = subject;
    const file = nameOfFile(path);
    const id = name === undefined ? `dataTests ${file}` : `dataTest ${file} ${name}`;
    const item =
      parent.children.get(id) ?? this.controller.createTestItem(id, name ?? file, project.uriOf(path));
    this.subjects.set(item, subject);
    return item;
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
    item.sortText = sortTextOf(order);
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

function sortTextOf(order: number): string {
  return String(order).padStart(6, "0");
}

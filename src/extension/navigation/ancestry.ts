import * as vscode from "vscode";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { TextPositions } from "../project/textPositions";
import type { GraphRevision } from "../../revision/graph";
import { idAt } from "./idAt";

/** The revision at a position, whose ancestry is shown as a type hierarchy: parents are supertypes, what stands on it are subtypes. */
export function prepareAncestry(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.TypeHierarchyItem[] | undefined {
  const project = services.projects.projectOfRevisionFile(document.uri);
  const header = project?.index.header(pathOf(document.uri));
  if (project === undefined || header === undefined) {
    return undefined;
  }
  const id = idAt(header, document.offsetAt(position))?.id ?? header.revision.value;
  return itemOf(project, project.graph.get(id) ?? project.graph.get(header.revision.value));
}

/** The parents and dependencies of a revision. */
export function ancestorsOf(services: Services, item: vscode.TypeHierarchyItem): vscode.TypeHierarchyItem[] {
  return neighboursOf(services, item, ({ downRevisions, resolvedDependencies }) => [
    ...new Set([...downRevisions, ...resolvedDependencies]),
  ]);
}

/** The revisions whose parent or dependency a revision is. */
export function descendantsOf(
  services: Services,
  item: vscode.TypeHierarchyItem,
): vscode.TypeHierarchyItem[] {
  return neighboursOf(services, item, ({ allNextRevisions }) => allNextRevisions);
}

function neighboursOf(
  services: Services,
  item: vscode.TypeHierarchyItem,
  idsOf: (revision: GraphRevision) => readonly string[],
): vscode.TypeHierarchyItem[] {
  const project = services.projects.projectOfRevisionFile(item.uri);
  const id = project?.index.header(pathOf(item.uri))?.revision.value;
  const revision = id === undefined ? undefined : project?.graph.get(id);
  return project === undefined || revision === undefined
    ? []
    : idsOf(revision).flatMap((other) => itemOf(project, project.graph.get(other)));
}

function itemOf(project: Project, revision: GraphRevision | undefined): vscode.TypeHierarchyItem[] {
  const file = revision === undefined ? undefined : project.index.file(revision.path);
  if (revision === undefined || file?.header === undefined) {
    return [];
  }
  const positions = new TextPositions(file.text);
  const whole = positions.range({ start: 0, end: file.text.length });
  const marks = [revision.revision, ...revision.branchLabels];
  return [
    new vscode.TypeHierarchyItem(
      vscode.SymbolKind.Event,
      revision.message === "" ? revision.revision : revision.message,
      marks.join(" · "),
      project.uriOf(revision.path),
      whole,
      positions.range(file.header.revision.range),
    ),
  ];
}

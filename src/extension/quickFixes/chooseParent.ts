import * as vscode from "vscode";
import { descendants } from "../../revision/lineage";
import { pickRevision } from "../actions/pickRevision";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";
import type { RevisionHeader } from "../../source/header";
import { setDownRevision } from "../../source/revisionEdits";
import { workspaceEditOf } from "../project/workspaceEdit";

/** Asks for the parent of the revision in a file, and writes it there. */
export async function chooseParent(services: Services, argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const project = uri && services.projects.projectOfRevisionFile(uri);
  const header = uri && project?.index.header(pathOf(uri));
  if (uri === undefined || project === undefined || header === undefined) {
    return;
  }
  const own = header.revision.value;
  const known = project.graph.get(own);
  // To stand on itself, or on what stands on it, would make a cycle.
  const above = descendants(project.graph, known === undefined ? [] : [known], "lineage-and-dependencies");
  const parent = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Parent of {0}", own),
    placeholder: vscode.l10n.t("The parent of this revision"),
    filter: (revision) => !above.has(revision),
  });
  const file = project.index.file(pathOf(uri));
  if (parent !== undefined && file?.header !== undefined) {
    const edits = setDownRevision(file.text, file.header, newParents(file.header, project, parent));
    await vscode.workspace.applyEdit(workspaceEditOf(project, new Map([[file.path, edits]])));
  }
}

/** The picked parent takes the place of those that do not exist; where all exist, of all. */
function newParents(header: RevisionHeader, project: Project, parent: string): readonly string[] {
  const sound = header.downRevision.values
    .map(({ value }) => value)
    .filter((value) => value !== header.revision.value && project.graph.get(value) !== undefined);
  return sound.length === header.downRevision.values.length ? [parent] : [...new Set([...sound, parent])];
}

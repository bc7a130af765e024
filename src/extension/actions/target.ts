import * as vscode from "vscode";
import type { GraphRevision } from "../../revision/graph";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import type { Services } from "../services";

/** A revision as tree items and lenses pass it to commands. */
export interface RevisionTarget {
  readonly projectId: string;
  readonly revision: string;
}

export interface ResolvedTarget {
  readonly project: Project;
  readonly revision: GraphRevision;
}

/** The revision that a command is to work on: the one passed, or that of the file passed or in the active editor. */
export function resolveTarget(services: Services, argument: unknown): ResolvedTarget | undefined {
  if (isRevisionTarget(argument)) {
    const project = services.projects.get(argument.projectId);
    const revision = project?.graph.get(argument.revision);
    return project === undefined || revision === undefined ? undefined : { project, revision };
  }
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri === undefined ? undefined : targetOfFile(services, uri);
}

/** The revisions that a command is to work on: those selected, where the one passed is among them, else that one. */
export function resolveTargets(
  services: Services,
  argument: unknown,
  selection: unknown,
): readonly ResolvedTarget[] {
  const one = resolveTarget(services, argument);
  const selected = Array.isArray(selection)
    ? selection.filter(isRevisionTarget).flatMap((item) => resolveTarget(services, item) ?? [])
    : [];
  if (one === undefined || !selected.some(({ revision }) => revision === one.revision)) {
    return one === undefined ? [] : [one];
  }
  return selected.filter(({ project }) => project === one.project);
}

/** The revision that a file holds. */
export function targetOfFile(services: Services, uri: vscode.Uri): ResolvedTarget | undefined {
  const project = services.projects.projectOfRevisionFile(uri);
  const id = project?.index.header(pathOf(uri))?.revision.value;
  const revision = id === undefined ? undefined : project?.graph.get(id);
  return project === undefined || revision === undefined ? undefined : { project, revision };
}

/** Whether a page passed it, which must not change a database without a question. */
export function isFromPage(argument: unknown): boolean {
  return typeof argument === "object" && argument !== null && Reflect.get(argument, "isFromPage") === true;
}

function isRevisionTarget(value: unknown): value is RevisionTarget {
  return (
    typeof value === "object" &&
    value !== null &&
    "projectId" in value &&
    typeof value.projectId === "string" &&
    "revision" in value &&
    typeof value.revision === "string"
  );
}

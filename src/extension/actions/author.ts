import * as vscode from "vscode";
import type { NewRevisionOptions, NewRevisionResult } from "../../context/commandTable";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { enterUpgrade } from "./enterUpgrade";
import { pickRevision } from "./pickRevision";
import { projectForCommand } from "./pickProject";
import { resolveTarget, resolveTargets } from "./target";
import { requireTrust } from "./trust";

/** Writes an empty revision on top of the head, or of the head that the user picks. */
export async function newRevision(services: Services): Promise<void> {
  const project = await trustedProject(services);
  const message =
    project === undefined ? undefined : await askForMessage(vscode.l10n.t("Alembic: New Revision"));
  if (project === undefined || message === undefined) {
    return;
  }
  const head = await headFor(services, project);
  if (head !== undefined) {
    await writeRevision(services, project, { message, ...head });
  }
}

/** Writes an empty revision on top of the given one. */
export async function newRevisionAfter(services: Services, argument: unknown): Promise<void> {
  const target = requireTrust() ? resolveTarget(services, argument) : undefined;
  if (target === undefined) {
    return;
  }
  const { project, revision } = target;
  const message = await askForMessage(vscode.l10n.t("Alembic: New Revision after {0}", revision.revision));
  if (message !== undefined) {
    const options = { message, head: revision.revision, splice: !revision.isHead };
    await writeRevision(services, project, options);
  }
}

/** Writes a revision that has several heads as its parents: those given or selected, or those that the user picks. */
export async function mergeHeads(services: Services, argument: unknown, selection?: unknown): Promise<void> {
  if (!requireTrust()) {
    return;
  }
  const given = givenHeads(services, argument) ?? selectedHeads(services, argument, selection);
  const project = given?.project ?? (await projectForCommand(services));
  if (project === undefined) {
    return;
  }
  if (project.graph.heads.length < 2) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is one head; nothing needs to be merged."),
    );
    return;
  }
  const picked = given?.revisions ?? (await pickHeads(project));
  if (picked === undefined || picked.length < 2) {
    return;
  }
  const message = await askForMessage(
    given === undefined ? vscode.l10n.t("Alembic: Merge Heads (2/2)") : vscode.l10n.t("Alembic: Merge Heads"),
    vscode.l10n.t("merge {0}", picked.join(" and ")),
  );
  if (message !== undefined) {
    await mergeRevisions(services, project, picked, message);
  }
}

function givenHeads(
  services: Services,
  argument: unknown,
): { readonly project: Project; readonly revisions: readonly string[] } | undefined {
  if (typeof argument !== "object" || argument === null) {
    return undefined;
  }
  const { projectId, revisions } = argument as { readonly projectId?: unknown; readonly revisions?: unknown };
  const project = typeof projectId === "string" ? services.projects.get(projectId) : undefined;
  return project !== undefined && Array.isArray(revisions)
    ? { project, revisions: revisions.filter((revision) => typeof revision === "string") }
    : undefined;
}

function selectedHeads(
  services: Services,
  argument: unknown,
  selection: unknown,
): { readonly project: Project; readonly revisions: readonly string[] } | undefined {
  const targets = Array.isArray(selection) ? resolveTargets(services, argument, selection) : [];
  const [first] = targets;
  const revisions = targets
    .filter(({ revision }) => revision.isHead)
    .map(({ revision }) => revision.revision);
  return first === undefined || revisions.length < 2 ? undefined : { project: first.project, revisions };
}

/** Merges these heads, and opens the new file. */
export async function mergeRevisions(
  services: Services,
  project: Project,
  revisions: readonly string[],
  message: string,
): Promise<NewRevisionResult | undefined> {
  const title = vscode.l10n.t("Merging {0}", revisions.join(", "));
  const how = { title, progress: "notification", writesFiles: true } as const;
  const result = await services.runner.run(project, "merge", { revisions, message }, how);
  await openWritten(project, result);
  return result;
}

async function trustedProject(services: Services): Promise<Project | undefined> {
  return requireTrust() ? projectForCommand(services) : undefined;
}

/** Asks what a revision does; undefined if the user leaves. */
export async function askForMessage(title: string, value = ""): Promise<string | undefined> {
  const message = await vscode.window.showInputBox({
    title,
    value,
    prompt: vscode.l10n.t("What the revision does, in a few words"),
    placeHolder: vscode.l10n.t("add email to users"),
    validateInput: (text) => (text.trim() === "" ? vscode.l10n.t("Enter a message.") : undefined),
  });
  return message?.trim();
}

/** The parent to name where `head` would be ambiguous; undefined if the user leaves. */
async function headFor(
  services: Services,
  project: Project,
): Promise<Pick<NewRevisionOptions, "head"> | undefined> {
  const { heads } = project.graph;
  if (heads.length < 2) {
    return {};
  }
  const head = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: New Revision (2/2)"),
    placeholder: vscode.l10n.t("The head that the new revision follows"),
    filter: ({ revision }) => heads.includes(revision),
  });
  return head === undefined ? undefined : { head };
}

async function pickHeads(project: Project): Promise<readonly string[] | undefined> {
  const items = project.graph.heads.map((id) => {
    const revision = project.graph.get(id);
    const labels = revision?.labels.join(", ") ?? "";
    return { label: revision?.message || id, description: `${id} ${labels}`.trim(), id, picked: true };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Alembic: Merge Heads (1/2)"),
    placeHolder: vscode.l10n.t("Select the heads to merge"),
    canPickMany: true,
  });
  return picked?.map(({ id }) => id);
}

async function writeRevision(
  services: Services,
  project: Project,
  options: NewRevisionOptions,
): Promise<void> {
  const title = vscode.l10n.t("Writing a new revision");
  const how = { title, progress: "notification", writesFiles: true } as const;
  const editor = await openWritten(project, await services.runner.run(project, "revision", options, how));
  if (editor !== undefined) {
    await enterUpgrade(editor, project);
  }
}

async function openWritten(
  project: Project,
  result: NewRevisionResult | undefined,
): Promise<vscode.TextEditor | undefined> {
  return result?.isWritten === true
    ? vscode.window.showTextDocument(project.uriOf(result.path), { preview: false })
    : undefined;
}

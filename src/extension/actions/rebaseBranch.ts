import * as vscode from "vscode";
import { moveBranch, type BranchMove } from "../../revision/moveBranch";
import { setDownRevision } from "../../source/revisionEdits";
import { commandIds } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { workspaceEditOf } from "../project/workspaceEdit";
import { pickRevision } from "./pickRevision";
import { resolveTarget, type ResolvedTarget } from "./target";

type Move = Extract<BranchMove, { readonly kind: "move" }>;

const mostListed = 15;

/**
 * Puts a branch on the given revision: that of the revision that was dragged onto it, or one that the user picks. It
 * changes one `down_revision`, after a question.
 */
export async function rebaseBranch(services: Services, argument: unknown): Promise<void> {
  const target = resolveTarget(services, argument);
  if (target === undefined) {
    return;
  }
  const tip = draggedRevision(target, argument) ?? (await pickBranch(services, target));
  if (tip === undefined) {
    return;
  }
  const { project, revision } = target;
  const onto = revision.revision;
  const move = moveBranch(project.graph, tip, onto);
  if (move.kind !== "move") {
    void vscode.window.showInformationMessage(reasonAgainst(move, tip, onto));
  } else if (await isConfirmed(services, project, move, onto)) {
    await changeParent(project, move.first.revision, onto);
  }
}

function draggedRevision({ project }: ResolvedTarget, argument: unknown): string | undefined {
  const dragged: unknown =
    typeof argument === "object" && argument !== null ? Reflect.get(argument, "dragged") : undefined;
  return typeof dragged === "string" ? project.graph.get(dragged)?.revision : undefined;
}

/** Asks for the branch to move; heads whose branches begin with the same revision move together, and are one. */
async function pickBranch(
  services: Services,
  { project, revision }: ResolvedTarget,
): Promise<string | undefined> {
  const firsts = new Map<string, string>();
  for (const head of project.graph.heads) {
    const move = moveBranch(project.graph, head, revision.revision);
    if (move.kind === "move" && !firsts.has(move.first.revision)) {
      firsts.set(move.first.revision, head);
    }
  }
  const heads = new Set(firsts.values());
  if (heads.size === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No branch can be moved onto {0}.", revision.revision),
    );
    return undefined;
  }
  return pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Rebase Branch onto {0}", revision.revision),
    placeholder: vscode.l10n.t("The head of the branch to move"),
    filter: (candidate) => heads.has(candidate.revision),
  });
}

function reasonAgainst(move: Exclude<BranchMove, Move>, tip: string, onto: string): string {
  switch (move.kind) {
    case "in-place":
      return vscode.l10n.t("The branch of {0} already follows {1}.", tip, onto);
    case "several-firsts":
      return vscode.l10n.t(
        "The branch of {0} starts with several revisions ({1}). Move them one by one.",
        tip,
        move.firsts.join(", "),
      );
    case "needed":
      return vscode.l10n.t("{0} depends on a revision of the branch of {1}.", onto, tip);
  }
}

/** A version table that names a revision says that all below it ran: a move must not make it say what is not so. */
async function isConfirmed(services: Services, project: Project, move: Move, onto: string): Promise<boolean> {
  const state = services.databases.get(project);
  const applied = services.databases.appliedOf(project);
  const first = move.first.revision;
  if (state.kind === "known" && applied.kind === "known") {
    const ran = move.moved.filter((revision) => applied.applied.has(revision));
    const missed = move.gained.filter((revision) => !applied.applied.has(revision));
    if (ran.length > 0 && missed.length > 0) {
      const downgrade = vscode.l10n.t("Downgrade First…");
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t("Applied revisions can't be moved: {0}.", ran.join(", ")),
        {
          modal: true,
          detail: vscode.l10n.t(
            "{0} would then list these as applied, although they have not run there: {1}.",
            state.database.name,
            missed.join(", "),
          ),
        },
        downgrade,
      );
      if (answer === downgrade) {
        const argument = { projectId: project.id, revision: first };
        await vscode.commands.executeCommand(commandIds.downgradeBeforeRevision, argument);
      }
      return false;
    }
  }
  const rebase = vscode.l10n.t("Rebase");
  const detail = [
    vscode.l10n.t("{1} becomes the parent of {0}. These revisions move with it:", first, onto),
    ...listOf(project, move.moved),
    ...(state.kind === "known"
      ? []
      : [
          vscode.l10n.t(
            "The state of the database is unknown. If these revisions are applied there, downgrade first.",
          ),
        ]),
  ].join("\n");
  const question = vscode.l10n.t("Rebase the branch that starts with {0} onto {1}?", first, onto);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, rebase)) === rebase;
}

function listOf({ graph }: Project, revisions: readonly string[]): readonly string[] {
  const lines = revisions
    .slice(0, mostListed)
    .map((id) => `• ${[id, graph.get(id)?.message ?? ""].join("  ").trim()}`);
  const more = revisions.length - mostListed;
  return more > 0 ? [...lines, vscode.l10n.t("… and {0} more", more)] : lines;
}

async function changeParent(project: Project, revision: string, onto: string): Promise<void> {
  const path = project.pathOfRevision(revision);
  const file = path === undefined ? undefined : project.index.file(path);
  if (file?.header === undefined || file.isStale) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("The file of {0} can't be read at the moment. Save it, then try again.", revision),
    );
    return;
  }
  const document = await vscode.workspace.openTextDocument(project.uriOf(file.path));
  const wasSaved = !document.isDirty;
  const edits = setDownRevision(file.text, file.header, [onto]);
  const isDone = await vscode.workspace.applyEdit(workspaceEditOf(project, new Map([[file.path, edits]])));
  // What was not saved before may hold more than this, which is for its author to save.
  if (isDone && wasSaved) {
    await document.save();
  }
  await vscode.window.showTextDocument(document, { preview: true });
}

import * as vscode from "vscode";
import { commandIds } from "../contributions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { resolveTargets } from "./target";

/**
 * Deletes the files of the given revisions after a question. Not those on which others stand, or which the database is
 * known to have: neither the chain nor a version table is left with an id that no file has.
 */
export async function deleteRevision(
  services: Services,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const targets = resolveTargets(services, argument, selection);
  const [first] = targets;
  if (first === undefined) {
    return;
  }
  const { project } = first;
  const ids = new Set(targets.map(({ revision }) => revision.revision));
  if (isHeldBack(services, project, ids)) {
    return;
  }
  const uris = [...ids].flatMap((id) => {
    const path = project.pathOfRevision(id);
    return path === undefined ? [] : [project.uriOf(path)];
  });
  if (await isConfirmed(services, project, ids, uris)) {
    const edit = new vscode.WorkspaceEdit();
    uris.forEach((uri) => edit.deleteFile(uri, { ignoreIfNotExists: true }));
    await vscode.workspace.applyEdit(edit);
    await project.refreshNow();
  }
}

/** Tells of what stands against it. */
function isHeldBack(services: Services, project: Project, ids: ReadonlySet<string>): boolean {
  const above = [...ids].flatMap(
    (id) => project.graph.get(id)?.allNextRevisions.filter((next) => !ids.has(next)) ?? [],
  );
  if (above.length > 0) {
    const standing = [...new Set(above)].join(", ");
    void vscode.window.showWarningMessage(
      vscode.l10n.t("Can't delete {0}: other revisions follow ({1}).", [...ids].join(", "), standing),
    );
    return true;
  }
  const applied = services.databases.appliedOf(project);
  const ran = applied.kind === "known" ? [...ids].filter((id) => applied.applied.has(id)) : [];
  const [one] = ran;
  if (one === undefined) {
    return false;
  }
  const downgrade = vscode.l10n.t("Downgrade First…");
  void vscode.window
    .showWarningMessage(vscode.l10n.t("Applied revisions can't be deleted: {0}.", ran.join(", ")), downgrade)
    .then((answer) => {
      if (answer === downgrade) {
        const target = { projectId: project.id, revision: lowestOf(project, ran) ?? one };
        void vscode.commands.executeCommand(commandIds.downgradeBeforeRevision, target);
      }
    });
  return true;
}

/** The one that none of the others is below. */
function lowestOf({ graph }: Project, ids: readonly string[]): string | undefined {
  return ids.find((id) => graph.get(id)?.normalizedDownRevisions.every((parent) => !ids.includes(parent)));
}

async function isConfirmed(
  services: Services,
  project: Project,
  ids: ReadonlySet<string>,
  uris: readonly vscode.Uri[],
): Promise<boolean> {
  const [id = ""] = ids;
  const question =
    ids.size === 1
      ? vscode.l10n.t("Delete revision {0}?", id)
      : vscode.l10n.t("Delete {0} revisions?", ids.size);
  const detail = [
    ...uris.map((uri) => `• ${vscode.workspace.asRelativePath(uri)}`),
    ...(services.databases.get(project).kind === "known"
      ? []
      : [
          vscode.l10n.t(
            "The state of the database is unknown. If these revisions are applied there, downgrade first.",
          ),
        ]),
  ].join("\n");
  const remove = vscode.l10n.t("Delete");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}

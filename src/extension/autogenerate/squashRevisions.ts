import * as vscode from "vscode";
import type { DataStep, SquashResult } from "../../context/squashCommand";
import { ancestors } from "../../revision/lineage";
import { closePreview } from "./showPreview";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { askForMessage } from "../actions/author";
import { pickRevision } from "../actions/pickRevision";
import { resolveTarget, type ResolvedTarget } from "../actions/target";
import { requireTrust } from "../actions/trust";

const mostListed = 15;

/**
 * Shows one revision that makes what several make, proven equal, and writes it when the user agrees. The range ends with the
 * given revision; it begins with the lowest of those that are selected, or with one that the user picks.
 */
export async function squashRevisions(
  services: Services,
  argument: unknown,
  selection?: unknown,
): Promise<void> {
  const target = requireTrust() ? resolveTarget(services, argument) : undefined;
  const range = target === undefined ? undefined : await rangeOf(services, target, selection);
  if (target === undefined || range === undefined) {
    return;
  }
  const { project } = target;
  const title = vscode.l10n.t("Alembic: Squash {0}", range);
  const message = await askForMessage(title, vscode.l10n.t("squash {0}", range.replace(":", " to ")));
  if (message === undefined) {
    return;
  }
  const { heads } = project.graph;
  const options = { range, message, dryRun: true, acceptDataSteps: true };
  const result = await services.runner.run(project, "squash", options, {
    title: vscode.l10n.t("Squashing {0}", range),
    progress: "notification",
  });
  if (result !== undefined) {
    await showAndWrite(services, project, result, heads);
  }
}

/** `first:last` of the revisions that are selected, or of one and another that the user picks below it. */
async function rangeOf(
  services: Services,
  { project, revision }: ResolvedTarget,
  selection: unknown,
): Promise<string | undefined> {
  const below = ancestors(project.graph, [revision], "lineage");
  const selected = (Array.isArray(selection) ? selection : [])
    .flatMap((entry) => resolveTarget(services, entry)?.revision ?? [])
    .filter((entry) => below.has(entry));
  const first = selected.find((candidate) =>
    selected.every(
      (other) => other === candidate || !ancestors(project.graph, [candidate], "lineage").has(other),
    ),
  );
  if (first !== undefined && first !== revision) {
    return `${first.revision}:${revision.revision}`;
  }
  const picked = await pickRevision(services, project, {
    title: vscode.l10n.t("Alembic: Squash Revisions up to {0}", revision.revision),
    placeholder: vscode.l10n.t("The first revision to squash"),
    filter: (candidate) => candidate !== revision && below.has(candidate),
  });
  return picked === undefined ? undefined : `${picked}:${revision.revision}`;
}

async function showAndWrite(
  services: Services,
  project: Project,
  result: SquashResult,
  heads: readonly string[],
): Promise<void> {
  const uri = services.generatedDocuments.addSquash(project, result);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  const write = vscode.l10n.t("Write");
  const text = vscode.l10n.t(
    "Revision {0} would replace {1} revisions. Both ways lead to the same schema.",
    result.revision,
    result.replaces.length,
  );
  const answer =
    result.dataSteps.length === 0
      ? await vscode.window.showInformationMessage(text, write)
      : await vscode.window.showWarningMessage(
          text,
          { modal: true, detail: dataStepsText(result.dataSteps) },
          write,
        );
  await closePreview(services, uri);
  if (answer !== write) {
    return;
  }
  const { revision, path } = result;
  const options = { revision, path, text: result.text, madeFor: { heads, rows: undefined } };
  const written = await services.runner.run(project, "writeRevision", options, {
    title: vscode.l10n.t("Writing the revision"),
    progress: "window",
  });
  if (written !== undefined) {
    await vscode.window.showTextDocument(project.uriOf(path), { preview: false });
  }
}

function dataStepsText(steps: readonly DataStep[]): string {
  const lines = steps.slice(0, mostListed).map(({ revision, direction, statement, isKept }) => {
    const line = `• ${revision} ${direction}: ${statement.replaceAll(/\s+/g, " ").trim().slice(0, 100)}`;
    return isKept ? line : `${line} (${vscode.l10n.t("left out")})`;
  });
  const more = steps.length - mostListed;
  return [
    vscode.l10n.t("These statements change rows, which a comparison of schemas does not prove:"),
    ...lines,
    ...(more > 0 ? [vscode.l10n.t("… and {0} more", more)] : []),
  ].join("\n");
}

import * as vscode from "vscode";
import type { CheckBranchesResult } from "../../context/commandTable";
import { commandIds } from "../contributions";
import { projectSides } from "../project/projectSides";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { mergeRevisions } from "./author";
import { projectForCommand } from "./pickProject";
import { requireTrust } from "./trust";

type Pair = CheckBranchesResult["pairs"][number];

/**
 * Runs the branches of all heads in both orders on a scratch database. Where they give the same schema, the heads can be merged by
 * one click; else the branch that is new can be put on the other one.
 */
export async function checkHeads(services: Services): Promise<void> {
  const project = requireTrust() ? await projectForCommand(services) : undefined;
  if (project === undefined) {
    return;
  }
  const { heads } = project.graph;
  if (heads.length < 2) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is one head; nothing needs to be merged."),
    );
    return;
  }
  const title = vscode.l10n.t("Checking {0}", heads.join(", "));
  const result = await services.runner.run(project, "checkBranches", {}, { title, progress: "notification" });
  if (result === undefined) {
    return;
  }
  const conflicts = result.pairs.filter(({ kind }) => kind !== "commutes");
  if (conflicts.length === 0) {
    await offerMerge(services, project, heads, result.pairs);
  } else {
    await tellConflicts(project, conflicts);
  }
}

async function offerMerge(
  services: Services,
  project: Project,
  heads: readonly string[],
  pairs: readonly Pair[],
): Promise<void> {
  const merge = vscode.l10n.t("Merge");
  const dataSteps = [...new Set(pairs.flatMap((pair) => pair.dataSteps))];
  const message = [
    vscode.l10n.t("{0} give the same schema in either order.", heads.join(", ")),
    ...(dataSteps.length === 0
      ? []
      : [vscode.l10n.t("Rows that {0} change are not compared.", dataSteps.join(", "))]),
  ].join(" ");
  const answer = await vscode.window.showInformationMessage(message, merge);
  const isSame = project.graph.heads.join(",") === heads.join(",");
  if (answer === merge && isSame) {
    await mergeRevisions(services, project, heads, vscode.l10n.t("merge {0}", heads.join(" and ")));
  }
}

async function tellConflicts(project: Project, conflicts: readonly Pair[]): Promise<void> {
  const sides = await projectSides(project);
  const [own, ...otherOwn] = sides?.own ?? [];
  const [main, ...otherMain] = sides?.main ?? [];
  const isClear = own !== undefined && main !== undefined && otherOwn.length + otherMain.length === 0;
  const rebase = vscode.l10n.t("Rebase {0} onto {1}…", own ?? "", main ?? "");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("The heads do not fit together."),
    { modal: true, detail: conflicts.flatMap(linesOf).join("\n") },
    ...(isClear ? [rebase] : []),
  );
  if (answer === rebase && isClear) {
    const argument = { projectId: project.id, revision: main, dragged: own };
    await vscode.commands.executeCommand(commandIds.rebaseBranch, argument);
  }
}

function linesOf(pair: Pair): readonly string[] {
  switch (pair.kind) {
    case "commutes":
      return [];
    case "differs": {
      const [left, right] = pair.revisions;
      return [
        vscode.l10n.t("If {1} runs before {0}, the schema differs:", left, right),
        ...pair.changes.map(({ text }) => `• ${text}`),
      ];
    }
    case "refused":
      return pair.orders.map(({ revision, after, failure }) =>
        after === undefined
          ? vscode.l10n.t("{0} can't be applied: {1}", revision, failure.message)
          : vscode.l10n.t("PostgreSQL refuses {0} after {1}: {2}", revision, after, failure.message),
      );
  }
}

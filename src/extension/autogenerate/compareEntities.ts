import * as vscode from "vscode";
import type { CommandName, CommandTable } from "../../context/commandTable";
import type { RunFailure } from "../../engine/protocol";
import type { RunOptions } from "../actions/commandRunner";
import { upgradeToHeads } from "../actions/migrate";
import type { Project } from "../project/project";
import { isWithin } from "../project/paths";
import type { Services } from "../services";
import { offerDataSource } from "./createDataSource";

/**
 * Runs a command that compares the entities with the database, and where that can't be yet, offers what would help and
 * goes on after it. Undefined: it failed, and that was said; or it was cancelled.
 */
export async function compareEntities<Name extends CommandName>(
  services: Services,
  project: Project,
  command: Name,
  options: CommandTable[Name]["options"],
  how: Omit<RunOptions, "progress">,
): Promise<CommandTable[Name]["result"] | undefined> {
  for (;;) {
    if (!(await saveSources(project))) {
      return undefined;
    }
    const progress = "notification";
    const response = await services.runner.execute(project, command, options, { ...how, progress });
    if (response.kind === "ok") {
      return response.result;
    }
    if (response.kind === "cancelled") {
      return undefined;
    }
    if (response.failure.code !== "not-up-to-date") {
      await offerDataSource(services, project, response.failure);
      return undefined;
    }
    if (!(await offerUpgrade(services, project, response.failure))) {
      return undefined;
    }
  }
}

/** Whether the database was upgraded. */
async function offerUpgrade(services: Services, project: Project, failure: RunFailure): Promise<boolean> {
  const upgradeFirst = vscode.l10n.t("Upgrade First");
  const text = [failure.message, failure.hint].filter((part) => part !== undefined).join(" ");
  const answer = await vscode.window.showWarningMessage(text, upgradeFirst);
  return answer === upgradeFirst && (await upgradeToHeads(services, project));
}

/** What is compared is what is on disk: unsaved sources of the project are saved first. */
async function saveSources(project: Project): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) =>
      isDirty && isWithin(uri, project.directory) && /\.(?:[cm]?[jt]sx?|json)$/.test(uri.path),
  );
  const results = await Promise.all(unsaved.map((document) => document.save()));
  return results.every((isSaved) => isSaved);
}

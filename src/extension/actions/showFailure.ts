import * as vscode from "vscode";
import type { RunFailure } from "../../engine/protocol";
import { missingFolderCode, tellOfMissingFolder } from "./missingFolder";
import type { Project } from "../project/project";
import type { Log } from "../shared/log";

/** A button of a failure, and what it does. */
export interface FailureAction {
  readonly title: string;
  readonly run: () => unknown;
}

/**
 * Shows a failure as one notification: what happened, what to do, and where to look.
 * @param actions what helps against it, before *Show Log*
 * @returns resolves when it is answered, or gone
 */
export async function showFailure(
  failure: RunFailure,
  project: Project | undefined,
  log: Log,
  actions: readonly FailureAction[] = [],
): Promise<void> {
  if (failure.code === missingFolderCode && project !== undefined && tellOfMissingFolder(project)) {
    return;
  }
  const text = failure.hint === undefined ? failure.message : `${failure.message} ${failure.hint}`;
  const { location } = failure;
  const openFile = async (): Promise<void> => {
    if (location !== undefined) {
      const uri = project?.uriOf(location.path) ?? vscode.Uri.file(location.path);
      const position = new vscode.Position(location.line, location.column);
      await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
    }
  };
  const all: readonly FailureAction[] = [
    ...(location === undefined ? [] : [{ title: vscode.l10n.t("Open File"), run: openFile }]),
    ...actions,
    { title: vscode.l10n.t("Show Log"), run: () => log.show() },
  ];
  const answer = await vscode.window.showErrorMessage(log.clean(text), ...all.map(({ title }) => title));
  await all.find(({ title }) => title === answer)?.run();
}

import * as vscode from "vscode";
import { walkthroughId, walkthroughSteps } from "../contributions";
import { isContextKeySet, onDidChangeContextKey } from "../shared/contextKey";

/** Opens the first steps. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthroughId);
}

/**
 * Ticks what is done as soon as a page is open that may be the editor's own, which no API tells apart from others. Before that
 * nothing is told: the editor would read the walkthroughs of all extensions for it.
 */
export function tickOnPages(context: vscode.ExtensionContext): void {
  let hasPage = false;
  const look = (tabs: readonly vscode.Tab[]): void => {
    if (!hasPage && tabs.some(({ input }) => input === undefined)) {
      hasPage = true;
      tickDoneSteps();
    }
  };
  context.subscriptions.push(
    vscode.window.tabGroups.onDidChangeTabs(({ opened }) => look(opened)),
    // The editor may still be reading the steps, and then does not notice.
    onDidChangeContextKey(() => {
      if (hasPage) {
        tickDoneSteps();
      }
    }),
  );
  look(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
}

/**
 * The editor ticks a step when a context comes true after it has read the steps, which it does at its first page of them. What
 * was true by then it is told here; it keeps that for steps that it has not read yet, although it then refuses the command.
 */
function tickDoneSteps(): void {
  for (const { step, doneIf } of walkthroughSteps) {
    if (isContextKeySet(doneIf)) {
      vscode.commands
        .executeCommand("welcome.markStepComplete", `${walkthroughId}#${step}`)
        .then(undefined, () => undefined);
    }
  }
}

import * as vscode from "vscode";
import { contextKeys, walkthroughId } from "../contributions";
import { setContextKey } from "../shared/contextKey";

/** The editor takes up to two seconds to read the steps of walkthroughs after it has opened its first page of them. */
const readingTime = 3000;

/**
 * The editor ticks a step when a context comes true after it has read the steps, which it does when it first shows a
 * walkthrough. Steps that are done already are therefore ticked by a second context, which comes true after that.
 */
function tickDoneSteps(): void {
  setContextKey(contextKeys.walkthroughShown, true);
}

/** Opens the first steps. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthroughId);
  tickDoneSteps();
}

/** Ticks what is done when the walkthrough is opened from the editor's own pages, which no API tells apart from others. */
export function tickOnPages(context: vscode.ExtensionContext): void {
  let timer: NodeJS.Timeout | undefined;
  const look = (tabs: readonly vscode.Tab[]): void => {
    if (timer === undefined && tabs.some(({ input }) => input === undefined)) {
      timer = setTimeout(tickDoneSteps, readingTime);
    }
  };
  context.subscriptions.push(
    vscode.window.tabGroups.onDidChangeTabs(({ opened }) => look(opened)),
    { dispose: () => clearTimeout(timer) },
  );
  look(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
}

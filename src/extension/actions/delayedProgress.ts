import * as vscode from "vscode";

/** What takes less is over before anybody could read what it is. */
const patience = 1000;

export type ProgressStep = { readonly message?: string; readonly increment?: number };

/** Runs a task, and shows its progress as a notification that can cancel it, if it takes longer than a second. */
export async function withDelayedProgress<Result>(
  title: string,
  task: (progress: vscode.Progress<ProgressStep>, token: vscode.CancellationToken) => Promise<Result>,
): Promise<Result> {
  const source = new vscode.CancellationTokenSource();
  let shown: vscode.Progress<ProgressStep> | undefined;
  let message: string | undefined;
  let increment = 0;
  const report = (step: ProgressStep): void => {
    message = step.message ?? message;
    increment += step.increment ?? 0;
    shown?.report(step);
  };
  const running = task({ report }, source.token);
  const ended = running.then(
    () => undefined,
    () => undefined,
  );
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => source.cancel());
        shown = progress;
        progress.report({ ...(message === undefined ? {} : { message }), increment });
        return ended;
      },
    );
  }, patience);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

import * as vscode from "vscode";

const messageTime = 6000;

/** Tells how actions of the user's have ended, so that what is shown is of the last one. */
export class Notices {
  /** Failures that are shown and not answered. */
  private readonly open = new Set<object>();
  private hasReplaced = false;

  /** Notes a failure for as long as its notification is there. */
  noteFailure(answered: PromiseLike<unknown>): void {
    const failure = {};
    this.open.add(failure);
    void answered.then(() => this.open.delete(failure));
  }

  /** An action begins, whose outcome counts. */
  begin(): void {
    this.hasReplaced = false;
  }

  /** Takes away the failure of an earlier try, which the editor would leave there until it is answered. */
  async succeed(): Promise<void> {
    if (this.open.size > 0) {
      this.open.clear();
      this.hasReplaced = true;
      await vscode.commands.executeCommand("notifications.hideToasts");
    }
  }

  /** Says what was done: in the place of a failure that was shown before, else in the status bar. */
  tell(message: string): void {
    if (this.hasReplaced) {
      void vscode.window.showInformationMessage(message);
    } else {
      vscode.window.setStatusBarMessage(message, messageTime);
    }
  }
}

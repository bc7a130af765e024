import * as vscode from "vscode";
import { redactSecrets } from "../../project/redact";

/** The extension's one log channel. Nothing reaches it with a password in it. */
export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel("Alembic", { log: true });
  private readonly secrets = new Set<string>();

  /** From now on, this text is left out of everything that is logged. */
  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      this.secrets.add(secret);
    }
  }

  info(message: string): void {
    this.channel.info(this.clean(message));
  }

  warn(message: string): void {
    this.channel.warn(this.clean(message));
  }

  error(message: string): void {
    this.channel.error(this.clean(message));
  }

  debug(message: string): void {
    this.channel.debug(this.clean(message));
  }

  /** The text as it may be shown. */
  clean(text: string): string {
    return redactSecrets(text, [...this.secrets]);
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}

import * as vscode from "vscode";
import type { RunFailure } from "../../engine/protocol";
import { commandIds } from "../contributions";
import type { FailureAction } from "./showFailure";

/** What helps where a database could not be reached. */
export interface ConnectionRemedies {
  /** Does again what the user asked for. */
  readonly retry: () => void;
  /** Asks for the password and keeps it; false where the user leaves. Undefined where no server is known. */
  readonly enterPassword: (() => Promise<boolean>) | undefined;
}

/** Buttons for a failure to connect; none for other failures. */
export function connectionActions(
  { code }: RunFailure,
  { retry, enterPassword }: ConnectionRemedies,
): readonly FailureAction[] {
  const retryAction = { title: vscode.l10n.t("Retry"), run: retry };
  const selectAction = {
    title: vscode.l10n.t("Select Environment"),
    run: () => vscode.commands.executeCommand(commandIds.selectEnvironment),
  };
  switch (code) {
    case "authentication-failed":
      return enterPassword === undefined
        ? [retryAction, selectAction]
        : [
            {
              title: vscode.l10n.t("Enter Password"),
              run: async () => {
                if (await enterPassword()) {
                  retry();
                }
              },
            },
            selectAction,
          ];
    case "unreachable":
    case "no-such-database":
    case "connection-lost":
    case "embedded-busy":
    case "lock-timeout":
      return [retryAction, selectAction];
    default:
      return [];
  }
}

import * as vscode from "vscode";
import { commandIds } from "../contributions";

/** What all our diagnostics say that they come from. */
export const diagnosticSource = "alembic";

/** The link behind a code: the documentation comes with the extension. */
export function explanationOf(code: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: "command",
    path: commandIds.explainProblem,
    query: JSON.stringify([code]),
  });
}

/** The link behind the code of a rule of lint. */
export function explanationOfRule(code: string): vscode.Uri {
  const query = JSON.stringify([code, "rule"]);
  return vscode.Uri.from({ scheme: "command", path: commandIds.explainProblem, query });
}

/** The code of one of our diagnostics. */
export function codeOf({ code }: vscode.Diagnostic): string | undefined {
  return typeof code === "object" ? String(code.value) : undefined;
}

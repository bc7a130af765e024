import * as vscode from "vscode";
import type { ContextKey } from "../contributions";

const lastValues = new Map<ContextKey, boolean>();

/** Sets a key of `when` clauses; an unchanged value costs nothing. */
export function setContextKey(key: ContextKey, value: boolean): void {
  if (lastValues.get(key) !== value) {
    lastValues.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}

import * as vscode from "vscode";
import type { ContextKey } from "../contributions";

const lastValues = new Map<ContextKey, string>();
const changeEmitter = new vscode.EventEmitter<ContextKey>();

/** Some key has another value. */
export const onDidChangeContextKey = changeEmitter.event;

/** Whether a key of `when` clauses was last set to true. */
export function isContextKeySet(key: ContextKey): boolean {
  return lastValues.get(key) === "true";
}

/** Sets a key of `when` clauses; an unchanged value costs nothing. */
export function setContextKey(key: ContextKey, value: boolean | readonly string[]): void {
  const text = JSON.stringify(value);
  if (lastValues.get(key) !== text) {
    lastValues.set(key, text);
    void vscode.commands.executeCommand("setContext", key, value);
    changeEmitter.fire(key);
  }
}

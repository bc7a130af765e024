import * as vscode from "vscode";
import { settingDefaults, settingsSection } from "../contributions";
import type { SettingName } from "../contributions";

/** A setting's present value. */
export function isSettingOn(name: SettingName, scope?: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(settingsSection, scope).get(name, settingDefaults[name]);
}

/** Calls back when one of the settings changes. */
export function onSettingChange(names: readonly SettingName[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (names.some((name) => change.affectsConfiguration(`${settingsSection}.${name}`))) {
      listener();
    }
  });
}

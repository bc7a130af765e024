import * as vscode from "vscode";
import { settingDefaults, settingsSection, upgradeConfirmations } from "../contributions";
import type { SettingName, UpgradeConfirmation } from "../contributions";

/** A setting's present value. */
export function isSettingOn(name: SettingName, scope?: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(settingsSection, scope).get(name, settingDefaults[name]);
}

/** When an upgrade is asked about first. */
export function upgradeConfirmation(scope: vscode.Uri): UpgradeConfirmation {
  const value: unknown = vscode.workspace.getConfiguration(settingsSection, scope).get("confirmUpgrade");
  // A mistyped value must not be less careful than what was meant.
  return value === undefined
    ? settingDefaults.confirmUpgrade
    : (upgradeConfirmations.find((known) => known === value) ?? "always");
}

/** Turns a setting on or off, for this user. */
export async function toggleSetting(name: SettingName): Promise<void> {
  const settings = vscode.workspace.getConfiguration(settingsSection);
  await settings.update(name, !isSettingOn(name), vscode.ConfigurationTarget.Global);
}

/** Calls back when one of the settings changes. */
export function onSettingChange(names: readonly SettingName[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (names.some((name) => change.affectsConfiguration(`${settingsSection}.${name}`))) {
      listener();
    }
  });
}

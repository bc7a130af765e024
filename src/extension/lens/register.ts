import * as vscode from "vscode";
import type { Services } from "../services";
import { onSettingChange } from "../shared/settings";
import { lensLanguages, RevisionLenses } from "./revisionLenses";

/** Lenses above `upgrade` and `downgrade`. */
export function registerLenses(context: vscode.ExtensionContext, services: Services): RevisionLenses {
  const lenses = new RevisionLenses(services);
  const refresh = (): void => lenses.refresh();
  context.subscriptions.push(
    lenses,
    vscode.languages.registerCodeLensProvider(
      lensLanguages.map((language) => ({ language, scheme: "file" })),
      lenses,
    ),
    services.projects.onDidChangeRevisions(refresh),
    services.projects.onDidChangeProjects(refresh),
    services.databases.onDidChange(refresh),
    services.measured.onDidChange(refresh),
    services.runner.underWay.onDidBegin(() => lenses.announce()),
    services.runner.underWay.onDidEnd((project) => lenses.conclude(project)),
    onSettingChange(["codeLens.run", "codeLens.previewSql"], refresh),
  );
  return lenses;
}

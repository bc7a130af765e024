import * as vscode from "vscode";
import { testControllerId } from "../contributions";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import type * as testExplorerModule from "./testExplorer";

const bundle = lazyBundle<typeof testExplorerModule>("testExplorer.js");

/** Tests of the revisions in the Test Explorer. They are listed when it asks, and run by hand only. */
export function registerTestExplorer(
  context: vscode.ExtensionContext,
  services: Services,
): vscode.TestController {
  const controller = vscode.tests.createTestController(testControllerId, vscode.l10n.t("Alembic"));
  let explorer: testExplorerModule.TestExplorer | undefined;
  const opened = (): testExplorerModule.TestExplorer =>
    (explorer ??= new (bundle().TestExplorer)(controller, services));
  controller.resolveHandler = (item) => opened().resolve(item);
  controller.refreshHandler = () => services.projects.refreshNow();
  controller.createRunProfile(
    vscode.l10n.t("On a Scratch Database"),
    vscode.TestRunProfileKind.Run,
    (request, token) => opened().run(request, token),
    true,
  );
  context.subscriptions.push(controller, { dispose: () => explorer?.dispose() });
  return controller;
}

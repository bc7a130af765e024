import * as vscode from "vscode";
import { viewIds } from "../contributions";
import type { Services } from "../services";
import { noteDoneSteps } from "./doneSteps";
import { FoundTree } from "./foundTree";
import { offersInstall } from "./installOffer";
import type { FoundNode } from "./foundTree";

/** What is offered to somebody who has not worked with Alembic here before. */
export function registerFirstContact(
  context: vscode.ExtensionContext,
  services: Services,
): vscode.TreeDataProvider<FoundNode> {
  noteDoneSteps(context, services);
  const tree = new FoundTree(services.typeorm);
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider(viewIds.found, tree),
    vscode.languages.registerCodeActionsProvider(
      [
        { language: "typescript", scheme: "file" },
        { language: "javascript", scheme: "file" },
      ],
      offersInstall,
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  return tree;
}

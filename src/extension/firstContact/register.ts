import * as vscode from "vscode";
import { viewIds } from "../contributions";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import type * as quickFixesModule from "../quickFixes/quickFixes";
import { offerBundledTypes } from "./bundledTypes";
import { noteDoneSteps } from "./doneSteps";
import { tickOnPages } from "./walkthroughShown";
import { FoundTree } from "./foundTree";
import type { FoundNode } from "./foundTree";

const quickFixes = lazyBundle<typeof quickFixesModule>("quickFixes.js");

/**
 * Offers to install the package where a file imports it and it is not there: at TypeScript's complaint, and without one,
 * as the types are those of this extension then.
 */
const offersInstall: vscode.CodeActionProvider = {
  provideCodeActions: (document, { start }, { diagnostics }) =>
    vscode.workspace.isTrusted && hasImportOfPackage(document.lineAt(start.line).text)
      ? quickFixes().installActions(document, diagnostics)
      : [],
};

function hasImportOfPackage(line: string): boolean {
  return /\b(?:from|import|require\(|import\()\s*(["'])alembic-ts\1/.test(line);
}

/** What is offered to somebody who has not worked with Alembic here before. */
export function registerFirstContact(
  context: vscode.ExtensionContext,
  services: Services,
): vscode.TreeDataProvider<FoundNode> {
  noteDoneSteps(context, services);
  tickOnPages(context);
  offerBundledTypes(context);
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

import * as vscode from "vscode";
import { viewIds } from "../contributions";
import type { Services } from "../services";
import { offerBundledTypes } from "./bundledTypes";
import { noteDoneSteps } from "./doneSteps";
import { tickOnPages } from "./walkthrough";
import { FoundTree } from "./foundTree";
import type { FoundNode } from "./foundTree";

/** What is offered to somebody who has not worked with Alembic here before. */
export function registerFirstContact(
  context: vscode.ExtensionContext,
  services: Services,
): vscode.TreeDataProvider<FoundNode> {
  noteDoneSteps(context, services);
  tickOnPages(context);
  offerBundledTypes(context);
  const tree = new FoundTree(services.typeorm);
  context.subscriptions.push(vscode.window.registerTreeDataProvider(viewIds.found, tree));
  return tree;
}

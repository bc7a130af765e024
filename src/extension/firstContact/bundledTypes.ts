import * as vscode from "vscode";
import { typesPluginName } from "../contributions";

const languages: readonly string[] = ["typescript", "typescriptreact", "javascript", "javascriptreact"];

/** The part of the API of the editor's own TypeScript extension that is used here. */
interface TypeScriptApi {
  configurePlugin(plugin: string, configuration: Readonly<Record<string, unknown>>): void;
}

/**
 * Turns on the plugin that gives TypeScript the types of the package from this extension where a project has none:
 * in trusted workspaces, and once a file is open for which the editor starts TypeScript anyway.
 */
export function offerBundledTypes(context: vscode.ExtensionContext): void {
  let isTold = false;
  const tell = async (): Promise<void> => {
    const isWanted = vscode.workspace.textDocuments.some(({ languageId }) => languages.includes(languageId));
    if (isTold || !isWanted || !vscode.workspace.isTrusted) {
      return;
    }
    isTold = true;
    const api = await typeScriptApi();
    api?.configurePlugin(typesPluginName, { isEnabled: true });
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(() => void tell()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void tell()),
  );
  void tell();
}

async function typeScriptApi(): Promise<TypeScriptApi | undefined> {
  const extension = vscode.extensions.getExtension<
    { getAPI?(version: 0): TypeScriptApi | undefined } | undefined
  >("vscode.typescript-language-features");
  try {
    return (await extension?.activate())?.getAPI?.(0);
  } catch {
    // TypeScript is switched off or broken, of which the editor itself tells.
    return undefined;
  }
}

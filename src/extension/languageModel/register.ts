import * as vscode from "vscode";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import type { ToldTool } from "./confirmation";
import type * as toolsModule from "./tools";

const bundle = lazyBundle<typeof toolsModule>("languageModel.js");

/** The tools by their names. */
export type LanguageModelTools = ReadonlyMap<string, vscode.LanguageModelTool<object>>;

/**
 * The tools of the MCP server for language models in the editor, as the manifest lists them. What they do is loaded with
 * the first of them.
 */
export function registerLanguageModelTools(
  context: vscode.ExtensionContext,
  services: Services,
): LanguageModelTools {
  const { contributes } = context.extension.packageJSON as {
    readonly contributes: { readonly languageModelTools: readonly ToldTool[] };
  };
  const tools = new Map<string, vscode.LanguageModelTool<object>>();
  for (const told of contributes.languageModelTools) {
    const tool: vscode.LanguageModelTool<object> = {
      prepareInvocation: ({ input }, token) => bundle().prepare(services, told, input, token),
      invoke: ({ input }, token) => bundle().invoke(services, told, input, token),
    };
    tools.set(told.name, tool);
    context.subscriptions.push(vscode.lm.registerTool(told.name, tool));
  }
  return tools;
}
